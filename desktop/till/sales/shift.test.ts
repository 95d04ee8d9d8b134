import { expect, test } from 'vitest';
import type { ShiftCount, ShiftView } from '#shared/sales/calls-shift.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { receiptText } from '#shared/sales/receipt-layout.ts';
import { problemsIn } from '../../../build/proof/books.ts';
import {
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openingMs, type PersonName, people, storeId, tillId } from '../../../build/proof/shop.ts';
import { paper } from '../../hosts/test.ts';
import type { PrintOutcome } from '../ports.ts';

type Open = Pick<OpenShop, 'client' | 'till'>;
const cash = (amountMinor: number) => ({ kind: 'cash' as const, amountMinor });
const card = (amountMinor: number) => ({ kind: 'card' as const, amountMinor });

async function stateOf({ client }: Open): Promise<ShiftView> {
  for await (const view of await client.sales.shift.state()) return view;
  throw new Error('the shift always shows itself');
}
const openWith = ({ client }: Open, floatMinor: number) =>
  client.sales.shift.open({ commandId: commandId(), floatMinor });
const counted = (otherCashMinor: number, over: Partial<ShiftCount> = {}): ShiftCount => ({
  ...{ denominations: [], otherCashMinor, others: [] },
  ...over,
});
async function sell(shop: Open, tenders?: Parameters<Open['client']['sales']['pay']>[0]['tenders']) {
  const { cart } = await scanPack(shop, 'syrup');
  if (!tenders) return payCash(shop, cart);
  return shop.client.sales.pay({ commandId: commandId(), totalMinor: cart.totalMinor, tenders });
}
async function closeWith(shop: Open, count: ShiftCount, over: Readonly<Record<string, unknown>> = {}) {
  const { open } = await stateOf(shop);
  const command = { commandId: commandId(), shiftId: open?.shiftId ?? 'none', count, leftMinor: 0, ...over };
  return shop.client.sales.shift.close(command);
}
const rows = <T = unknown>({ till }: Open, sql: string): T[] =>
  till.enrolled().counter.db.prepare<[], T>(sql).all();
const audits = (shop: Open) =>
  rows<Audit>(
    shop,
    `SELECT action, actor_id AS actorId, reason, details FROM audit_entry WHERE action LIKE 'sales.%' ORDER BY id`,
  ).map(({ details, ...rest }) => ({ ...rest, details: details === null ? null : JSON.parse(details) }));
type Audit = { action: string; actorId: string; reason: string | null; details: string | null };
const count = (shop: Open, table: 'shift' | 'shift_close' | 'cash_movement' | 'journal' | 'print_job') =>
  Number(shop.till.enrolled().counter.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
const whole = (shop: Open & Pick<OpenShop, 'vault'>) =>
  problemsIn(shop.till.enrolled().counter.db, JSON.parse(shop.vault.get('device-key') ?? '').publicKey);

test('a sale without a shift opens one by itself, in its own changeset, and the next sale is in the same', async () => {
  const shop = await openShop();
  expect(await stateOf(shop)).toEqual({ open: null, leftMinor: 0, today: '2026-11-24', drawer: null });
  await sell(shop);
  await sell(shop);
  const { open } = await stateOf(shop);
  expect(open).toMatchObject({ automatic: true, floatMinor: 0, openedBy: 'cashier', since: openingMs });
  expect(rows(shop, `SELECT DISTINCT shift_id AS shiftId FROM sale`)).toEqual([{ shiftId: open?.shiftId }]);
  expect(rows(shop, `SELECT type FROM journal`)).toEqual([{ type: 'sale' }, { type: 'sale' }]);
  expect(whole(shop)).toEqual([]);
  await shop.close();
});

test('a counted float opens a shift once; while it is open no other one opens', async () => {
  const shop = await openShop();
  const command = { commandId: commandId(), floatMinor: 15_000 };
  const first = await shop.client.sales.shift.open(command);
  expect(await shop.client.sales.shift.open(command)).toEqual(first);
  expect(await refusalOf(openWith(shop, 10_000))).toMatchObject({ code: 'SHIFT_OPEN', defined: true });
  expect((await stateOf(shop)).open).toMatchObject({ ...first, automatic: false, floatMinor: 15_000 });
  await signIn(shop, 'auditor');
  expect(await refusalOf(openWith(shop, 0))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'sales.shift' }, defined: true },
  });
  await shop.close();
});

test('a close counts everything there was: several cashiers, cash with rounding and change, card, money in and out', async () => {
  const shop = await openShop({ shop: { cashStepMinor: 5 }, signedIn: 'manager' });
  await openWith(shop, 10_000);
  await sell(shop, [cash(1000)]);
  await signIn(shop, 'cashier');
  await sell(shop, [card(101), cash(500)]);
  const { client } = shop;
  const moves = [
    { kind: 'pay-in' as const, amountMinor: 5000, reason: 'Change from the bank', inPlace: people.manager },
    { kind: 'pay-out' as const, amountMinor: 1250, reason: 'Window cleaner', inPlace: people.manager },
  ];
  for (const move of moves) await client.sales.shift.move({ commandId: commandId(), ...move });
  await client.sales.shift.noSale({ commandId: commandId(), reason: 'Change', inPlace: people.manager });
  const x = await client.sales.shift.x();
  const inDrawer = 10_000 + 500 + 400 + 5000 - 1250;
  expect(x.expected).toEqual([cash(inDrawer), card(101)]);
  expect(x.totals).toMatchObject({
    ...{ sales: 2, salesMinor: 998, cashRoundingMinor: 3, payInMinor: 5000, payOutMinor: 1250, noSales: 1 },
    taxes: [{ taxPct3: [20_000], baseMinor: 832, taxMinor: 166 }],
  });
  const [day] = await client.sales.dayTotals({});
  expect(day).toMatchObject({
    sales: x.totals.sales,
    totalMinor: x.totals.salesMinor,
    taxes: x.totals.taxes,
  });
  await signIn(shop, 'manager');
  const count = {
    denominations: [
      { minor: 5000, count: 2 },
      { minor: 100, count: 46 },
    ],
    otherCashMinor: 50,
  };
  const z = await closeWith(shop, { ...count, others: [card(101)] }, { leftMinor: 10_000 });
  expect(z).toMatchObject({
    ...{ zNo: 'S01-T01AZ-000001', expected: x.expected, totals: x.totals, varianceMinor: 0, reason: null },
    ...{ counted: [cash(inDrawer), card(101)], denominations: count.denominations, leftMinor: 10_000 },
    ...{ grandTotalMinor: 998, openedBy: 'manager', closedBy: 'manager', businessDate: '2026-11-24' },
  });
  expect(await client.sales.shift.reports({})).toEqual([{ ...z, printJobId: undefined }]);
  expect(whole(shop)).toEqual([]);
  await shop.close();
});

test('the next shift begins with what was left, its number follows, and the grand total goes on', async () => {
  const shop = await openShop();
  await sell(shop);
  const first = await closeWith(shop, counted(499), { leftMinor: 300 });
  expect(await stateOf(shop)).toMatchObject({ open: null, leftMinor: 300 });
  shop.clock.set(openingMs - 3_600_000);
  await sell(shop);
  expect((await stateOf(shop)).open).toMatchObject({ automatic: true, floatMinor: 300 });
  const second = await closeWith(shop, counted(799), { leftMinor: 799 });
  expect([first.zNo, second.zNo]).toEqual(['S01-T01AZ-000001', 'S01-T01AZ-000002']);
  expect([first.grandTotalMinor, second.grandTotalMinor]).toEqual([499, 998]);
  expect(await stateOf(shop)).toMatchObject({ leftMinor: 799 });
  expect(whole(shop)).toEqual([]);
  await shop.close();
});

test('the close carries the hash of what was written last before it', async () => {
  const shop = await openShop();
  await sell(shop);
  const [sold] = rows(shop, `SELECT hash FROM journal ORDER BY dseq DESC LIMIT 1`);
  const z = await closeWith(shop, counted(499));
  expect({ hash: z.chainHead }).toEqual(sold);
  expect(rows(shop, `SELECT type, subject_id AS closeId FROM journal ORDER BY dseq DESC LIMIT 1`)).toEqual([
    { type: 'shift-close', closeId: z.closeId },
  ]);
  await shop.close();
});

test('what is expected is said only after a count is written down, and a second count does not undo the first', async () => {
  const shop = await openShop();
  await openWith(shop, 1000);
  await sell(shop);
  const { open } = await stateOf(shop);
  const look = (otherCashMinor: number) =>
    shop.client.sales.shift.compare({
      ...{ commandId: commandId(), shiftId: open?.shiftId ?? '', count: counted(otherCashMinor) },
    });
  expect(await look(900)).toEqual({
    tenders: [{ kind: 'cash', expectedMinor: 1499, countedMinor: 900, varianceMinor: -599 }],
    ...{ varianceMinor: -599, needsReason: true, needsRight: null, leftMinor: 900 },
  });
  expect(await look(1499)).toMatchObject({ varianceMinor: 0, needsReason: false, leftMinor: 1000 });
  expect(audits(shop).map(({ action, details }) => [action, details])).toEqual([
    ['sales.shift-counted', { cashMinor: 900, varianceMinor: -599 }],
    ['sales.shift-counted', { cashMinor: 1499, varianceMinor: 0 }],
  ]);
  await shop.close();
});

test('a difference beyond the limit closes with a reason only; a count of nothing at all is a count', async () => {
  const shop = await openShop();
  await openWith(shop, 1000);
  expect(await refusalOf(closeWith(shop, counted(0)))).toMatchObject({
    code: 'REASON_NEEDED',
    defined: true,
  });
  expect(count(shop, 'shift_close')).toBe(0);
  expect(await refusalOf(closeWith(shop, counted(1000), { leftMinor: 1001 }))).toMatchObject({
    ...{ code: 'LEFT_TOO_MUCH', defined: true },
  });
  const z = await closeWith(shop, counted(0), { reason: 'The drawer was robbed' });
  expect(z).toMatchObject({ varianceMinor: -1000, reason: 'The drawer was robbed', zNo: 'S01-T01AZ-000001' });
  await shop.close();
});

test('another’s shift needs a manager, or a PIN in place, or a reason that the audit tells with what is missing', async () => {
  const shop = await openShop();
  const cases: readonly {
    who: PersonName;
    how: Readonly<Record<string, unknown>>;
    missing: string | null;
    written: object;
  }[] = [
    { who: 'manager', how: {}, missing: null, written: { action: 'sales.shift-closed', reason: null } },
    {
      ...{ who: 'pharmacist', how: { inPlace: people.manager }, missing: 'sales.shift.others' },
      written: { action: 'sales.shift-closed', details: { authorisedBy: people.manager.personId } },
    },
    {
      ...{ who: 'pharmacist', how: { unapproved: true }, missing: 'sales.shift.others' },
      written: { action: 'sales.shift-closed-unapproved', details: { missing: 'sales.shift.others' } },
    },
    {
      ...{ who: 'auditor', how: { unapproved: true }, missing: 'sales.shift' },
      written: { action: 'sales.shift-closed-unapproved', details: { missing: 'sales.shift' } },
    },
  ];
  for (const { who, how, missing, written } of cases) {
    await signIn(shop, 'cashier');
    await openWith(shop, 1000);
    await signIn(shop, who);
    if (missing) {
      expect(await refusalOf(closeWith(shop, counted(1000)))).toMatchObject({
        ...{ code: 'MISSING_RIGHT', data: { permission: missing }, defined: true },
      });
      expect(await refusalOf(closeWith(shop, counted(1000), how))).toMatchObject({ code: 'REASON_NEEDED' });
    }
    const reason = missing ? { reason: 'Ann is ill' } : {};
    expect(await closeWith(shop, counted(1000), { ...how, ...reason })).toMatchObject({
      ...{ closedBy: who, openedBy: 'cashier', reason: reason.reason ?? null },
    });
    expect(audits(shop).at(-1)).toMatchObject({ actorId: people[who].personId, ...written });
  }
  expect(whole(shop)).toEqual([]);
  await shop.close();
});

test('money out needs the right or a PIN in place: both names are written, a wrong PIN moves nothing', async () => {
  const shop = await openShop();
  const out = { kind: 'pay-out' as const, amountMinor: 2000, reason: 'Stamps' };
  const move = (over: object = {}) =>
    shop.client.sales.shift.move({ commandId: commandId(), ...out, ...over });
  expect(await refusalOf(move())).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'sales.cash.move' }, defined: true },
  });
  const wrong = { ...people.manager, pin: '000000' };
  expect(await refusalOf(move({ inPlace: wrong }))).toMatchObject({ code: 'WRONG_PIN', defined: true });
  expect(await refusalOf(move({ inPlace: people.pharmacist }))).toMatchObject({ code: 'MISSING_RIGHT' });
  expect([count(shop, 'cash_movement'), count(shop, 'journal')]).toEqual([0, 0]);
  const again = commandId();
  const moved = await move({ commandId: again, inPlace: people.manager });
  expect(await move({ commandId: again, inPlace: people.manager })).toEqual(moved);
  expect(
    rows(shop, `SELECT kind, amount_minor AS minor, reason, actor_id AS actorId FROM cash_movement`),
  ).toEqual([{ kind: 'pay-out', minor: 2000, reason: 'Stamps', actorId: people.cashier.personId }]);
  expect(audits(shop)).toEqual([
    {
      ...{ action: 'sales.pay-out', actorId: people.cashier.personId, reason: 'Stamps' },
      details: { amountMinor: 2000, authorisedBy: people.manager.personId },
    },
  ]);
  expect((await stateOf(shop)).open).toMatchObject({ automatic: true });
  expect((await shop.client.sales.shift.x()).expected).toEqual([cash(-2000)]);
  await shop.close();
});

/** Waits until the till has heard from the drawer, as it should be. */
async function drawerIs({ client }: Open, state: string, reason: string | null): Promise<void> {
  for await (const { drawer } of await client.sales.shift.state())
    if (drawer?.state === state && drawer.reason === reason) return;
}

test('a no-sale is on disk before the drawer is asked, once for one command, whatever the drawer does', async () => {
  const seen: number[] = [];
  let open: () => Promise<PrintOutcome> = async () => ({ state: 'printed' });
  const printer = {
    ...paper(),
    openDrawer: () => {
      seen.push(count(shop, 'cash_movement'));
      return open();
    },
  };
  const shop: OpenShop = await openShop({ printer, signedIn: 'manager' });
  const noSale = (id = commandId()) => shop.client.sales.shift.noSale({ commandId: id, reason: 'Coins' });
  const command = commandId();
  await noSale(command);
  await drawerIs(shop, 'printed', null);
  open = async () => ({ state: 'failed', reason: 'offline' });
  await noSale();
  await drawerIs(shop, 'failed', 'offline');
  open = () => Promise.reject(new Error('gone'));
  await noSale();
  await drawerIs(shop, 'failed', 'error');
  await noSale(command);
  expect(seen).toEqual([1, 2, 3]);
  expect(audits(shop)[0]).toMatchObject({ action: 'sales.no-sale', reason: 'Coins' });
  expect(rows(shop, `SELECT DISTINCT type FROM journal`)).toEqual([{ type: 'no-sale' }]);
  await shop.close();
});

test('a printer that is off keeps no shift open; the Z-report waits, and its reprint says COPY and is audited', async () => {
  const docs: ReceiptDoc[] = [];
  const printer = {
    ...paper(),
    print: async (doc: ReceiptDoc): Promise<PrintOutcome> => {
      docs.push(doc);
      return { state: 'failed', reason: 'offline' };
    },
  };
  const shop = await openShop({ printer });
  await sell(shop);
  await shop.client.sales.shift.printX({ commandId: commandId() });
  const z = await closeWith(shop, counted(499), { leftMinor: 499 });
  const again = { commandId: commandId(), closeId: z.closeId };
  const copy = await shop.client.sales.shift.reprint(again);
  expect(await shop.client.sales.shift.reprint(again)).toEqual(copy);
  for await (const jobs of await shop.client.sales.printJobs())
    if (jobs.length === 4 && jobs.every(({ state }) => state === 'failed')) break;
  const [, x, first, second] = docs.map((doc) => receiptText(doc, 48));
  expect(x).toContain('X-REPORT');
  expect(first).toContain('Z-REPORT');
  expect(first).toContain('S01-T01AZ-000001');
  expect(first).toContain(z.chainHead.slice(0, 20));
  expect(first).not.toContain('COPY');
  expect(second).toContain('*** COPY ***');
  expect(audits(shop)).toMatchObject([{ action: 'sales.x-report' }, { action: 'sales.z-reprint' }]);
  expect(await shop.client.sales.shift.reportPreview({ closeId: z.closeId })).toHaveProperty('svg');
  expect(
    await refusalOf(shop.client.sales.shift.reprint({ ...again, commandId: commandId(), closeId: 'none' })),
  ).toMatchObject({ code: 'NOT_FOUND', defined: true });
  await shop.close();
});

test('a close asked again after a crash answers with the Z-report it made; there is one', async () => {
  const shop = await openShop();
  await sell(shop);
  const { open } = await stateOf(shop);
  const command = { commandId: commandId(), shiftId: open?.shiftId ?? '', count: counted(499), leftMinor: 0 };
  const z = await shop.client.sales.shift.close(command);
  const again = shop.reopen();
  await signIn(again, 'cashier');
  expect(await again.client.sales.shift.close(command)).toEqual(z);
  expect([count(again, 'shift_close'), count(again, 'shift')]).toEqual([1, 1]);
  expect(
    await refusalOf(again.client.sales.shift.close({ ...command, commandId: commandId() })),
  ).toMatchObject({
    ...{ code: 'NO_SHIFT', defined: true },
  });
  expect(
    problemsIn(again.till.enrolled().counter.db, JSON.parse(shop.vault.get('device-key') ?? '').publicKey),
  ).toEqual([]);
  await again.close();
});

test('a till killed in the middle of closing has the shift open and no number taken', async () => {
  const shop = await openShop();
  await sell(shop);
  const { counter } = shop.till.enrolled();
  counter.db.exec(
    `CREATE TEMP TRIGGER dies BEFORE INSERT ON print_job BEGIN SELECT raise(ABORT, 'killed'); END`,
  );
  await expect(closeWith(shop, counted(499))).rejects.toThrow();
  const again = shop.reopen();
  await signIn(again, 'cashier');
  expect((await stateOf(again)).open).not.toBeNull();
  expect([count(again, 'shift_close'), count(again, 'journal')]).toEqual([0, 1]);
  expect(await closeWith(again, counted(499))).toMatchObject({ zNo: 'S01-T01AZ-000001' });
  await again.close();
});

test('a shift the till before this one opened is gone on with, over business dates, and closed here', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const at = openingMs - 86_400_000;
  const made = { storeId, tillId, at, businessDate: '2026-11-23', actorId: people.cashier.personId };
  const row = { id: 'opened before', ...made, kind: 'counted', floatMinor: 5000, currency: 'EUR' };
  hearFromHq(shop, [{ t: 'shift', op: 'insert', row }]);
  expect(await stateOf(shop)).toMatchObject({
    ...{ today: '2026-11-24', open: { shiftId: 'opened before', businessDate: '2026-11-23' } },
  });
  await sell(shop);
  expect((await shop.client.sales.shift.x()).expected).toEqual([cash(5499)]);
  expect(await closeWith(shop, counted(5499))).toMatchObject({ shiftId: 'opened before', openedAt: at });
  hearFromHq(shop, [{ t: 'shift', op: 'insert', row: { ...row, id: 'elsewhere', tillId: 'another till' } }]);
  expect((await stateOf(shop)).open).toBeNull();
  await shop.close();
});
