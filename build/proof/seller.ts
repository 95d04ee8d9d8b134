/**
 * `seller.ts DIR`: a cashier who never stops. Opens the test shop's till in DIR (makes it at first), prints READY, then
 * sells through the contract and prints the number of each sale after it was acknowledged, until it is killed.
 * PESTLE_PROOF_UNSAFE=1 switches durability off in this process: the control that must lose.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { openTestTill, reopenTestTill } from '../../desktop/hosts/test.ts';
import { payCash, scan, signIn } from './open-shop.ts';
import { dataMatrix, ean, openingMs, shopBase, staffOfShop, storeId, tillId } from './shop.ts';

const folder = process.argv[2];
if (!folder) throw new Error('seller.ts DIR');
const say = (line: string) => writeSync(1, `${line}\n`);

const shop = await openOrMake(folder);
if (process.env.PESTLE_PROOF_UNSAFE === '1') shop.till.enrolled().counter.db.pragma('synchronous=OFF');
shop.till.start();
await shop.client.auth.setLink({ on: false });
await signIn(shop, 'cashier');
await shop.client.sales.clear({ commandId: randomUUID() });
say('READY');
for (let n = 0; ; n++) {
  const { cart } = await scan(shop, ean('syrup'), 1 + (n % 3));
  const more = n % 2 ? (await scan(shop, dataMatrix('dolorane', 'D2', '2027-06-30'))).cart : cart;
  const sale = await payCash(shop, more);
  say(String(Number(sale.receiptNo.split('-').at(-1))));
}

async function openOrMake(folder: string) {
  const vault = openFileVault(join(folder, 'vault.json'));
  const clock = { nowMs: () => openingMs + Math.round(performance.now()) };
  if (vault.get('device-key') !== null) return reopenTestTill({ folder, vault, clock });
  return openTestTill({ base: shopBase(), people: staffOfShop, storeId, tillId, clock, folder, vault });
}
