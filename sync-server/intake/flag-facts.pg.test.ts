import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '#shared/replica/changeset.ts';
import type { PushReply } from '#shared/replica/wire.ts';
import { standardRoleId } from '../auth/roles.ts';
import { saleRows, type TestDevice, testId } from './test-device.ts';
import { body, post, signIn, startTestHq, type TestHq } from './test-hq.ts';

let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq();
  await hq.write([
    {
      t: 'staff',
      op: 'set',
      id: testId(),
      cols: {
        ...{ storeId: hq.stores[0], personId: 'mia', roleId: standardRoleId('manager') },
        ...{ pinVerifier: null, active: true },
      },
    },
  ]);
});
afterAll(() => hq.stop());

async function push(device: TestDevice, changes: readonly Change[], type: string) {
  const changesets = [device.make(changes, { type })];
  const asked = { changesets, waiting: 1, oldestAt: null, version: 'test' };
  const answer = await post(hq.url, '/sync/push', asked, await signIn(hq.url, device));
  return (await body<PushReply>(answer)).verdicts[0];
}
const flagsOf = async ({ device }: TestDevice) =>
  (
    await hq.pool.query<{ flag: string }>(
      `SELECT reason || ' ' || detail AS flag FROM flag WHERE device = $1 ORDER BY dseq, id`,
      [device],
    )
  ).rows.map(({ flag }) => flag);

let returns = 0;
type Made = { kind: 'return' | 'void' | 'blind'; authorisedBy?: string; packId?: string };
/** A pack came back, as a till would say it. */
function takeBack(
  { storeId, tillId }: TestDevice,
  { kind, authorisedBy, packId = 'pack-1' }: Made,
): Change[] {
  const id = testId();
  returns += 1;
  const row = {
    ...{ id, storeId, tillId, returnNo: `S01-T01AR-${returns}`, returnSeries: 'S01-T01AR', returnN: returns },
    ...{ at: Date.now(), businessDate: '2026-03-02', cashierId: 'cashier', kind, reason: 'other' },
    ...{ authorisedBy: authorisedBy ?? null, currency: 'EUR', taxMode: 'inclusive', lineCount: 1 },
    ...{ taxMinor: 10, totalMinor: 500, cashRoundingMinor: 0 },
  };
  const line = {
    ...{ id: testId(), returnId: id, storeId, lineNo: 1, packId, name: 'x', qtyBase: 16, packSize: 16 },
    ...{ baseUnit: 'tablet', amountMinor: 500, taxMinor: 10, taxClassId: 'tax-1', taxPct3: [2100] },
    place: 'destruction',
  };
  return [
    { t: 'sale_return', op: 'insert', row },
    { t: 'sale_return_line', op: 'insert', row: line },
  ];
}

test('a till’s word that somebody agreed is judged by that person’s rights: never refused, flagged where they had none', async () => {
  const device = await hq.device();
  for (const [made, reason] of [
    [{ kind: 'void', authorisedBy: 'mia' }, null],
    [{ kind: 'void', authorisedBy: 'cashier' }, 'NOT_AUTHORISED sales.void'],
    [{ kind: 'void' }, 'NOT_AUTHORISED sales.void'],
    [{ kind: 'blind', authorisedBy: 'mia' }, null],
    [{ kind: 'blind', authorisedBy: 'nobody' }, 'NOT_AUTHORISED sales.return.blind'],
    [{ kind: 'blind' }, 'NOT_AUTHORISED sales.return.blind'],
    [{ kind: 'return' }, null],
    [{ kind: 'return', authorisedBy: 'nobody' }, 'NOT_AUTHORISED sales.return'],
  ] as const) {
    const verdict = await push(device, takeBack(device, made), 'sale-return');
    expect(verdict).toMatchObject(reason === null ? { verdict: 'accepted' } : { verdict: 'flagged', reason });
  }
  expect((await flagsOf(device))[0]).toBe('NOT_AUTHORISED sale-return sales.void');
  const { rows } = await hq.pool.query('SELECT count(*)::int AS n FROM sale_return WHERE till_id = $1', [
    device.tillId,
  ]);
  expect(rows).toEqual([{ n: 8 }]);
});

test('a deposit comes back without a receipt and without anybody’s leave', async () => {
  const device = await hq.device();
  await hq.write([
    {
      ...{ t: 'medicine', op: 'set' as const, id: 'bag' },
      cols: {
        ...{ kind: 'article', brand: 'Bag', generics: [], form: '', route: '', holder: '', tallMan: '' },
        ...{ scheduleClass: 'general', genericGroup: '', discountAllowed: false, registerRef: '' },
        soldAs: 'deposit',
      },
    },
    {
      ...{ t: 'pack', op: 'set' as const, id: 'bag-1' },
      cols: {
        ...{ medicineId: 'bag', label: 'one', packSize: 1, baseUnit: 'piece', breakable: false },
        ...{ taxClassId: 'none', status: 'active', registerRef: '' },
      },
    },
  ]);
  const lent = takeBack(device, { kind: 'blind', packId: 'bag-1' });
  expect(await push(device, lent, 'sale-return')).toMatchObject({ verdict: 'accepted' });
});

test('what the plan has flagged and what is found beside it are a flag each', async () => {
  const device = await hq.device();
  const made = takeBack(device, { kind: 'void', authorisedBy: 'nobody' });
  const changesets = [device.make(made, { type: 'sale-return', actor: 'stranger' })];
  const asked = { changesets, waiting: 1, oldestAt: null, version: 'test' };
  await post(hq.url, '/sync/push', asked, await signIn(hq.url, device));
  expect(await flagsOf(device)).toEqual([
    'MISSING_RIGHT sale-return sales.return',
    'NOT_AUTHORISED sale-return sales.void',
  ]);
});

test('one number on two receipts: both stand, and the second is flagged for people to look at', async () => {
  const [one, copy] = [await hq.device(), await hq.device()];
  const sale = (device: TestDevice, receiptN: number) =>
    push(device, saleRows({ ...device, receiptN, series: 'S01-T01A' }), 'sale');
  expect(await sale(one, 41)).toMatchObject({ verdict: 'accepted' });
  expect(await sale(copy, 42)).toMatchObject({ verdict: 'accepted' });
  expect(await sale(copy, 41)).toMatchObject({ verdict: 'flagged', reason: 'RECEIPT_TWICE S01-T01A-000041' });
  expect([await flagsOf(one), await flagsOf(copy)]).toEqual([[], ['RECEIPT_TWICE sale S01-T01A-000041']]);
});

test('of two that bring one number at the same moment one is flagged', async () => {
  const devices = [await hq.device(), await hq.device()];
  const verdicts = await Promise.all(
    devices.map((device) => push(device, saleRows({ ...device, receiptN: 77, series: 'S01-T01A' }), 'sale')),
  );
  expect(verdicts.map((verdict) => verdict?.verdict).toSorted()).toEqual(['accepted', 'flagged']);
});
