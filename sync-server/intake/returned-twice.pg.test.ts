import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '#shared/replica/changeset.ts';
import type { PushReply } from '#shared/replica/wire.ts';
import { readDay } from '../reports/day.ts';
import { listSecondRefunds, settleSecondRefund } from '../sales/second-refunds.ts';
import { saleRows, type TestDevice, testId } from './test-device.ts';
import { body, post, signIn, startTestHq, type TestHq } from './test-hq.ts';

let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq();
});
afterAll(() => hq.stop());

async function push(device: TestDevice, changes: readonly Change[], type: string) {
  const changesets = [device.make(changes, { type })];
  const asked = { changesets, waiting: 1, oldestAt: null, version: 'test' };
  const answer = await post(hq.url, '/sync/push', asked, await signIn(hq.url, device));
  return (await body<PushReply>(answer)).verdicts[0];
}

let receipts = 900;
/** A sale HQ has, of two lines of one pack at 5.00 each. */
async function sold(device: TestDevice) {
  receipts += 1;
  const rows = saleRows({ ...device, receiptN: receipts, series: 'S01-T01A' });
  await push(device, rows, 'sale');
  const idOf = (table: string) =>
    rows.flatMap((c) => (c.op === 'insert' && c.t === table ? [String(c.row.id)] : []));
  return { saleId: idOf('sale')[0] ?? '', lines: idOf('sale_line'), receiptNo: `S01-T01A-000${receipts}` };
}

/** A pack of one line came back to a counter. */
function takeBack({ storeId, tillId }: TestDevice, saleId: string, saleLineId: string): Change[] {
  const id = testId();
  const returnSeries = `S01-${id.slice(-8).toUpperCase()}AR`;
  const row = {
    ...{
      id,
      storeId,
      tillId,
      returnNo: `${returnSeries}-000001`,
      returnSeries,
      returnN: 1,
      at: Date.now(),
    },
    ...{
      businessDate: '2026-03-02',
      cashierId: 'nobody',
      kind: 'return',
      saleId,
      reason: 'other',
      currency: 'EUR',
    },
    ...{ taxMode: 'inclusive', lineCount: 1, taxMinor: 10, totalMinor: 500, cashRoundingMinor: 0 },
  };
  const line = {
    ...{
      id: testId(),
      returnId: id,
      storeId,
      lineNo: 1,
      saleLineId,
      packId: 'pack-1',
      batchId: 'batch-1',
      name: 'x',
    },
    ...{ qtyBase: 16, packSize: 16, baseUnit: 'tablet', amountMinor: 500, taxMinor: 10, taxClassId: 'tax-1' },
    ...{ taxPct3: [2100], place: 'destruction' },
  };
  const tax = {
    id: testId(),
    returnId: id,
    storeId,
    taxPct3: [2100],
    baseMinor: 490,
    taxMinor: 10,
    componentsMinor: [10],
  };
  const tender = { id: testId(), returnId: id, storeId, lineNo: 1, kind: 'cash', amountMinor: 500 };
  const rows = { sale_return: row, sale_return_line: line, sale_return_tax: tax, refund_tender: tender };
  return Object.entries(rows).map(([t, one]): Change => ({ t, op: 'insert', row: one }));
}

test('of two refunds made in a partition the second is accepted and flagged; both count', async () => {
  const [one, two] = [await hq.device(), await hq.device()];
  const { saleId, lines, receiptNo } = await sold(one);
  const [first = '', second = ''] = lines;
  expect(await push(one, takeBack(one, saleId, first), 'x-return')).toMatchObject({ verdict: 'accepted' });
  expect(await push(two, takeBack(two, saleId, second), 'x-return')).toMatchObject({ verdict: 'accepted' });
  expect(await push(two, takeBack(two, saleId, first), 'x-return')).toMatchObject({
    verdict: 'flagged',
    reason: `RETURNED_TWICE ${receiptNo}`,
  });
  const { rows } = await hq.pool.query('SELECT reason, detail FROM flag WHERE device = $1', [two.device]);
  expect(rows).toEqual([{ reason: 'RETURNED_TWICE', detail: `x-return ${receiptNo}` }]);
  const { rows: back } = await hq.pool.query(
    'SELECT sum(total_minor)::int AS minor FROM sale_return WHERE sale_id = $1',
    [saleId],
  );
  expect(back).toEqual([{ minor: 1500 }]);
});

test('of two that come at the same moment one is flagged', async () => {
  const [one, two] = [await hq.device(), await hq.device()];
  const { saleId, lines } = await sold(one);
  const line = lines[0] ?? '';
  const verdicts = await Promise.all(
    [one, two].map((device) => push(device, takeBack(device, saleId, line), 'x-return')),
  );
  expect(verdicts.map((verdict) => verdict?.verdict).toSorted()).toEqual(['accepted', 'flagged']);
});

test('the day report is the sales less the returns', async () => {
  const device = await hq.device();
  const before = (await readDay(hq.pool, '2026-03-02')).find((day) => day.storeId === device.storeId);
  const { saleId, lines } = await sold(device);
  await push(device, takeBack(device, saleId, lines[0] ?? ''), 'x-return');
  const after = (await readDay(hq.pool, '2026-03-02')).find((day) => day.storeId === device.storeId);
  const grown = (of: 'sales' | 'returns' | 'totalMinor' | 'taxMinor' | 'returnsMinor') =>
    (after?.[of] ?? 0) - (before?.[of] ?? 0);
  expect(grown('sales')).toBe(1);
  expect(grown('returns')).toBe(1);
  expect(grown('returnsMinor')).toBe(500);
  expect(grown('totalMinor')).toBe(500);
  expect(grown('taxMinor')).toBe(11);
  const cash = (day: typeof after) => day?.tenders.find((tender) => tender.kind === 'cash')?.amountMinor ?? 0;
  expect(cash(after) - cash(before)).toBe(500);
});

test('a second refund is a list at HQ; a note there or a till’s own takes it and its flag away', async () => {
  const [one, two] = [await hq.device(), await hq.device()];
  const { saleId, lines, receiptNo } = await sold(one);
  const [line = ''] = lines;
  const mine = async () => (await listSecondRefunds(hq.pool)).filter((task) => task.saleId === saleId);
  const open = async () =>
    (
      await hq.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM flag WHERE reason = 'RETURNED_TWICE' AND reviewed_at IS NULL AND device = $1`,
        [two.device],
      )
    ).rows[0]?.n;
  await push(one, takeBack(one, saleId, line), 'x-return');
  expect(await mine()).toEqual([]);
  await push(two, takeBack(two, saleId, line), 'x-return');
  expect(await mine()).toMatchObject([
    { saleId, receiptNo, storeId: one.storeId, overBase: 16, lines: [{ overBase: 16 }], returns: [{}, {}] },
  ]);
  const by = { actor: 'ida', nowMs: Date.now() };
  const note = 'Both customers were asked.';
  expect(await settleSecondRefund(hq.pool, { saleId, overBase: 3, note }, by)).toMatchObject({
    error: { code: 'CHANGED', overBase: 16 },
  });
  const both = [1, 2].map(() => settleSecondRefund(hq.pool, { saleId, overBase: 16, note }, by));
  expect((await Promise.all(both)).map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  expect([await mine(), await open()]).toEqual([[], 0]);
  const { rows: audit } = await hq.pool.query(
    `SELECT reason, store_id AS "storeId" FROM audit_entry WHERE subject_id = $1`,
    [saleId],
  );
  expect(audit).toEqual([{ reason: note, storeId: one.storeId }]);

  await push(two, takeBack(two, saleId, line), 'x-return');
  expect(await mine()).toMatchObject([{ overBase: 32 }]);
  const row = {
    ...{ id: testId(), storeId: two.storeId, tillId: two.tillId, at: Date.now(), businessDate: '2026-03-02' },
    ...{ actorId: 'cashier', action: 'sales.second-refund-settled', subjectId: saleId, reason: 'seen' },
    details: { receiptNo, overBase: 32 },
  };
  expect(await push(two, [{ t: 'audit_entry', op: 'insert', row }], 'sale-return')).toMatchObject({
    ...{ verdict: 'flagged', reason: 'NOT_AUTHORISED sales.void' },
  });
  expect([await mine(), await open()]).toEqual([[], 0]);
});
