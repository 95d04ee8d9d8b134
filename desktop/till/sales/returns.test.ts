import { expect, test } from 'vitest';
import {
  cartOf,
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scan,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { batchOf, dataMatrix, openingMs, packId, people, storeId } from '../../../build/proof/shop.ts';

/** Two syrups, and three boxes of Dolorane out of two batches; paid in cash. */
async function soldShop(options: Parameters<typeof openShop>[0] = {}) {
  const shop = await openShop(options);
  await scanPack(shop, 'syrup', 2);
  const { cart } = await scanPack(shop, 'dolorane', 3);
  const { saleId } = await payCash(shop, cart);
  return { ...shop, saleId, sale: await shop.client.sales.returns.sale({ saleId }) };
}
type Sold = Awaited<ReturnType<typeof soldShop>>;

const wishFor = (
  { sale }: Sold,
  name: string,
  qtyBase: number,
  place: 'shelf' | 'quarantine' | 'destruction' = 'shelf',
) => {
  const line = sale.lines.find((one) => one.name.startsWith(name));
  return { saleLineId: line?.saleLineId ?? '', qtyBase, place };
};

async function give(shop: Sold, lines: ReturnType<typeof wishFor>[], over: object = {}) {
  const { totalMinor } = await shop.client.sales.returns.quote({ saleId: shop.saleId, lines });
  const command = { commandId: commandId(), saleId: shop.saleId, kind: 'return' as const, lines, totalMinor };
  return shop.client.sales.returns.make({ ...command, reason: 'changed-mind', ...over });
}

const onHand = async ({ client }: OpenShop, name: 'dolorane' | 'syrup' | 'amoxicillin') =>
  Object.fromEntries(
    (await client.inventory.batches({ packId: packId(name) })).map((b) => [
      b.batchId,
      [b.onHandBase, b.stopped],
    ]),
  );
const count = (shop: Pick<OpenShop, 'till'>, sql: string) =>
  Number(shop.till.enrolled().counter.db.prepare(sql).pluck().get());

test('part of a sale comes back at the price paid, numbered in a series of its own, on paper and off the day', async () => {
  const shop = await soldShop();
  const made = await give(shop, [wishFor(shop, 'Toussifan', 1)]);
  expect(made).toMatchObject({
    returnNo: 'S01-T01AR-000001',
    totalMinor: 499,
    tenders: [{ kind: 'cash', amountMinor: 499 }],
  });
  const [line] = (await shop.client.sales.returns.sale({ saleId: shop.saleId })).lines;
  expect(line).toMatchObject({ soldBase: 2, backBase: 1, leftBase: 1 });
  const paper = JSON.stringify(shop.till.enrolled().returns.receipt(made.returnId));
  for (const words of ['RETURN', 'S01-T01AR-000001', 'of receipt S01-T01A-000001', '-4.99', 'TOTAL EUR'])
    expect(paper).toContain(words);
  const [day] = await shop.client.sales.dayTotals({});
  const total = 2 * 499 + 3 * 218;
  expect(day).toMatchObject({ sales: 1, returns: 1, returnsMinor: 499, totalMinor: total - 499 });
  expect(day?.tenders).toEqual([{ kind: 'cash', amountMinor: total - 499 }]);
  expect((day?.netMinor ?? 0) + (day?.taxMinor ?? 0)).toBe(day?.totalMinor);
  await shop.close();
});

test('the last batch taken comes back first; aside lies beside the batch on sale; away leaves nothing', async () => {
  const shop = await soldShop();
  const before = await onHand(shop, 'dolorane');
  await give(shop, [wishFor(shop, 'Dolorane', 16)]);
  const [d1, d2] = [batchOf('dolorane', 'D1'), batchOf('dolorane', 'D2')];
  expect((await onHand(shop, 'dolorane'))[d2]).toEqual([Number(before[d2]?.[0]) + 16, null]);
  await give(shop, [wishFor(shop, 'Dolorane', 16, 'quarantine')]);
  const after = await onHand(shop, 'dolorane');
  expect(after[d1]).toEqual(before[d1]);
  const aside = Object.entries(after).filter(([id]) => !(id in before));
  expect(aside.map(([, row]) => row)).toEqual([[16, 'quarantined']]);
  await give(shop, [wishFor(shop, 'Dolorane', 8, 'destruction')]);
  expect(await onHand(shop, 'dolorane')).toEqual(after);
  expect(count(shop, `SELECT sum(qty_base) FROM stock_movement WHERE kind = 'dispose'`)).toBe(-8);
  const sum = count(shop, `SELECT sum(qty_base) FROM stock_movement`);
  expect(count(shop, `SELECT sum(qty_base) FROM on_hand`)).toBe(sum);
  await shop.close();
});

test('a scan of the box brings its own batch back', async () => {
  const shop = await soldShop();
  const d1 = batchOf('dolorane', 'D1');
  const before = await onHand(shop, 'dolorane');
  await give(shop, [{ ...wishFor(shop, 'Dolorane', 16), batchId: d1 } as never]);
  expect((await onHand(shop, 'dolorane'))[d1]).toEqual([Number(before[d1]?.[0]) + 16, null]);
  await shop.close();
});

test('never more than was sold, nor twice for one command', async () => {
  const shop = await soldShop();
  const over = [wishFor(shop, 'Toussifan', 3)];
  const ask = { saleId: shop.saleId, lines: over };
  expect(await refusalOf(shop.client.sales.returns.quote(ask))).toMatchObject({
    code: 'MORE_THAN_SOLD',
    data: { leftBase: 2 },
    defined: true,
  });
  const once = { commandId: commandId() };
  const lines = [wishFor(shop, 'Toussifan', 2)];
  const first = await give(shop, lines, once);
  const command = {
    ...once,
    saleId: shop.saleId,
    kind: 'return' as const,
    lines,
    totalMinor: first.totalMinor,
  };
  expect(await shop.client.sales.returns.make({ ...command, reason: 'changed-mind' })).toEqual(first);
  expect(count(shop, `SELECT count(*) FROM sale_return`)).toBe(1);
  await shop.close();
});

test('what another counter took back counts here; a total that has changed meanwhile is refused', async () => {
  const shop = await soldShop();
  const lines = [wishFor(shop, 'Toussifan', 1)];
  const { totalMinor } = await shop.client.sales.returns.quote({ saleId: shop.saleId, lines });
  elsewhere(shop, wishFor(shop, 'Toussifan', 2).saleLineId, 2);
  const command = { commandId: commandId(), saleId: shop.saleId, kind: 'return' as const, lines, totalMinor };
  expect(await refusalOf(shop.client.sales.returns.make({ ...command, reason: 'other' }))).toMatchObject({
    code: 'MORE_THAN_SOLD',
    data: { leftBase: 0 },
  });
  await shop.close();
});

test('a till killed in the middle has made the whole return or none; asked again it answers', async () => {
  const shop = await soldShop();
  const lines = [wishFor(shop, 'Toussifan', 1)];
  const { db } = shop.till.enrolled().counter;
  db.exec(
    `CREATE TEMP TRIGGER dies BEFORE INSERT ON refund_tender BEGIN SELECT raise(ABORT, 'no power'); END`,
  );
  const once = { commandId: commandId() };
  await expect(give(shop, lines, once)).rejects.toThrow();
  const stock = count(shop, `SELECT count(*) FROM stock_movement WHERE kind = 'customerReturn'`);
  expect([stock, count(shop, `SELECT count(*) FROM sale_return`)]).toEqual([0, 0]);
  db.exec(`DROP TRIGGER dies`);
  const made = await give(shop, lines, once);
  expect(made.returnNo).toBe('S01-T01AR-000001');
  await shop.close();
  const again = shop.reopen();
  await signIn(again, 'cashier');
  const command = {
    ...once,
    saleId: shop.saleId,
    kind: 'return' as const,
    lines,
    totalMinor: made.totalMinor,
  };
  expect(await again.client.sales.returns.make({ ...command, reason: 'changed-mind' })).toEqual(made);
  await again.close();
});

test('a void takes all of a sale back: a manager’s PIN in place, both names in the books', async () => {
  const shop = await soldShop();
  const lines = [wishFor(shop, 'Toussifan', 2), wishFor(shop, 'Dolorane', 48)];
  const kind = { kind: 'void' };
  expect(await refusalOf(give(shop, lines, kind))).toMatchObject({
    code: 'MISSING_RIGHT',
    data: { permission: 'sales.void' },
    defined: true,
  });
  const made = await give(shop, lines, { ...kind, inPlace: people.manager });
  expect(made).toMatchObject({ kind: 'void', totalMinor: 2 * 499 + 3 * 218 });
  const row = shop.till
    .enrolled()
    .counter.db.prepare(`SELECT cashier_id AS by, authorised_by AS agreed FROM sale_return`)
    .get();
  expect(row).toEqual({ by: people.cashier.personId, agreed: people.manager.personId });
  expect(count(shop, `SELECT count(*) FROM audit_entry WHERE action = 'sales.void-authorised'`)).toBe(1);
  const [day] = await shop.client.sales.dayTotals({});
  expect(day).toMatchObject({ totalMinor: 0, taxMinor: 0, tenders: [{ kind: 'cash', amountMinor: 0 }] });
  await shop.close();
});

test('a void of a sale of which something came back is refused', async () => {
  const shop = await soldShop();
  await give(shop, [wishFor(shop, 'Toussifan', 1)]);
  const lines = [wishFor(shop, 'Toussifan', 1), wishFor(shop, 'Dolorane', 48)];
  const voided = give(shop, lines, { kind: 'void', inPlace: people.manager });
  expect(await refusalOf(voided)).toMatchObject({ code: 'RETURNED_BEFORE', defined: true });
  await shop.close();
});

test('a sale is found by its receipt, its last digits, its total and its day', async () => {
  const shop = await soldShop();
  const find = async (text: string) =>
    (await shop.client.sales.returns.find({ text })).hits.map((hit) => hit.saleId);
  for (const text of ['S01-T01A-000001', '1', '16.52', '2026-11-24', shop.saleId])
    expect(await find(text), text).toEqual([shop.saleId]);
  expect(await find('S01-T01A-000002')).toEqual([]);
  await shop.close();
});

test('without a receipt: a right of its own, today’s price up to the cap, the box’s batch aside', async () => {
  const shop = await openShop();
  const article = await shop.client.sales.returns.article({
    code: dataMatrix('dolorane', 'D2', '2027-06-30'),
  });
  expect(article).toMatchObject({ packId: packId('dolorane'), priceMinor: 218, batch: { code: 'D2' } });
  const line = {
    packId: article.packId,
    packs: 2,
    batch: { code: 'D2', expiresOn: '2027-06-30' },
    place: 'quarantine' as const,
  };
  const wish = { lines: [line], as: 'cash' as const };
  const { totalMinor } = await shop.client.sales.returns.quoteBlind(wish);
  expect(totalMinor).toBe(436);
  const command = { ...wish, commandId: commandId(), totalMinor, reason: 'other' as const };
  expect(await refusalOf(shop.client.sales.returns.makeBlind(command))).toMatchObject({
    code: 'MISSING_RIGHT',
    data: { permission: 'sales.return.blind' },
  });
  const made = await shop.client.sales.returns.makeBlind({ ...command, inPlace: people.manager });
  expect(made).toMatchObject({ kind: 'blind', tenders: [{ kind: 'cash', amountMinor: 436 }] });
  const many = shop.client.sales.returns.quoteBlind({ ...wish, lines: [{ ...line, packs: 23 }] });
  expect(await refusalOf(many)).toMatchObject({ code: 'OVER_CAP', data: { capMinor: 5000 }, defined: true });
  const unknown = shop.client.sales.returns.quoteBlind({ ...wish, lines: [{ ...line, batch: undefined }] });
  expect(await refusalOf(unknown)).toMatchObject({ code: 'PLACE_FORBIDDEN' });
  const states = Object.values(await onHand(shop, 'dolorane'));
  expect(states).toContainEqual([32, 'quarantined']);
  await shop.close();
});

test('a voucher for a blind return is owed under the number of its receipt', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const lines = [{ packId: packId('syrup'), packs: 1, place: 'destruction' as const }];
  const command = {
    lines,
    as: 'voucher' as const,
    commandId: commandId(),
    totalMinor: 499,
    reason: 'other' as const,
  };
  const { returnNo } = await shop.client.sales.returns.makeBlind(command);
  const owed = shop.till
    .enrolled()
    .counter.db.prepare(`SELECT code, kind, amount_minor AS minor FROM voucher_entry`)
    .all();
  expect(owed).toEqual([{ code: returnNo, kind: 'issue', minor: 499 }]);
  await shop.close();
});

test('printed again a return says COPY, opens no drawer, and is audited', async () => {
  const shop = await soldShop();
  const { returnId } = await give(shop, [wishFor(shop, 'Toussifan', 1)]);
  await shop.client.sales.returns.reprint({ commandId: commandId(), returnId });
  const docs = shop.till
    .enrolled()
    .counter.db.prepare<[string], string>(`SELECT doc FROM print_job WHERE sale_id = ? ORDER BY id`)
    .pluck()
    .all(returnId);
  expect(docs.map((doc) => [doc.includes('pulse'), doc.includes('COPY')])).toEqual([
    [true, false],
    [false, true],
  ]);
  expect(count(shop, `SELECT count(*) FROM audit_entry WHERE action = 'sales.reprint'`)).toBe(1);
  await shop.close();
});

test('what needed a prescription does not go back to the shelf', async () => {
  const shop = await openShop({ signedIn: 'pharmacist', shop: { policy: 'pharmacist-pin' } });
  await scan(shop, dataMatrix('amoxicillin', 'A1', '2028-05-31'));
  const { saleId } = await payCash(shop, await cartOf(shop));
  const sale = await shop.client.sales.returns.sale({ saleId });
  expect(sale.lines[0]).toMatchObject({ places: ['quarantine', 'destruction'], defaultPlace: 'quarantine' });
  const sold: Sold = { ...shop, saleId, sale };
  const refused = give(sold, [wishFor(sold, 'Amoxane', 14)]);
  expect(await refusalOf(refused)).toMatchObject({ code: 'PLACE_FORBIDDEN', defined: true });
  await shop.close();
});

test('an exchange: the goods that came back pay the next sale, both in one transaction, the rest in cash', async () => {
  const shop = await soldShop();
  const { returns } = shop.client.sales;
  const lines = [wishFor(shop, 'Toussifan', 1), wishFor(shop, 'Dolorane', 16)];
  const { exchange } = await returns.exchange({ saleId: shop.saleId, lines, reason: 'wrong-article' });
  expect(exchange).toEqual({ saleId: shop.saleId, worthMinor: 717 });
  expect(count(shop, `SELECT count(*) FROM sale_return`)).toBe(0);
  const { cart } = await scanPack(shop, 'syrup');
  const pay = (amountMinor: number) =>
    shop.client.sales.pay({
      commandId: commandId(),
      totalMinor: cart.totalMinor,
      tenders: [
        { kind: 'exchange', amountMinor },
        { kind: 'cash', amountMinor: Math.max(0, 499 - amountMinor) },
      ],
    });
  expect(await refusalOf(pay(498))).toMatchObject({
    code: 'EXCHANGE_CHANGED',
    data: { worthMinor: 499 },
    defined: true,
  });
  expect(count(shop, `SELECT count(*) FROM sale_return`)).toBe(0);
  const { saleId } = await pay(499);
  const { db } = shop.till.enrolled().counter;
  const refunds = db.prepare(
    `SELECT kind, amount_minor AS minor, exchange_sale_id AS sale FROM refund_tender ORDER BY line_no`,
  );
  expect(refunds.all()).toEqual([
    { kind: 'exchange', minor: 499, sale: saleId },
    { kind: 'cash', minor: 218, sale: null },
  ]);
  expect(await returns.exchangeWaiting()).toEqual({ exchange: null });
  expect(await returns.besideExchange({ saleId })).toEqual({ tenders: [{ kind: 'cash', amountMinor: 218 }] });
  const [day] = await shop.client.sales.dayTotals({});
  const total = 2 * 499 + 3 * 218 - 218;
  expect(day).toMatchObject({ sales: 2, returns: 1, totalMinor: total });
  expect(day?.tenders).toEqual([
    { kind: 'cash', amountMinor: total },
    { kind: 'exchange', amountMinor: 0 },
  ]);
  await shop.close();
});

test('an exchange survives a restart, can be dropped, and none can be made up', async () => {
  const shop = await soldShop();
  const lines = [wishFor(shop, 'Toussifan', 1)];
  await shop.client.sales.returns.exchange({ saleId: shop.saleId, lines, reason: 'other' });
  await shop.close();
  const again = shop.reopen();
  await signIn(again, 'cashier');
  expect(await again.client.sales.returns.exchangeWaiting()).toMatchObject({ exchange: { worthMinor: 499 } });
  await again.client.sales.returns.dropExchange();
  const { cart } = await scanPack(again, 'syrup');
  const tenders = [{ kind: 'exchange' as const, amountMinor: 499 }];
  const made = again.client.sales.pay({ commandId: commandId(), totalMinor: cart.totalMinor, tenders });
  expect(await refusalOf(made)).toMatchObject({ code: 'EXCHANGE_CHANGED', data: { worthMinor: 0 } });
  await again.close();
});

/** Another counter of the store took goods of a line back. */
function elsewhere(shop: Sold, saleLineId: string, qtyBase: number): void {
  const made = {
    ...{
      id: 'r-elsewhere',
      storeId,
      tillId: 'other',
      returnNo: 'S01-T09AR-000001',
      returnSeries: 'S01-T09AR',
      returnN: 1,
    },
    ...{
      at: openingMs,
      businessDate: '2026-11-24',
      cashierId: 'x',
      kind: 'return',
      saleId: shop.saleId,
      reason: 'other',
    },
    ...{
      currency: 'EUR',
      taxMode: 'inclusive',
      lineCount: 1,
      taxMinor: 0,
      totalMinor: 998,
      cashRoundingMinor: 0,
    },
  };
  const line = {
    ...{
      id: 'l-elsewhere',
      returnId: made.id,
      storeId,
      lineNo: 1,
      saleLineId,
      packId: packId('syrup'),
      name: 'x',
      qtyBase,
    },
    ...{
      packSize: 1,
      baseUnit: 'ml',
      amountMinor: 998,
      taxMinor: 0,
      taxClassId: 'x',
      taxPct3: [20000],
      place: 'shelf',
    },
  };
  hearFromHq(shop, [
    { t: 'sale_return', op: 'insert', row: made },
    { t: 'sale_return_line', op: 'insert', row: line },
  ]);
}
