import { expect, test } from 'vitest';
import { openShop } from '../../../build/proof/open-shop.ts';

test('who watches the sync state is told when the next try is, after one has failed', async () => {
  // Nobody answers at the address this till has of its HQ.
  const shop = await openShop();
  shop.till.start();
  for await (const { nextTryAt } of await shop.client.auth.sync()) {
    if (nextTryAt === null) continue;
    expect(Number.isInteger(nextTryAt)).toBe(true);
    break;
  }
  await shop.close();
});
