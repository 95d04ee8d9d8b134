import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { piecesOf } from './pieces.ts';
import { grownLine } from './use-grown.ts';

describe('marking', () => {
  test('cuts a name at what was found', () => {
    expect(piecesOf('paracetamol', [[0, 7]])).toEqual([
      { from: 0, words: 'paracet', marked: true },
      { from: 7, words: 'amol', marked: false },
    ]);
  });

  test('never loses or doubles a letter, whatever the ranges', () => {
    const range = fc.tuple(fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(range), (text, ranges) => {
        const pieces = piecesOf(text, ranges);
        expect(pieces.map(({ words }) => words).join('')).toBe(text);
      }),
      { seed: 11 },
    );
  });
});

describe('the line that flashes', () => {
  test('is the one added', () => expect(grownLine(cart({ a: 1 }), cart({ a: 1, b: 1 }))).toBe('b'));
  test('is the one that holds more', () =>
    expect(grownLine(cart({ a: 1, b: 1 }), cart({ a: 2, b: 1 }))).toBe('a'));
  test('is none when a line goes or shrinks', () => {
    expect(grownLine(cart({ a: 1, b: 2 }), cart({ b: 1 }))).toBeNull();
  });
});

/** A cart of lines by their quantity; the rest of it does not matter here. */
function cart(lines: Readonly<Record<string, number>>): CartView {
  const line = {
    packId: '',
    name: '',
    tallMan: '',
    generics: [],
    form: '',
    label: '',
    packSize: 1,
    baseUnit: '',
  };
  const money = {
    packPriceMinor: 0,
    openPrice: false,
    discountMinor: 0,
    amountMinor: 0,
    taxPct3: [],
    batches: [],
  };
  const plain = { discount: null, offer: null, note: null };
  return {
    revision: 1,
    lines: Object.entries(lines).map(([lineId, qtyBase]) => ({
      ...{
        ...line,
        ...money,
        ...plain,
        lineId,
        qtyBase,
        breakable: false,
        scheduleClass: 'general' as const,
      },
    })),
    ...{ packs: 0, taxes: [], discountMinor: 0, totalMinor: 0, cashDueMinor: 0 },
    ...{ customer: null, note: null, discount: null, coupons: [], points: null },
    ...{ taxExemption: null, takenUpTwice: null },
    ...{ blockers: [], lastLineId: null, canUndo: false },
  };
}
