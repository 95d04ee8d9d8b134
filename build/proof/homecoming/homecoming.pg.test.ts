import { expect, test } from 'vitest';
import { homecoming } from './homecoming.ts';
import { homecomingLines } from './lines.ts';

test('twenty tills come home at once: HQ answers all the while and has what they made, to the cent', async () => {
  const away = { tills: 20, days: 2, perDay: 15, calmMs: 500 };
  const found = await homecoming(away, () => {});
  expect(found.wrong, homecomingLines(away, found).join('\n')).toEqual([]);
  expect(found.sums.sales).toBeGreaterThan(20 * 30);
  expect(found.sums.verdicts).toEqual(new Map([['accepted', found.sums.sales]]));
  for (const what of ['health', 'sign-in', 'report', 'a sale until taken', 'metrics'])
    expect(found.meanwhile.get(what)?.took.length, what).toBeGreaterThan(0);
  expect(found.peakMb).toBeGreaterThan(50);
}, 180_000);
