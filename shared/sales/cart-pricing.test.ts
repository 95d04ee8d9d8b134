import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BatchStatus, FefoBatch } from '#shared/inventory/fefo.ts';
import { plainDate } from '#shared/kernel/calendar.ts';
import { sum, value } from '../../build/sale-samples.ts';
import { type Cart, emptyCart, type PickedBatch, quantityOf } from './cart.ts';
import {
  type CartDay,
  type CartStock,
  firstToGo,
  type PricedPack,
  priceCart,
  sellableBase,
} from './cart-pricing.ts';
import { viewOfCart } from './cart-view.ts';

const on = plainDate('2027-03-10');
const day: CartDay = { on, minShelfLifeDays: 0, taxMode: 'inclusive' };
const pack: PricedPack = {
  ...{ packId: 'p', medicineId: 'm', name: 'Dolorane', tallMan: '', generics: [], form: 'tablet' },
  ...{ label: 'box of 10', packSize: 10, baseUnit: 'tablet', breakable: true, scheduleClass: 'general' },
  ...{ discountAllowed: true, taxClassId: 't', taxPct3: [2100], priceMinor: 250, soldAs: null },
};
const batch = (batchId: string, onHandBase: number, over: Partial<FefoBatch> = {}): FefoBatch => ({
  ...{ batchId, code: batchId, expiresOn: plainDate('2028-01-31'), receivedAt: 0 },
  ...{ status: 'sellable', onHandBase, ...over },
});
const stockOf = (batches: readonly FefoBatch[], of: PricedPack | null = pack): CartStock => ({
  pack: () => of,
  batches: () => batches,
  status: (id) =>
    batches.find((b) => b.batchId === id)?.status ?? (id === 'recalled' ? 'recalled' : 'sellable'),
});
const cartOf = (freeBase: number, ...picks: readonly (readonly [PickedBatch, number])[]): Cart => ({
  ...emptyCart,
  lines: [
    { lineId: 'l', packId: 'p', freeBase, picks: picks.map(([of, qtyBase]) => ({ batch: of, qtyBase })) },
  ],
});
const scanned = (batchId: string, expiresOn: string | null = null): PickedBatch => ({
  ...{ kind: 'scanned', batchId, expiresOn },
});
const typed = (batchId: string, expiresOn: string): PickedBatch => ({
  ...{ kind: 'unlisted', batchId, code: 'NEW', expiresOn },
});
const lineOf = (cart: Cart, batches: readonly FefoBatch[]) => {
  const [line] = value(priceCart(cart, stockOf(batches), day)).lines;
  if (!line) throw new Error('the cart has a line');
  return line;
};
const taken = (cart: Cart, batches: readonly FefoBatch[]) =>
  lineOf(cart, batches).batches.map((b) => [b.batchId, b.qtyBase, b.why]);

test('a line takes what was picked, and FEFO over what the others leave', () => {
  const shelf = [
    batch('b2', 10, { expiresOn: plainDate('2027-09-30') }),
    batch('b1', 5, { expiresOn: plainDate('2027-06-30') }),
  ];
  expect(taken(cartOf(8), shelf)).toEqual([
    ['b1', 5, 'fefo'],
    ['b2', 3, 'fefo'],
  ]);
  expect(taken(cartOf(4, [scanned('b1'), 3]), shelf)).toEqual([
    ['b1', 5, 'scanned'],
    ['b2', 2, 'fefo'],
  ]);
});

test('a box in the hand is there: it takes nothing from the rest, which alone can fall short', () => {
  const shelf = [batch('b1', 5)];
  expect(lineOf(cartOf(5, [scanned('b1'), 1]), shelf)).toMatchObject({
    shortBase: 0,
    batches: [{ qtyBase: 6 }],
  });
  expect(lineOf(cartOf(6, [scanned('b1'), 1]), shelf)).toMatchObject({ shortBase: 1 });
  expect(lineOf(cartOf(0, [scanned('b1'), 9]), shelf)).toMatchObject({ shortBase: 0 });
  expect(lineOf(cartOf(5, [scanned('b1'), 9]), shelf)).toMatchObject({ shortBase: 0, qtyBase: 14 });
});

test.each<[string, PickedBatch, Partial<FefoBatch> | null, string | null]>([
  ['sellable', scanned('b'), {}, null],
  ['empty on the books', scanned('b'), { onHandBase: -3 }, null],
  ['recalled', scanned('b'), { status: 'recalled' }, 'recalled'],
  ['quarantined', scanned('b'), { status: 'quarantined' }, 'quarantined'],
  ['on its last day', scanned('b'), { expiresOn: on }, null],
  ['expired on the books', scanned('b', '2030-01-31'), { expiresOn: plainDate('2027-03-09') }, 'expired'],
  ['expired on the box', scanned('b', '2027-03-09'), {}, 'expired'],
  ['typed and now known to expire later', typed('b', '2027-03-09'), {}, 'expired'],
  ['typed and in date', typed('b', '2027-03-10'), null, null],
  ['typed and expired', typed('b', '2027-03-09'), null, 'expired'],
  ['typed and recalled before it is known', typed('recalled', '2030-01-31'), null, 'recalled'],
  ['scanned and gone from the books', scanned('gone'), null, 'expired'],
])('a picked batch that is %s', (_, picked, known, why) => {
  const shelf = known ? [batch('b', 10, known)] : [];
  const { stopped } = lineOf(cartOf(0, [picked, 1]), shelf);
  expect(stopped?.why ?? null).toBe(why);
  if (stopped) expect(stopped.batch.batchId).toBe(picked.batchId);
});

test('whatever is in cart and shelves, a line comes from batches that may be sold, to the unit', () => {
  const status = fc.constantFrom<BatchStatus>('sellable', 'sellable', 'quarantined', 'recalled');
  const anyBatch = fc.record({
    ...{ status, onHandBase: fc.integer({ min: -5, max: 20 }) },
    expiresOn: fc.constantFrom('2027-03-09', '2027-03-10', '2027-08-31', '2029-01-31').map(plainDate),
  });
  const anyPick = fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(
      fc.array(anyBatch, { maxLength: 5 }),
      fc.nat(60),
      fc.array(anyPick, { maxLength: 3 }),
      (some, free, picks) => {
        const shelf = some.map((b, i) => batch(`b${i}`, b.onHandBase, b));
        const cart = cartOf(free, ...picks.map(([i, qty]) => [scanned(`b${i}`), qty] as const));
        const line = lineOf(cart, shelf);
        const wanted = cart.lines.map(quantityOf)[0] ?? 0;
        expect(sum(line.batches.map((b) => b.qtyBase)) + line.shortBase).toBe(wanted);
        expect(line.shortBase).toBe(Math.max(0, free - sellableBase(shelf, day)));
        const mayGo = line.batches.every(({ batchId }) => {
          const found = shelf.find((b) => b.batchId === batchId);
          return found?.status === 'sellable' && found.expiresOn >= on;
        });
        expect(mayGo).toBe(line.stopped === null);
      },
    ),
    { seed: 7, numRuns: 500 },
  );
});

test('the cart is priced as a sale is; a pack without a price or unknown is told', () => {
  const priced = value(priceCart(cartOf(25), stockOf([batch('b', 30)]), day));
  expect(priced.totals).toMatchObject({ totalMinor: 625, lines: [{ grossMinor: 625, taxMinor: 13 }] });
  expect(priceCart(cartOf(1), stockOf([], { ...pack, priceMinor: null }), day)).toEqual({
    ...{ ok: false, error: { code: 'NO_PRICE', packId: 'p', name: 'Dolorane' } },
  });
  expect(priceCart(cartOf(1), stockOf([], null), day)).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
  const dear = stockOf([], { ...pack, priceMinor: Number.MAX_SAFE_INTEGER });
  expect(priceCart(cartOf(100), dear, day)).toEqual({ ok: false, error: { code: 'TOO_LARGE' } });
});

test('the view shows cash due by the step, broken packs, and each hard stop by its line', () => {
  const cart = cartOf(25, [scanned('old'), 1]);
  const shelf = [batch('b', 10), batch('old', 5, { expiresOn: plainDate('2027-03-09') })];
  const priced = value(priceCart(cart, stockOf(shelf), day));
  const view = viewOfCart(cart, priced, {
    cashStepMinor: 5,
    policy: 'refuse',
    rights: new Set(),
    customer: null,
    takenUpTwice: null,
  });
  expect(view).toMatchObject({ packs: 3, totalMinor: 650, cashDueMinor: 650, canUndo: false });
  expect(view.blockers).toEqual([
    { lineId: 'l', code: 'BATCH_STOPPED' },
    { lineId: 'l', code: 'SHORT_STOCK' },
  ]);
});

test('the first to go is what FEFO gives first, null when nothing may be sold', () => {
  expect(firstToGo([batch('b', 1), batch('a', 1)], day)?.batchId).toBe('a');
  expect(firstToGo([batch('a', 0), batch('b', 3, { status: 'recalled' })], day)).toBeNull();
});
