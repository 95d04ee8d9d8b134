import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { value } from '../../build/sale-samples.ts';
import {
  addToCart,
  type Cart,
  clearCart,
  emptyCart,
  MOST_BASE,
  markDone,
  nextCart,
  type PickedBatch,
  quantityOf,
  removeFromCart,
  setLineQuantity,
  swapPack,
  undoCart,
  wasDone,
} from './cart.ts';

const scanned = (batchId: string, expiresOn: string | null = null): PickedBatch => ({
  ...{ kind: 'scanned', batchId, expiresOn },
});
const add = (cart: Cart, packId: string, qtyBase: number, batch: PickedBatch | null = null): Cart =>
  value(addToCart(cart, { packId, qtyBase, batch, lineId: `line ${packId}` }));

test('what is added to a pack in the cart goes to its line; each change is a revision', () => {
  const cart = add(add(add(emptyCart, 'a', 2), 'b', 1), 'a', 3, scanned('a1'));
  expect(cart).toMatchObject({ revision: 3, lastLineId: 'line a' });
  expect(cart.lines).toEqual([
    { lineId: 'line a', packId: 'a', freeBase: 2, picks: [{ batch: scanned('a1'), qtyBase: 3 }] },
    { lineId: 'line b', packId: 'b', freeBase: 1, picks: [] },
  ]);
  expect(cart.lines.map(quantityOf)).toEqual([5, 1]);
});

test('two boxes of one batch are one pick with the sooner expiry, in either order', () => {
  const boxes = [scanned('a1', '2027-05-31'), scanned('a1'), scanned('a1', '2026-12-31')];
  for (const order of [boxes, boxes.toReversed()]) {
    const cart = order.reduce((held, box) => add(held, 'a', 1, box), emptyCart);
    expect(cart.lines[0]?.picks).toEqual([{ batch: scanned('a1', '2026-12-31'), qtyBase: 3 }]);
  }
});

test('a smaller quantity takes the free part first, then the last batch picked; a larger one is free', () => {
  const cart = add(add(add(emptyCart, 'a', 4), 'a', 3, scanned('a1')), 'a', 2, scanned('a2'));
  const set = (qtyBase: number) => value(setLineQuantity(cart, 'line a', qtyBase)).lines[0];
  const shape = (qtyBase: number) => [set(qtyBase)?.freeBase, set(qtyBase)?.picks.map((p) => p.qtyBase)];
  expect([12, 6, 4, 1].map(shape)).toEqual([
    [7, [3, 2]],
    [1, [3, 2]],
    [0, [3, 1]],
    [0, [1]],
  ]);
});

test('another pack takes a line’s place in one step; where the sale has it already, its line grows', () => {
  const cart = add(add(add(emptyCart, 'a', 2, scanned('a1')), 'b', 1), 'c', 4);
  const swap = (packId: string) =>
    value(swapPack(cart, 'line a', { packId, qtyBase: 3, lineId: `line ${packId}` }));
  expect(swap('d')).toMatchObject({ revision: 4, lastLineId: 'line d' });
  expect(swap('d').lines.map((l) => [l.lineId, quantityOf(l)])).toEqual([
    ['line d', 3],
    ['line b', 1],
    ['line c', 4],
  ]);
  expect(swap('c').lines.map((l) => [l.lineId, quantityOf(l)])).toEqual([
    ['line b', 1],
    ['line c', 7],
  ]);
  for (const packId of ['c', 'd']) expect(undoCart(swap(packId)).lines).toEqual(cart.lines);
  expect(swapPack(cart, 'line x', { packId: 'd', qtyBase: 1, lineId: 'line d' })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
});

describe('quantities that are none', () => {
  test.each([
    [0, 'zero'],
    [-1, 'zero'],
    [0.5, 'zero'],
    [Number.NaN, 'zero'],
    [MOST_BASE + 1, 'too-many'],
    [Number.MAX_VALUE, 'too-many'],
  ])('%s is refused as %s', (qtyBase, reason) => {
    const refused = { ok: false, error: { code: 'BAD_QUANTITY', reason } };
    expect(addToCart(emptyCart, { packId: 'a', qtyBase, batch: null, lineId: 'l' })).toEqual(refused);
    expect(setLineQuantity(add(emptyCart, 'a', 1), 'line a', qtyBase)).toEqual(refused);
  });

  test('what a line would hold in all counts', () => {
    const full = add(emptyCart, 'a', MOST_BASE);
    expect(addToCart(full, { packId: 'a', qtyBase: 1, batch: scanned('a1'), lineId: 'l' }).ok).toBe(false);
  });
});

test('a line that is not there is not found', () => {
  const missing = { ok: false, error: { code: 'NOT_FOUND' } };
  expect([setLineQuantity(emptyCart, 'x', 1), removeFromCart(emptyCart, 'x')]).toEqual([missing, missing]);
});

test('after a line is removed its neighbour is the last one touched', () => {
  const cart = ['a', 'b', 'c'].reduce((held, pack) => add(held, pack, 1), emptyCart);
  const last = (lineId: string) => value(removeFromCart(cart, lineId)).lastLineId;
  expect(['line a', 'line b', 'line c'].map(last)).toEqual(['line b', 'line c', 'line b']);
  expect(value(removeFromCart(add(emptyCart, 'a', 1), 'line a')).lastLineId).toBeNull();
});

test('the sale done, nothing can be undone, and commands carried out before it still are', () => {
  const cart = markDone(add(emptyCart, 'a', 1), 'c1');
  const next = nextCart(cart);
  expect(next).toEqual({ ...emptyCart, revision: 2, done: ['c1'] });
  expect([wasDone(next, 'c1'), wasDone(next, 'c2')]).toEqual([true, false]);
  expect([undoCart(next), clearCart(next)]).toEqual([next, next]);
});

test('any changes, undone one by one, give back every state before them, and stay small', () => {
  const anyChange = fc.record({
    what: fc.constantFrom(
      'add' as const,
      'pick' as const,
      'set' as const,
      'remove' as const,
      'clear' as const,
    ),
    pack: fc.constantFrom('a', 'b', 'c', 'd'),
    qtyBase: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 45 }), (changes) => {
      const states = [emptyCart];
      for (const { what, pack, qtyBase } of changes) {
        const cart = states.at(-1) ?? emptyCart;
        const next = apply(cart, { what, pack, qtyBase });
        if (next.lines !== cart.lines) states.push(next);
      }
      let cart = states.at(-1) ?? emptyCart;
      for (const state of states.toReversed()) {
        expect(cart.lines).toEqual(state.lines);
        cart = undoCart(cart);
      }
      expect(cart.past).toEqual([]);
    }),
    { seed: 41, numRuns: 300 },
  );
  const large = Array.from({ length: 100 }, (_, i) => `p${i}`).reduce(
    (held, p) => add(held, p, 1),
    emptyCart,
  );
  expect(JSON.stringify(large.past).length).toBeLessThan(JSON.stringify(large.lines).length);
});

type Change = { what: 'add' | 'pick' | 'set' | 'remove' | 'clear'; pack: string; qtyBase: number };
function apply(cart: Cart, { what, pack, qtyBase }: Change): Cart {
  if (what === 'clear') return clearCart(cart);
  if (what === 'add') return add(cart, pack, qtyBase);
  if (what === 'pick') return add(cart, pack, qtyBase, scanned(`${pack}1`));
  const changed =
    what === 'set' ? setLineQuantity(cart, `line ${pack}`, qtyBase) : removeFromCart(cart, `line ${pack}`);
  return changed.ok ? changed.value : cart;
}
