import { expect, test } from 'vitest';
import type { ReportQuery, ReportView } from '#shared/reports/calls-till.ts';
import { reportCsvRows } from '#shared/reports/report-csv.ts';
import type { ColumnName } from '#shared/reports/report-table.ts';
import { cheese, cheeseCode } from '../../../build/proof/cheese.ts';
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
import { openingMs, people, storeId, tillId } from '../../../build/proof/shop.ts';
import type { ReceiptPrinter } from '../ports.ts';

type Open = OpenShop;
const today = '2026-11-24';
const tomorrow = '2026-11-25';
const ask = (shop: Pick<Open, 'client'>, over: Partial<ReportQuery> & Pick<ReportQuery, 'kind'>) =>
  shop.client.reports.read({ from: today, to: tomorrow, of: 'till', ...over });

/** The cells of a column, and its total. */
const column = ({ columns, rows, total }: ReportView, name: ColumnName) => {
  const i = columns.indexOf(name);
  return { cells: rows.map((row) => row[i]), total: total?.[i] };
};
const sums = (table: ReportView) =>
  Object.fromEntries(table.columns.slice(1).map((name) => [name, column(table, name).total]));

async function sell(shop: Open, packs: readonly Parameters<typeof scanPack>[1][], cashMinor?: number) {
  let cart = null;
  for (const name of packs) ({ cart } = await scanPack(shop, name));
  const { totalMinor = 0, cashDueMinor = 0 } = cart ?? {};
  const tenders =
    cashMinor === undefined
      ? [{ kind: 'card' as const, amountMinor: totalMinor }]
      : [{ kind: 'cash' as const, amountMinor: cashMinor === 0 ? cashDueMinor : cashMinor }];
  return shop.client.sales.pay({ commandId: commandId(), totalMinor, tenders });
}

async function giveBack(shop: Open, saleId: string) {
  const sale = await shop.client.sales.returns.sale({ saleId });
  const [line] = sale.lines;
  const lines = [
    { saleLineId: line?.saleLineId ?? '', qtyBase: line?.soldBase ?? 0, place: 'shelf' as const },
  ];
  const { totalMinor } = await shop.client.sales.returns.quote({ saleId, lines });
  const command = { commandId: commandId(), saleId, kind: 'return' as const, lines, totalMinor };
  return shop.client.sales.returns.make({ ...command, reason: 'changed-mind' });
}

/** Two days of two cashiers: card, cash with change and rounding, three rate groups, a return the day after. */
async function soldShop(taxMode: 'inclusive' | 'exclusive', printer?: ReceiptPrinter): Promise<Open> {
  const shop = await openShop({ shop: { cashStepMinor: 5, taxMode }, ...(printer && { printer }) });
  await sell(shop, ['syrup', 'dolorane', 'drops'], 5000);
  const { saleId } = await sell(shop, ['syrup', 'syrup'], 0);
  shop.clock.pass(5 * 3_600_000);
  await signIn(shop, 'manager');
  await sell(shop, ['dolorane']);
  shop.clock.pass(24 * 3_600_000);
  await giveBack(shop, saleId);
  await sell(shop, ['syrup'], 0);
  return shop;
}

test.each(['inclusive', 'exclusive'] as const)(
  'every report adds up to the day’s totals to the cent, prices %s of tax',
  async (taxMode) => {
    const shop = await soldShop(taxMode);
    const days = await shop.client.sales.dayTotals({});
    expect(days).toHaveLength(2);
    const byDay = await ask(shop, { kind: 'days' });
    expect(
      byDay.rows.map((row) => Object.fromEntries(byDay.columns.map((name, i) => [name, row[i]]))),
    ).toEqual(
      days.toReversed().map((day) => ({
        ...{ day: day.businessDate, sales: day.sales, sold: day.totalMinor + day.returnsMinor },
        ...{ returns: day.returns, returned: day.returnsMinor, total: day.totalMinor, net: day.netMinor },
        ...{ tax: day.taxMinor, discount: day.discountMinor, rounding: day.cashRoundingMinor },
      })),
    );
    for (const kind of ['hours', 'cashiers'] as const)
      expect(sums(await ask(shop, { kind }))).toEqual(sums(byDay));
    const total = column(byDay, 'total').total;
    expect(column(await ask(shop, { kind: 'articles' }), 'total').total).toBe(total);
    expect(column(await ask(shop, { kind: 'articles' }), 'tax').total).toBe(column(byDay, 'tax').total);
    for (const day of days) {
      const one = { from: day.businessDate, to: day.businessDate };
      const tenders = await ask(shop, { kind: 'tenders', ...one });
      expect(tenders.rows.map(([kind, , , , amountMinor]) => ({ kind, amountMinor }))).toEqual(
        expect.arrayContaining(day.tenders),
      );
      const taxes = await ask(shop, { kind: 'taxes', ...one });
      expect(taxes.rows.map(([taxPct3, baseMinor, taxMinor]) => ({ taxPct3, baseMinor, taxMinor }))).toEqual(
        expect.arrayContaining(day.taxes),
      );
      expect([tenders.rows.length, taxes.rows.length]).toEqual([day.tenders.length, day.taxes.length]);
      expect(column(taxes, 'tax').total).toBe(day.taxMinor);
      expect(column(tenders, 'total').total).toBe(day.totalMinor + day.cashRoundingMinor);
    }
    await shop.close();
  },
);

test('hours are the store’s own, cashiers have names, and articles stand in the order asked for', async () => {
  const shop = await soldShop('inclusive');
  const hours = await ask(shop, { kind: 'hours' });
  expect(column(hours, 'hour').cells).toEqual([10, 15]);
  expect(column(hours, 'sales').cells).toEqual([2, 2]);
  expect(column(hours, 'returns').cells).toEqual([0, 1]);
  expect(column(await ask(shop, { kind: 'cashiers' }), 'cashier').cells).toEqual(['cashier', 'manager']);
  const byAmount = await ask(shop, { kind: 'articles' });
  expect(column(byAmount, 'article').cells).toEqual(['Toussifan 200 ml', 'Dolorane 500 mg', 'Oculane 10 ml']);
  expect(column(byAmount, 'quantity').cells).toEqual([
    [2, 1],
    [32, 16],
    [10, 10],
  ]);
  await shop.close();
});

test('of the store: other tills’ sales as far as they are known here, which this till’s own report leaves out', async () => {
  const shop = await soldShop('inclusive');
  const row = {
    ...{ id: 'their sale', storeId, tillId: 'another till', receiptNo: 'S01-T02A-000001', receiptN: 1 },
    ...{ receiptSeries: 'S01-T02A', at: openingMs, businessDate: today, cashierId: 'somebody' },
    ...{
      currency: 'EUR',
      taxMode: 'inclusive',
      lineCount: 0,
      discountMinor: 0,
      taxMinor: 20,
      totalMinor: 120,
    },
    ...{
      cashRoundingMinor: 0,
      changeMinor: 0,
      shiftId: null,
      customerId: null,
      note: null,
      taxExemption: null,
    },
  };
  hearFromHq(shop, [{ t: 'sale', op: 'insert', row }]);
  const own = Number(column(await ask(shop, { kind: 'days', to: today }), 'total').total);
  const all = await ask(shop, { kind: 'days', to: today, of: 'store' });
  expect(column(all, 'total').total).toBe(own + 120);
  expect(own).toBe((await shop.client.sales.dayTotals({ businessDate: today }))[0]?.totalMinor);
  expect(tillId).not.toBe(row.tillId);
  await shop.close();
});

test('near expiry: what is on the shelf by days left, at what it has cost', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const near = await ask(shop, { kind: 'expiry', withinDays: 90 });
  expect(column(near, 'batch').cells).toEqual(['DX', 'O1', 'D1']);
  expect(column(near, 'daysLeft').cells).toEqual([-1, 0, 68]);
  const { db } = shop.till.enrolled().counter;
  const worth = db
    .prepare<[], number>(
      `SELECT sum(round(1.0 * h.qty_base * b.cost_minor / b.cost_qty_base)) FROM on_hand h JOIN batch b ON b.id = h.batch_id
       WHERE h.qty_base > 0 AND b.expires_on <= '2027-02-22'`,
    )
    .pluck();
  expect(column(near, 'cost').total).toBe(worth.get());
  expect(column(near, 'cost').total).toBeGreaterThan(0);
  expect((await ask(shop, { kind: 'expiry', withinDays: 0 })).rows).toHaveLength(2);
  await shop.close();
});

test('reading needs the right: named where it is missing, lent in place, audited with both names, given back', async () => {
  const shop = await openShop();
  const refused = { code: 'MISSING_RIGHT', data: { permission: 'reports.read' }, defined: true };
  expect(await refusalOf(ask(shop, { kind: 'days' }))).toMatchObject(refused);
  expect(await refusalOf(shop.client.reports.open({}))).toMatchObject(refused);
  const wrong = { personId: people.manager.personId, pin: '000000' };
  expect(await refusalOf(shop.client.reports.open({ inPlace: wrong }))).toMatchObject({ code: 'WRONG_PIN' });
  expect(await shop.client.reports.open({ inPlace: { ...people.manager } })).toEqual({ today });
  expect((await ask(shop, { kind: 'days' })).rows).toEqual([]);
  const audit = shop.till
    .enrolled()
    .counter.db.prepare('SELECT action, actor_id AS actorId, details FROM audit_entry');
  expect(audit.all()).toEqual([
    {
      ...{ action: 'reports.lent', actorId: people.cashier.personId },
      details: JSON.stringify({ authorisedBy: people.manager.personId }),
    },
  ]);
  await shop.client.reports.leave();
  expect(await refusalOf(ask(shop, { kind: 'days' }))).toMatchObject(refused);
  await shop.client.reports.open({ inPlace: { ...people.manager } });
  await signIn(shop, 'cashier');
  shop.clock.pass(600_000);
  expect(await refusalOf(ask(shop, { kind: 'days' }))).toMatchObject(refused);
  await shop.close();
});

test('a report is printed once for a command and saved as a file; days the wrong way round are refused', async () => {
  const printed: string[] = [];
  const printer: ReceiptPrinter = {
    name: 'paper',
    print: async (doc) => {
      printed.push(JSON.stringify(doc));
      return { state: 'printed' };
    },
    openDrawer: async () => ({ state: 'printed' }),
    preview: async () => ({ svg: '', text: '' }),
  };
  const shop = await soldShop('inclusive', printer);
  const query = {
    kind: 'tenders' as const,
    from: today,
    to: tomorrow,
    of: 'till' as const,
    commandId: commandId(),
  };
  const first = await shop.client.reports.print(query);
  expect(await shop.client.reports.print(query)).toEqual(first);
  await expect.poll(() => printed.filter((doc) => doc.includes('BY TENDER')).length).toBe(1);
  const { fileName, text } = await shop.client.reports.csv({ ...query, kind: 'days' });
  expect(fileName).toBe('days-S01-T01-2026-11-24-2026-11-25.csv');
  const [head = '', ...rows] = text.replace('\ufeff', '').trimEnd().split('\r\n');
  expect(head).toBe(
    'business date,sales,sold,returns,returned,including tax,net,tax,discounts,cash rounding',
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/^2026-11-24,3,\d+\.\d\d,0,0\.00,/);
  const turned = { ...query, from: tomorrow, to: today };
  expect(await refusalOf(shop.client.reports.read(turned))).toMatchObject({
    code: 'BAD_RANGE',
    defined: true,
  });
  await shop.close();
});

test('what was sold by weight is told as a weight, what lies on the shelf of it too', async () => {
  const shop = await openShop();
  hearFromHq(shop, cheese());
  const { cart } = await shop.client.sales.scan({ commandId: commandId(), code: cheeseCode, base: 1250 });
  await payCash(shop, cart);
  await signIn(shop, 'manager');
  const articles = await ask(shop, { kind: 'articles' });
  expect(column(articles, 'quantity').cells).toEqual([[1250, 1000, 1]]);
  expect(reportCsvRows(articles, 2)[1]?.slice(1, 3)).toEqual(['1250', '1000']);
  const expiry = await ask(shop, { kind: 'expiry', withinDays: 90 });
  expect(column(expiry, 'onHand').cells).toContainEqual([3750, 1000, 1]);
});
