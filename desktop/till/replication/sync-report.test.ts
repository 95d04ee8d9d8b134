import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  cartOf,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openingMs, type PackName, people } from '../../../build/proof/shop.ts';
import { createWaitingTally } from './waiting-tally.ts';

let shop: OpenShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

async function sell(...packs: readonly PackName[]) {
  for (const name of packs) await scanPack(shop, name);
  return payCash(shop, await cartOf(shop));
}

/** What HQ's answer leaves in the journal. */
function answered(
  dseq: number,
  state: 'at-hq' | 'refused' | 'dismissed' | 'superseded',
  reason = '',
  detail = '',
) {
  shop.till
    .enrolled()
    .counter.db.prepare(`UPDATE journal SET state = ?, reason = ?, detail = ? WHERE dseq = ?`)
    .run(state, reason, detail, dseq);
}

const report = () => shop.client.auth.syncReport();
const counted = async () =>
  Object.fromEntries((await report()).kinds.map(({ kind, changes }) => [kind, changes]));

test('a morning without a sale waits with nothing', async () => {
  expect(await report()).toMatchObject({
    ...{ at: openingMs, made: { dseq: 0, receiptNo: null }, atHq: { dseq: 0, receiptNo: null } },
    ...{ kinds: [], refused: [], refusedCount: 0, settled: [] },
  });
});

test('what waits is counted by document, with the age of the oldest', async () => {
  await sell('dolorane', 'syrup');
  shop.clock.pass(60_000);
  const { saleId } = await sell('drops');
  await signIn(shop, 'manager');
  await shop.client.sales.reprint({ commandId: randomUUID(), saleId });
  expect((await report()).kinds).toEqual([
    { kind: 'sales', changes: 2, oldestAt: openingMs },
    { kind: 'stock', changes: 3, oldestAt: openingMs },
    // The first sale has opened the shift.
    { kind: 'shift', changes: 1, oldestAt: openingMs },
    { kind: 'audit', changes: 1, oldestAt: openingMs + 60_000 },
  ]);
});

test('what HQ has is no longer counted, and the same count asked twice is the same', async () => {
  await sell('dolorane');
  await sell('drops');
  expect(await counted()).toEqual({ sales: 2, stock: 2, shift: 1 });
  expect(await counted()).toEqual({ sales: 2, stock: 2, shift: 1 });
  answered(1, 'at-hq');
  expect(await counted()).toEqual({ sales: 1, stock: 1 });
  answered(2, 'at-hq');
  expect(await counted()).toEqual({});
});

test('one that leaves while another comes is noticed', async () => {
  await sell('dolorane');
  await sell('dolorane', 'syrup');
  expect(await counted()).toEqual({ sales: 2, stock: 3, shift: 1 });
  await sell('drops', 'syrup');
  answered(1, 'at-hq');
  expect(await counted()).toEqual({ sales: 2, stock: 4 });
});

test('however answers come and go, the count kept up is the count made anew', async () => {
  await sell('dolorane', 'syrup');
  const { db } = shop.till.enrolled().counter;
  db.exec(`
    WITH RECURSIVE copy (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM copy WHERE n < 350)
    INSERT INTO journal (inc, dseq, scope, type, hlc, text, hash, sig, state, made_at)
    SELECT inc, dseq + n, scope, type, hlc, text, hash, sig, 'waiting', made_at + n FROM journal, copy`);
  const set = db.prepare(`UPDATE journal SET state = ? WHERE dseq BETWEEN ? AND ?`);
  const kept = createWaitingTally(db);
  const answer = fc.record({
    state: fc.constantFrom('at-hq', 'refused', 'waiting'),
    from: fc.integer({ min: 1, max: 351 }),
    most: fc.integer({ min: 0, max: 120 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (answers) => {
      for (const { state, from, most } of answers) set.run(state, from, from + most);
      expect(await kept(nextTurn)).toEqual(await createWaitingTally(db)(nextTurn));
    }),
    { numRuns: 60 },
  );
});

test('HQ has everything up to before the first that waits; a refused one it has too', async () => {
  const sold = [await sell('dolorane'), await sell('drops'), await sell('syrup')];
  answered(1, 'at-hq');
  answered(2, 'refused', 'BAD_ROW');
  expect(await report()).toMatchObject({
    atHq: { dseq: 2, receiptNo: sold[1]?.receiptNo },
    made: { dseq: 3, receiptNo: sold[2]?.receiptNo },
  });
});

test('a refused sale says what, who, when, why, and the number to read out', async () => {
  const { receiptNo } = await sell('dolorane');
  answered(1, 'refused', 'FACT_DIFFERS', 'sale 77');
  const { refused, refusedCount } = await report();
  expect(refusedCount).toBe(1);
  expect(refused).toMatchObject([
    {
      ...{ inc: 1, dseq: 1, type: 'sale', subject: receiptNo, by: 'cashier', at: openingMs },
      ...{ stands: true, reason: 'FACT_DIFFERS', detail: 'sale 77', number: 'S01-T01A/1' },
    },
  ]);
  expect(refused[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('a missing right is told whether HQ wrote it beside the code or behind it', async () => {
  await sell('dolorane');
  await sell('drops');
  answered(1, 'refused', 'MISSING_RIGHT sales.sell');
  answered(2, 'refused', 'MISSING_RIGHT', 'sales.sell');
  const { refused } = await report();
  expect(refused.map(({ dseq, reason, detail }) => [dseq, reason, detail])).toEqual([
    [2, 'MISSING_RIGHT', 'sales.sell'],
    [1, 'MISSING_RIGHT', 'sales.sell'],
  ]);
});

test('an edit that was refused does not stand, and names its setting', async () => {
  const { counter } = shop.till.enrolled();
  const cols = { storeId: counter.storeId, key: 'sales.quick-keys', value: [] };
  counter.transact('setting', () =>
    counter.replica.record({
      ...{ type: 'setting', actor: people.manager.personId, subjectId: null },
      changes: [{ t: 'setting', op: 'set', id: randomUUID(), cols }],
    }),
  );
  answered(1, 'refused', 'MISSING_RIGHT', 'auth.settings.edit');
  expect((await report()).refused).toMatchObject([{ stands: false, subject: 'sales.quick-keys' }]);
});

test('what HQ gave up needs nobody any more and stays listed as settled', async () => {
  const { receiptNo } = await sell('dolorane');
  answered(1, 'dismissed', 'BAD_ROW');
  expect(await report()).toMatchObject({
    ...{ refused: [], refusedCount: 0 },
    settled: [{ subject: receiptNo }],
  });
});

test('of many refused, a hundred are shown and all are counted', async () => {
  const { counter } = shop.till.enrolled();
  await sell('dolorane');
  counter.db.exec(`
    WITH RECURSIVE copy (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM copy WHERE n < 10000)
    INSERT INTO journal (inc, dseq, scope, type, hlc, text, hash, sig, state, made_at)
    SELECT inc, dseq + n, scope, type, hlc, '{', hash, sig, 'refused', made_at FROM journal, copy`);
  const { refused, refusedCount } = await report();
  expect([refused.length, refusedCount]).toEqual([100, 10_000]);
  expect(refused[0]).toMatchObject({ by: null, subject: null });
});

test('a receipt says where it is: on disk, at HQ, refused, and on disk again under a new incarnation', async () => {
  const { saleId } = await sell('dolorane');
  const place = async () => (await shop.client.sales.sales({ limit: 1 }))[0]?.place;
  expect(await place()).toBe('on-disk');
  answered(1, 'at-hq');
  expect(await place()).toBe('at-hq');
  answered(1, 'refused');
  expect(await place()).toBe('refused');
  answered(1, 'superseded');
  shop.till
    .enrolled()
    .counter.db.prepare(
      `INSERT INTO journal (inc, dseq, scope, type, hlc, text, hash, sig, state, subject_id, made_at)
       SELECT 2, 1, scope, type, hlc, text, hash, sig, 'waiting', ?, made_at FROM journal WHERE inc = 1`,
    )
    .run(saleId);
  expect(await place()).toBe('on-disk');
});

test('unsent work cannot be saved before HQ has told its key, nor with nobody signed in', async () => {
  await sell('dolorane');
  expect(await refusalOf(shop.client.auth.saveUnsent())).toMatchObject({ code: 'NO_HQ_KEY', defined: true });
  await shop.client.auth.signOut();
  expect(await refusalOf(shop.client.auth.saveUnsent())).toMatchObject({ code: 'NOT_SIGNED_IN' });
});

test('the file of unsent work is one run of the chain: what HQ answered in between is in it', async () => {
  for (const pack of ['dolorane', 'drops', 'syrup', 'syrup'] as const) await sell(pack);
  answered(1, 'at-hq');
  answered(3, 'refused', 'BAD_ROW');
  const key = String(generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x);
  const { db } = shop.till.enrolled().counter;
  db.prepare(`INSERT INTO preference (key, value) VALUES ('hq-bundle-key', ?)`).run(JSON.stringify(key));
  const { fileName, base64, changesets } = await shop.client.auth.saveUnsent();
  expect([fileName, changesets]).toEqual(['pestle-S01-T01A-2026-11-24.pestle', 3]);
  const [header = ''] = Buffer.from(base64, 'base64').toString('latin1').split('\n', 1);
  expect(JSON.parse(header)).toMatchObject({ count: 3, firstDseq: 2, lastDseq: 4, sealedTo: key });
  for (const dseq of [2, 4]) answered(dseq, 'at-hq');
  expect(await refusalOf(shop.client.auth.saveUnsent())).toMatchObject({ code: 'NOTHING_WAITING' });
});
