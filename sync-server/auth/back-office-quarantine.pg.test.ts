import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change, Sealed } from '#shared/replica/changeset.ts';
import { createIntake } from '../intake/push.ts';
import { saleRows, type TestDevice, testId } from '../intake/test-device.ts';
import { startTestHq, type TestHq } from '../intake/test-hq.ts';
import { listFlags, listQuarantine, readQuarantined } from './back-office-quarantine.ts';
import { readSyncFigures, readTaken } from './back-office-sync-health.ts';
import { reviewFlag } from './review-flag.ts';
import { migrateSignIn } from './sign-in.ts';

let hq: TestHq;
let device: TestDevice;
beforeAll(async () => {
  hq = await startTestHq();
  await migrateSignIn(hq.pool);
  device = await hq.device();
  const tillName = { storeId: hq.stores[0], code: 'T02', name: 'Dispensary' };
  await hq.write([
    { t: 'till', op: 'set', id: device.tillId, cols: tillName },
    { t: 'medicine', op: 'set', id: 'medicine-1', cols: medicine },
    { t: 'pack', op: 'set', id: 'pack-1', cols: pack },
    {
      t: 'price',
      op: 'set',
      id: 'price-1',
      cols: { packId: 'pack-1', storeId: null, priceMinor: 640, validFrom: '2020-01-01' },
    },
    {
      t: 'person',
      op: 'set',
      id: 'cashier',
      cols: { name: 'Théo Lenoir', shortName: 'Théo L.', language: null, active: true },
    },
  ]);
});
afterAll(() => hq.stop());

const medicine = {
  ...{ kind: 'medicine', brand: 'Gastrelis 20 mg', generics: [], form: 'capsule', route: 'oral', holder: '' },
  ...{ scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: true, registerRef: '' },
};
const pack = {
  ...{ medicineId: 'medicine-1', label: '28 capsules', packSize: 28, baseUnit: 'capsule', breakable: false },
  ...{ taxClassId: 'tax-1', status: 'active', registerRef: '' },
};
const push = async (changesets: readonly Sealed[]) => {
  const taken = await createIntake(hq.pool).takeBatch(device, {
    ...{ changesets: [...changesets], waiting: 0, oldestAt: null, version: 'test' },
  });
  if (!taken.ok) throw new Error(taken.error.code);
};

test('a refused price says what it is about, what it would change, and what has happened since', async () => {
  const cols = { packId: 'pack-1', storeId: device.storeId, priceMinor: 590, validFrom: '2026-11-16' };
  const refused = device.make([{ t: 'price', op: 'set', id: testId(), cols }], { type: 'price' });
  const { dseq } = device.head();
  const sold = saleRows({ ...device, receiptN: 1 }).map(
    (change): Change =>
      change.op === 'insert' && change.t === 'sale_line'
        ? { ...change, row: { ...change.row, packPriceMinor: 590, qtyBase: 28, packSize: 28 } }
        : change,
  );
  await push([refused, device.make(sold)]);
  const id = `${device.device}/1/${dseq}`;
  const subject = { table: 'price', name: 'Gastrelis 20 mg, 28 capsules', fromMinor: 640, toMinor: 590 };
  expect((await listQuarantine(hq.pool, { state: 'open' })).rows).toMatchObject([
    { id, tillName: 'S01-T02', type: 'price', reason: 'NOT_YOURS_TO_WRITE', subject },
  ]);
  expect(await readQuarantined(hq.pool, id)).toMatchObject({
    ...{ subject, madeBy: 'Théo Lenoir', inc: 'A', dseq, laterAtHq: 1, signature: 'valid', decided: null },
    soldSince: { qtyBase: 56, packSize: 28, priceMinor: 590 },
    changes: [
      {
        table: 'price',
        op: 'set',
        changedSince: null,
        columns: expect.arrayContaining([{ column: 'priceMinor', atHq: null, wanted: 590 }]),
      },
    ],
  });
  expect(await readQuarantined(hq.pool, 'nobody/1/1')).toBeNull();
});

test('an edit of a row that HQ has changed since says so', async () => {
  const edit = device.make([
    { t: 'price', op: 'set', id: 'price-1', cols: { priceMinor: 600, validFrom: '2020-01-01' } },
  ]);
  const { dseq } = device.head();
  await push([edit]);
  await hq.write([
    { t: 'price', op: 'set', id: 'price-1', cols: { priceMinor: 650, validFrom: '2020-01-01' } },
  ]);
  const found = await readQuarantined(hq.pool, `${device.device}/1/${dseq}`);
  expect(found?.changes[0]?.changedSince).toBeGreaterThan(found?.madeAt ?? Number.POSITIVE_INFINITY);
  expect(found?.changes[0]?.columns).toContainEqual({ column: 'priceMinor', atHq: 650, wanted: 600 });
  expect(found?.subject).toMatchObject({ fromMinor: 650, toMinor: 600 });
});

test('ten thousand refused changesets are read a page at a time, each once', async () => {
  await hq.pool.query(
    `INSERT INTO quarantine (id, device, inc, dseq, scope, type, text, hash, sig, reason, detail, at, state)
     SELECT 'many/' || n, $1, 1, 1000 + n, '', '', repeat('x', 1500), '', '', 'UNREADABLE', '', n / 7, 'dismissed'
       FROM generate_series(1, 10000) AS n`,
    [device.device],
  );
  const met = new Set<string>();
  let largest = 0;
  let after: { at: number; id: string } | null | undefined;
  do {
    const page = await listQuarantine(hq.pool, { state: 'dismissed', ...(after && { after }) });
    for (const { id } of page.rows) met.add(id);
    largest = Math.max(largest, page.rows.length);
    after = page.next;
  } while (after);
  expect([met.size, largest]).toEqual([10_000, 50]);
  expect((await readSyncFigures(hq.pool)).quarantine).toMatchObject({
    open: 2,
    dismissed: 10_000,
  });
});

test('flags come with the kind of their changeset, the last first', async () => {
  await hq.write([{ t: 'device', op: 'set', id: device.device, cols: { revoked: true } }]);
  await push([device.make(saleRows({ ...device, receiptN: 2 }))]);
  expect((await listFlags(hq.pool, {})).rows).toMatchObject([
    { tillName: 'S01-T02', type: 'sale', reason: 'DEVICE_REVOKED', detail: '' },
  ]);
});

test('of two people who review a flag at once one does, the other is told of them, and it leaves the list', async () => {
  const [flagged] = (await listFlags(hq.pool, {})).rows;
  const id = flagged?.id ?? '';
  const { toReview } = await readSyncFigures(hq.pool);
  const people = ['amelie', 'bruno'] as const;
  const results = await Promise.all(
    people.map((actor) => reviewFlag(hq.pool, { id, actor, auditId: testId() })),
  );
  const first = people[results.findIndex(({ ok }) => ok)];
  expect(results).toContainEqual({ ok: true, value: null });
  expect(results).toContainEqual({
    ok: false,
    error: { code: 'ALREADY_REVIEWED', by: first, at: expect.any(Number) },
  });
  expect((await listFlags(hq.pool, {})).rows.map((row) => row.id)).not.toContain(id);
  expect((await readSyncFigures(hq.pool)).toReview).toBe(toReview - 1);
  const { rows } = await hq.pool.query(
    'SELECT action, actor_id, store_id, till_id, reason, details FROM audit_entry WHERE subject_id = $1',
    [id],
  );
  expect(rows).toEqual([
    {
      ...{ action: 'sync.flag-reviewed', actor_id: first, store_id: device.storeId, till_id: device.tillId },
      ...{ reason: null, details: { reason: 'DEVICE_REVOKED', type: 'sale' } },
    },
  ]);
});

test('a flag that is not there cannot be reviewed', async () => {
  const nobody = { id: 'nobody/1/1', actor: 'amelie', auditId: testId() };
  expect(await reviewFlag(hq.pool, nobody)).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
});

test('what was taken is counted by quarter of an hour, also where a scope is longer than the look back', async () => {
  const nowMs = Date.now();
  const { scopes } = await readSyncFigures(hq.pool);
  const before = await readTaken(hq.pool, nowMs);
  expect(before.quarters).toHaveLength(32);
  expect(before.quarters.reduce((sum, { count }) => sum + count, 0)).toBe(before.lastHour);
  expect(before.lastHour).toBe(scopes.reduce((sum, { seq }) => sum + seq, 0));
  await hq.pool.query(
    `WITH old AS (
       INSERT INTO change_log (scope, seq, epoch, device, inc, dseq, type, v, eff_hlc, hash, sig, envelope, at)
       SELECT 'store:long', n, '', 'd', 1, n, 'sale', 1, '', '', '', '', now() - interval '1 day' + n * interval '80 seconds'
         FROM generate_series(1, 1000) AS n)
     INSERT INTO scope_head (scope, seq) VALUES ('store:long', 1000)`,
  );
  const from = before.quarters[0]?.from ?? 0;
  const { rows } = await hq.pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM change_log WHERE scope = 'store:long' AND at >= to_timestamp($1::double precision / 1000)`,
    [from],
  );
  const after = await readTaken(hq.pool, nowMs);
  const added = after.quarters.reduce(
    (sum, { count }, i) => sum + count - (before.quarters[i]?.count ?? 0),
    0,
  );
  expect(added).toBe(rows[0]?.n);
  expect(added).toBeGreaterThan(100);
});
