import fc from 'fast-check';
import { expect, test } from 'vitest';
import { poleFaces, poleSizes } from '#shared/auth/pole-size.ts';
import type { CartLineView } from './calls-cart.ts';
import { type CustomerDisplay, displayNow } from './customer-display.ts';
import { poleRows } from './pole-rows.ts';
import { amountText } from './receipt-amount.ts';
import { receiptWords } from './receipt-words.ts';

const line = (lineId: string, qtyBase: number, amountMinor: number) =>
  ({ lineId, name: 'Dolorane 500 mg', qtyBase, packSize: 16, amountMinor }) as CartLineView;
const cart = {
  lines: [line('a', 32, 436), line('b', 5, 68)],
  lastLineId: 'a',
  discountMinor: 10,
  totalMinor: 494,
};
const empty = { lines: [], lastLineId: null, discountMinor: 0, totalMinor: 0 };
const sale = { saleId: 's1', totalMinor: 493, cashRoundingMinor: 2, changeMinor: 505 };

test('a customer sees the lines and the total, then what was paid and the change, then nothing', () => {
  expect(displayNow(cart, { lastSale: null, saleBefore: null })).toEqual({
    ...{ state: 'sale', discountMinor: 10, totalMinor: 494 },
    lines: [
      {
        lineId: 'a',
        name: 'Dolorane 500 mg',
        packs: 2,
        looseBase: 0,
        weightG: null,
        amountMinor: 436,
        isLast: true,
      },
      {
        lineId: 'b',
        name: 'Dolorane 500 mg',
        packs: 0,
        looseBase: 5,
        weightG: null,
        amountMinor: 68,
        isLast: false,
      },
    ],
  });
  expect(displayNow(empty, { lastSale: sale, saleBefore: null })).toEqual({
    ...{ state: 'paid', totalMinor: 495, changeMinor: 505 },
  });
  expect(displayNow(empty, { lastSale: sale, saleBefore: 's1' }), 'the cart was cleared').toEqual({
    state: 'idle',
  });
  expect(displayNow(empty, { lastSale: null, saleBefore: null })).toEqual({ state: 'idle' });
});

const currency = { code: 'EUR', minorDigits: 2 };
const shown = (now: CustomerDisplay['now'], language = 'en') =>
  poleRows({ shop: 'Pharmacie du Pont', currency, language, now });

test('a pole shows two rows of twenty', () => {
  const now = displayNow(cart, { lastSale: null, saleBefore: null });
  expect(shown(now)).toEqual(['2x Dolorane 500 4.36', 'TOTAL           4.94']);
  expect(shown({ state: 'paid', totalMinor: 495, changeMinor: 505 })).toEqual([
    ...['CHANGE          5.05', '     Thank you      '],
  ]);
  expect(shown({ state: 'paid', totalMinor: 495, changeMinor: 0 }, 'fr')).toEqual([
    ...['TOTAL           4,95', '       Merci        '],
  ]);
  expect(shown({ state: 'idle' })).toEqual([' Pharmacie du Pont  ', '      Welcome       ']);
});

test('what is sold by weight is shown by its weight', () => {
  const tea = { ...line('t', 250, 300), name: 'Camomile', packSize: 1000, baseUnit: 'g', breakable: true };
  const now = displayNow({ ...cart, lines: [tea], lastLineId: 't' }, { lastSale: null, saleBefore: null });
  expect(now).toMatchObject({ lines: [{ packs: 0, looseBase: 250, weightG: 250 }] });
  expect(shown(now, 'fr')[0]).toBe('0,250kg Camomil 3,00');
});

test('a pole of four rows shows the lines before it as well, one of sixteen places cuts the words', () => {
  const view = (now: CustomerDisplay['now']) => ({
    shop: 'Pharmacie du Pont',
    currency,
    language: 'en',
    now,
  });
  const lines = [
    line('a', 32, 436),
    line('b', 5, 68),
    line('c', 16, 218),
    line('d', 16, 218),
    line('e', 16, 99),
  ];
  const now = displayNow({ ...cart, lines, lastLineId: 'b' }, { lastSale: null, saleBefore: null });
  expect(poleRows(view(now), poleFaces['4x20'])).toEqual([
    ...['Dolorane 500 mg 2.18', 'Dolorane 500 mg 0.99'],
    ...['Dolorane 500 mg 0.68', 'TOTAL           4.94'],
  ]);
  const first = displayNow({ ...cart, lines: [line('a', 32, 436)] }, { lastSale: null, saleBefore: null });
  expect(poleRows(view(first), poleFaces['4x20'])).toEqual([
    ...['2x Dolorane 500 4.36', ' '.repeat(20), ' '.repeat(20), 'TOTAL           4.94'],
  ]);
  expect(poleRows(view({ state: 'paid', totalMinor: 495, changeMinor: 505 }), poleFaces['4x20'])).toEqual([
    ...['TOTAL           4.95', 'CHANGE          5.05', '     Thank you      ', ' '.repeat(20)],
  ]);
  expect(poleRows(view(first), poleFaces['2x16'])).toEqual(['2x Dolorane 4.36', 'TOTAL       4.94']);
  expect(poleRows(view({ state: 'idle' }), poleFaces['2x16'])).toEqual([
    'Pharmacie du Pon',
    '    Welcome     ',
  ]);
});

test('whatever is sold, on every pole each row has all its places and every sum is whole', () => {
  const minor = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
  const language = fc.constantFrom('en', 'fr', 'ar');
  const name = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(name, minor, minor, language, fc.constantFrom(...poleSizes), (name, a, b, language, size) => {
      const face = poleFaces[size];
      const onIt = (now: CustomerDisplay['now']) =>
        poleRows({ shop: 'Pharmacie du Pont', currency, language, now }, face);
      const { numbers } = receiptWords[language === 'fr' ? 'fr' : 'en'];
      const [first, second] = [a, b].map((sum) => ` ${amountText(sum, { ...numbers, minorDigits: 2 })}`);
      const lines = [
        { lineId: 'x', name, packs: 3, looseBase: 0, weightG: null, amountMinor: a, isLast: true },
      ];
      const sale = onIt({ state: 'sale', lines, discountMinor: 0, totalMinor: b });
      const paid = onIt({ state: 'paid', totalMinor: a, changeMinor: b || 1 });
      const idle = poleRows({ shop: name, currency, language, now: { state: 'idle' } }, face);
      for (const rows of [sale, paid, idle])
        expect(rows.map((row) => row.length)).toEqual(Array(face.rows).fill(face.columns));
      // A sum that is wider than the pole keeps its end.
      const whole = (sum: string | undefined) => (sum ?? '').slice(-face.columns);
      expect(sale[0]?.endsWith(whole(first))).toBe(true);
      expect(sale.at(-1)?.endsWith(whole(second))).toBe(true);
    }),
    { seed: 12, numRuns: 300 },
  );
});
