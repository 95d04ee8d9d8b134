import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Change } from '#shared/replica/changeset.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { openTestTill } from '../../desktop/hosts/test.ts';
import { createIntake } from '../../sync-server/intake/push.ts';
import { sealLog } from '../../sync-server/intake/seal-log.ts';
import { saleRows, type TestDevice, testId } from '../../sync-server/intake/test-device.ts';
import { startTestHq, type TestHq } from '../../sync-server/intake/test-hq.ts';
import { payCash, scan, signIn } from '../proof/open-shop.ts';
import { ean, shopBase, staffOfShop, storeId, tillId } from '../proof/shop.ts';
import { readTill } from './read-till.ts';

export type World = {
  readonly hq: TestHq;
  /** The folder of a till that has been closed. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
};

/**
 * Real data to be tampered with: a till that sold through its contract, and an HQ that took in its journal beside two
 * other devices' changesets, with some refused, some flagged, edits of HQ's own between them, and two seals.
 */
export async function makeWorld({ sales }: { readonly sales: number }): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-tamper-'));
  await sell(folder, sales);
  const hq = await startTestHq();
  const [a, b] = [await hq.device(hq.stores[0]), await hq.device(hq.stores[1])];
  const till = await enrol(hq, folder);
  const journal = readTill(folder).copy.rows;
  for (let from = 0; from < journal.length; from += 40) {
    await till(journal.slice(from, from + 40));
    await push(hq, a, salesOf(a, 10));
    await push(hq, b, [...salesOf(b, 5), refusable(b), ...salesOf(b, 5, 'stranger')]);
    await hq.write([{ t: 'setting', op: 'set', id: 'quick', cols: setting(from) }]);
    if (from === 40) await sealLog(hq.pool);
  }
  await sealLog(hq.pool);
  return {
    hq,
    folder,
    stop: async () => {
      await hq.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function sell(folder: string, sales: number): Promise<void> {
  const vault = openFileVault(join(folder, 'vault.json'));
  const shop = await openTestTill({ base: shopBase(), people: staffOfShop, storeId, tillId, folder, vault });
  await signIn(shop, 'cashier');
  for (let n = 0; n < sales; n++) {
    const { cart } = await scan(shop, ean('syrup'), 1 + (n % 3));
    await payCash(shop, cart);
  }
  await shop.close();
}

/** Makes the till's device known at HQ; answers how to push rows of its journal. */
async function enrol(hq: TestHq, folder: string) {
  const { copy, keys } = readTill(folder);
  const [me] = copy.ends;
  if (!me) throw new Error('a till has an end of its chain');
  const publicKey = z.string().parse(keys.get(me.device));
  const cols = { tillId, storeId, publicKey, inc: me.inc, enrolledAt: 1, revoked: false };
  await hq.write([{ t: 'device', op: 'set', id: me.device, cols }]);
  return (changesets: TestPush) => push(hq, me, changesets);
}

type TestPush = readonly { readonly text: string; readonly hash: string; readonly sig: string }[];
let receipts = 0;

async function push(
  hq: TestHq,
  { device, inc }: { readonly device: string; readonly inc: number },
  changesets: TestPush,
): Promise<void> {
  const sealed = changesets.map(({ text, hash, sig }) => ({ text, hash, sig }));
  const request = { changesets: sealed, waiting: 0, oldestAt: null, version: 'test', read: [] };
  const taken = await createIntake(hq.pool).takeBatch({ device, inc }, request);
  if (!taken.ok) throw new Error(taken.error.code);
}

const salesOf = (device: TestDevice, count: number, actor = 'cashier') =>
  Array.from({ length: count }, () => device.make(saleRows({ ...device, receiptN: ++receipts }), { actor }));

const refusable = (device: TestDevice) =>
  device.make([{ t: 'medicine', op: 'set', id: testId(), cols: { brand: 'Mine now' } } satisfies Change]);

const setting = (n: number) => ({
  storeId: null,
  key: 'sales.quick-keys',
  value: [{ packId: `${n}`, label: 'x' }],
});
