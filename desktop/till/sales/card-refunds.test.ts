import { expect, test } from 'vitest';
import { idOfName } from '#shared/kernel/ids.ts';
import {
  cartOf,
  commandId,
  hearFromHq,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openingMs, people, storeId } from '../../../build/proof/shop.ts';
import type { CardAnswer, CardOrder, CardTerminal } from '../ports.ts';
import { sha256 } from '../store/crypto.ts';

/** A terminal that does what it is told once for each attempt, and answers as it is set to. */
function terminalInHand() {
  const done = new Map<string, number>();
  let manner: 'prompt' | 'silent' | 'deaf' | 'declines' = 'prompt';
  const move = (attemptId: string, amountMinor: number): Promise<CardAnswer> => {
    if (manner === 'declines') return Promise.resolve({ code: 'declined', reason: 'no funds' });
    if (manner !== 'deaf') done.set(attemptId, amountMinor);
    return Promise.resolve(manner === 'prompt' ? approved(attemptId) : { code: 'no-answer' });
  };
  const approved = (attemptId: string): CardAnswer => ({
    code: 'approved',
    reference: `slip ${[...done.keys()].indexOf(attemptId)}`,
  });
  const terminal: CardTerminal = {
    name: 'in hand',
    charge: ({ attemptId, amountMinor }: CardOrder) => move(attemptId, amountMinor),
    refund: ({ attemptId, amountMinor }: CardOrder) => move(attemptId, -amountMinor),
    ask: async (attemptId) => {
      if (manner === 'silent') return { code: 'no-answer' };
      return done.has(attemptId) ? approved(attemptId) : { code: 'not-charged', reason: '' };
    },
  };
  return {
    terminal,
    moved: () => [...done.values()],
    set: (next: typeof manner) => {
      manner = next;
    },
  };
}

type Shop = Pick<Awaited<ReturnType<typeof openShop>>, 'client' | 'till'>;
const SYRUP = 499;

/** Two syrups for 9.98, by card through the terminal. */
async function soldByCard() {
  const inHand = terminalInHand();
  const shop = await openShop({ devices: { terminal: inHand.terminal } });
  const { cart } = await scanPack(shop, 'syrup', 2);
  const { saleId } = await payByCard(shop, cart.totalMinor);
  return { inHand, shop, saleId };
}
async function payByCard({ client }: Shop, totalMinor: number) {
  const { attemptId } = await client.sales.cards.charge({
    ...{ commandId: commandId(), amountMinor: totalMinor, holding: [] },
  });
  const tenders = [{ kind: 'card' as const, amountMinor: totalMinor, attemptId }];
  return client.sales.pay({ commandId: commandId(), totalMinor, tenders });
}
async function wish({ client }: Shop, saleId: string, packs = 1) {
  const { lines } = await client.sales.returns.sale({ saleId });
  return [{ saleLineId: lines[0]?.saleLineId ?? '', qtyBase: packs, place: 'shelf' as const }];
}
async function giveBack(shop: Shop, saleId: string, over: object = {}) {
  const lines = await wish(shop, saleId);
  const command = { commandId: commandId(), saleId, kind: 'return' as const, lines, totalMinor: SYRUP };
  return shop.client.sales.returns.make({ ...command, reason: 'changed-mind', ...over });
}
const rows = ({ till }: Shop, sql: string) => till.enrolled().counter.db.prepare(sql).all();
const REFUNDS = `SELECT r.id = a.id AS own, r.amount_minor AS minor, r.reference FROM refund_tender r
   LEFT JOIN card_attempt a ON a.id = r.id ORDER BY r.return_id, r.line_no`;
async function open({ client }: Shop) {
  for await (const { attempts } of await client.sales.cards.state()) return attempts;
  return [];
}

test('the terminal gives back what it took, under its own attempt, before the return is written', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  const seen: unknown[] = [];
  const { refund } = inHand.terminal;
  Object.assign(inHand.terminal, {
    refund: (order: CardOrder) => {
      seen.push(...rows(shop, `SELECT kind, amount_minor AS minor FROM card_attempt WHERE kind = 'refund'`));
      seen.push(...rows(shop, `SELECT count(*) AS returns FROM sale_return`));
      return refund?.(order);
    },
  });
  expect(await shop.client.sales.returns.quote({ saleId, lines: await wish(shop, saleId) })).toMatchObject({
    terminalMinor: SYRUP,
  });
  const id = commandId();
  const made = await giveBack(shop, saleId, { commandId: id });
  expect(seen).toEqual([{ kind: 'refund', minor: SYRUP }, { returns: 0 }]);
  expect(made).toMatchObject({ totalMinor: SYRUP, tenders: [{ kind: 'card', amountMinor: SYRUP }] });
  expect(rows(shop, REFUNDS)).toEqual([{ own: 1, minor: SYRUP, reference: 'slip 1' }]);
  expect(await giveBack(shop, saleId, { commandId: id })).toEqual(made);
  expect(inHand.moved()).toEqual([2 * SYRUP, -SYRUP]);
  expect(await open(shop)).toEqual([]);
  await giveBack(shop, saleId);
  expect(inHand.moved()).toEqual([2 * SYRUP, -SYRUP, -SYRUP]);
  expect(await refusalOf(giveBack(shop, saleId))).toMatchObject({ code: 'MORE_THAN_SOLD' });
  await shop.close();
});

test('a void with a manager’s PIN: the right is asked for before the terminal is', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  const lines = await wish(shop, saleId, 2);
  const all = { kind: 'void', lines, totalMinor: 2 * SYRUP };
  expect(await refusalOf(giveBack(shop, saleId, all))).toMatchObject({ code: 'MISSING_RIGHT' });
  expect(inHand.moved()).toEqual([2 * SYRUP]);
  const made = await giveBack(shop, saleId, { ...all, inPlace: people.manager });
  expect(made).toMatchObject({ kind: 'void', totalMinor: 2 * SYRUP });
  expect(inHand.moved()).toEqual([2 * SYRUP, -2 * SYRUP]);
  expect(rows(shop, `SELECT authorised_by AS "by" FROM sale_return`)).toEqual([
    { by: people.manager.personId },
  ]);
  await shop.close();
});

test('what the terminal declines gives nothing back; with the number of a slip it was given by hand', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  inHand.set('declines');
  const id = commandId();
  const declined = { code: 'CARD_REFUSED', data: { state: 'declined' }, defined: true };
  expect(await refusalOf(giveBack(shop, saleId, { commandId: id }))).toMatchObject(declined);
  expect(await refusalOf(giveBack(shop, saleId, { commandId: id }))).toMatchObject(declined);
  expect(await open(shop)).toEqual([]);
  expect(rows(shop, `SELECT count(*) AS n FROM card_attempt WHERE kind = 'refund'`)).toEqual([{ n: 1 }]);
  await giveBack(shop, saleId, { reference: '000815' });
  expect(rows(shop, REFUNDS)).toEqual([{ own: null, minor: SYRUP, reference: '000815' }]);
  inHand.set('prompt');
  await giveBack(shop, saleId);
  expect(inHand.moved()).toEqual([2 * SYRUP, -SYRUP]);
  await shop.close();
});

test('without an answer nothing of the sale comes back in any way until somebody says; then the return is there', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  inHand.set('silent');
  const id = commandId();
  const unknown = await refusalOf(giveBack(shop, saleId, { commandId: id }));
  expect(unknown).toMatchObject({ code: 'CARD_UNSETTLED', data: { amountMinor: SYRUP }, defined: true });
  for (const over of [{ commandId: id }, {}, { reference: '7' }])
    expect(await refusalOf(giveBack(shop, saleId, over))).toMatchObject({ code: 'CARD_UNSETTLED' });
  const exchange = { saleId, lines: await wish(shop, saleId), reason: 'other' as const };
  await shop.client.sales.returns.exchange(exchange);
  const { cart } = await scanPack(shop, 'syrup');
  const tenders = [{ kind: 'exchange' as const, amountMinor: SYRUP }];
  const pay = { commandId: commandId(), totalMinor: cart.totalMinor, tenders };
  expect(await refusalOf(shop.client.sales.pay(pay))).toMatchObject({ code: 'CARD_UNSETTLED' });
  await shop.client.sales.returns.dropExchange();
  const [attempt] = await open(shop);
  expect(attempt).toMatchObject({ kind: 'refund', state: 'unknown', receiptNo: 'S01-T01A-000001' });
  const { attemptId } = attempt ?? { attemptId: '' };
  const settled = { attemptId, outcome: 'approved' as const, reference: '000099' };
  await shop.client.sales.cards.settle(settled);
  await shop.client.sales.cards.settle({ ...settled, outcome: 'not-charged' });
  expect(rows(shop, REFUNDS)).toEqual([{ own: 1, minor: SYRUP, reference: '000099' }]);
  const made = await giveBack(shop, saleId, { commandId: id });
  expect((await shop.client.sales.returns.refundedBy({ attemptId })).made).toEqual(made);
  expect([inHand.moved(), await open(shop)]).toEqual([[2 * SYRUP, -SYRUP], []]);
  await shop.close();
});

test('the slip says that nothing was given: the return is dropped, and the next one asks anew', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  inHand.set('deaf');
  await refusalOf(giveBack(shop, saleId));
  const [attempt] = await open(shop);
  const { attemptId } = attempt ?? { attemptId: '' };
  await shop.client.sales.cards.settle({ attemptId, outcome: 'not-charged', reference: '' });
  expect((await shop.client.sales.returns.refundedBy({ attemptId })).made).toBeNull();
  expect(rows(shop, `SELECT count(*) AS n FROM sale_return`)).toEqual([{ n: 0 }]);
  expect(rows(shop, `SELECT id FROM cart WHERE id LIKE 'refund:%'`)).toEqual([]);
  inHand.set('prompt');
  await giveBack(shop, saleId);
  expect(inHand.moved()).toEqual([2 * SYRUP, -SYRUP]);
  await shop.close();
});

test.each([
  ['the attempt', 'card_attempt', false],
  ['what waits for it', 'cart', false],
  ['its outcome', 'card_outcome', true],
  ['the return', 'sale_return', true],
  ['its lines', 'sale_return_line', true],
  ['its stock', 'stock_movement', true],
  ['its money', 'refund_tender', true],
  ['its receipt', 'print_job', true],
])(
  'killed while %s is written: money and return are both there once, or neither',
  async (_, table, asked) => {
    const { inHand, shop, saleId } = await soldByCard();
    const id = commandId();
    const { db } = shop.till.enrolled().counter;
    db.exec(
      `CREATE TEMP TRIGGER dies BEFORE INSERT ON main.${table} BEGIN SELECT raise(ABORT, 'no power'); END`,
    );
    await expect(giveBack(shop, saleId, { commandId: id })).rejects.toThrow();
    db.exec('DROP TRIGGER temp.dies');
    await shop.close();
    const again = shop.reopen();
    await signIn(again, 'cashier');
    expect(inHand.moved()).toEqual(asked ? [2 * SYRUP, -SYRUP] : [2 * SYRUP]);
    expect(rows(again, `SELECT count(*) AS n FROM sale_return`)).toEqual([{ n: 0 }]);
    const attempts = await open(again);
    expect(attempts.map(({ kind, state }) => [kind, state])).toEqual(asked ? [['refund', 'unknown']] : []);
    for (const { attemptId } of attempts)
      expect(await again.client.sales.cards.ask({ attemptId })).toMatchObject({ state: 'approved' });
    expect(await giveBack(again, saleId, { commandId: id })).toMatchObject({ totalMinor: SYRUP });
    expect(inHand.moved()).toEqual([2 * SYRUP, -SYRUP]);
    expect(rows(again, REFUNDS)).toEqual([{ own: 1, minor: SYRUP, reference: 'slip 1' }]);
    expect(await open(again)).toEqual([]);
    await again.close();
  },
);

test('while it is not known, another counter takes the goods back too: what the customer got is written all the same', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  inHand.set('silent');
  await refusalOf(giveBack(shop, saleId));
  const { lines } = await shop.client.sales.returns.sale({ saleId });
  elsewhere(shop, saleId, lines[0]?.saleLineId ?? '');
  inHand.set('prompt');
  const [attempt] = await open(shop);
  await shop.client.sales.cards.ask({ attemptId: attempt?.attemptId ?? '' });
  expect(rows(shop, `SELECT sum(total_minor) AS minor FROM sale_return`)).toEqual([{ minor: 3 * SYRUP }]);
  await shop.close();
});

test('while another counter’s terminal is asked for money of the sale this one is not, unless a slip is typed', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  const till = { storeId, code: 'T02', name: 'Counter 2' };
  const id = idOfName(sha256, `card_attempt:return:t2:${saleId}:0`);
  const row = {
    ...{ id, storeId, tillId: 't2', kind: 'refund', terminal: 'x', amountMinor: SYRUP, currency: 'EUR' },
    ...{ at: openingMs, businessDate: '2026-11-24', actorId: 'x' },
  };
  hearFromHq(shop, [
    { t: 'till', op: 'set', id: 't2', cols: till },
    { t: 'card_attempt', op: 'insert', row },
  ]);
  expect(await refusalOf(giveBack(shop, saleId))).toMatchObject({
    ...{ code: 'REFUND_ELSEWHERE', data: { tillName: 'Counter 2' }, defined: true },
  });
  expect(inHand.moved()).toEqual([2 * SYRUP]);
  await giveBack(shop, saleId, { reference: '4711' });
  await shop.close();
});

test('an exchange worth more than the new sale: the rest goes back by the terminal first', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  await shop.client.sales.returns.exchange({ saleId, lines: await wish(shop, saleId), reason: 'other' });
  const { cart } = await scanPack(shop, 'dolorane');
  const { totalMinor } = cart;
  const tenders = [{ kind: 'exchange' as const, amountMinor: totalMinor }];
  const pay = () => shop.client.sales.pay({ commandId: commandId(), totalMinor, tenders });
  inHand.set('silent');
  expect(await refusalOf(pay())).toMatchObject({ code: 'CARD_UNSETTLED' });
  expect((await cartOf(shop)).lines).toHaveLength(1);
  inHand.set('prompt');
  const [attempt] = await open(shop);
  await shop.client.sales.cards.ask({ attemptId: attempt?.attemptId ?? '' });
  expect(await open(shop)).toMatchObject([
    { kind: 'refund', state: 'approved', amountMinor: SYRUP - totalMinor },
  ]);
  const sale = await pay();
  expect(sale.totalMinor).toBe(totalMinor);
  expect(inHand.moved()).toEqual([2 * SYRUP, totalMinor - SYRUP]);
  expect(rows(shop, REFUNDS)).toEqual([
    { own: null, minor: totalMinor, reference: null },
    { own: 1, minor: SYRUP - totalMinor, reference: 'slip 1' },
  ]);
  expect(await open(shop)).toEqual([]);
  await shop.close();
});

test('money of an exchange that was not paid after all counts in the return of those goods', async () => {
  const { inHand, shop, saleId } = await soldByCard();
  await shop.client.sales.returns.exchange({ saleId, lines: await wish(shop, saleId), reason: 'other' });
  const { cart } = await scanPack(shop, 'dolorane');
  const tenders = [{ kind: 'exchange' as const, amountMinor: cart.totalMinor }];
  inHand.set('silent');
  await refusalOf(shop.client.sales.pay({ commandId: commandId(), totalMinor: cart.totalMinor, tenders }));
  inHand.set('prompt');
  const [attempt] = await open(shop);
  await shop.client.sales.cards.ask({ attemptId: attempt?.attemptId ?? '' });
  await shop.client.sales.returns.dropExchange();
  await payCash(shop, await cartOf(shop));
  await giveBack(shop, saleId);
  expect(inHand.moved()).toEqual([2 * SYRUP, cart.totalMinor - SYRUP, -cart.totalMinor]);
  expect(rows(shop, `SELECT sum(amount_minor) AS minor, count(*) AS n FROM refund_tender`)).toEqual([
    { minor: SYRUP, n: 2 },
  ]);
  expect(await open(shop)).toEqual([]);
  await shop.close();
});

/** Both syrups came back at another counter, as the feed brings it. */
function elsewhere(shop: Parameters<typeof hearFromHq>[0], saleId: string, saleLineId: string): void {
  const day = { at: openingMs, businessDate: '2026-11-24' };
  const made = {
    ...{
      id: 'r1',
      storeId,
      tillId: 't2',
      returnNo: 'S01-T02AR-000001',
      returnSeries: 'S01-T02AR',
      returnN: 1,
    },
    ...{
      ...day,
      cashierId: 'x',
      shiftId: null,
      kind: 'return',
      saleId,
      saleReceiptNo: null,
      customerId: null,
    },
    ...{ authorisedBy: null, reason: 'other', currency: 'EUR', taxMode: 'inclusive', lineCount: 1 },
    ...{ taxMinor: 0, totalMinor: 2 * SYRUP, cashRoundingMinor: 0 },
  };
  const line = {
    ...{ id: 'l1', returnId: 'r1', storeId, lineNo: 1, saleLineId, packId: 'p', batchId: null, name: 'x' },
    ...{ qtyBase: 2, packSize: 1, baseUnit: 'bottle', amountMinor: 2 * SYRUP, taxMinor: 0, taxClassId: 't' },
    ...{ taxPct3: [2100], place: 'shelf' },
  };
  hearFromHq(shop, [
    { t: 'sale_return', op: 'insert', row: made },
    { t: 'sale_return_line', op: 'insert', row: line },
  ]);
}
