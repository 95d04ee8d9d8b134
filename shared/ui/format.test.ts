import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dateInZone,
  formatDate,
  formatDuration,
  formatExpiryMonth,
  formatFigure,
  formatMoney,
  formatPerWeight,
  formatQuantity,
  formatRate,
  formatTime,
  formatWeight,
  splitPacks,
} from './format.ts';

const eur = { code: 'EUR', digits: 2 };
const nnbsp = '\u202f';
const nbsp = '\u00a0';

describe('money', () => {
  test('has no sign in columns and the currency where the language puts it elsewhere', () => {
    expect(formatFigure(2776, eur, 'en')).toBe('27.76');
    expect(formatMoney(2776, eur, 'en')).toBe('€27.76');
    expect(formatMoney(123456, eur, 'fr')).toBe(`1${nnbsp}234,56${nbsp}€`);
    expect(formatMoney(2776, eur, 'ar')).toBe(`27.76${nbsp}€`);
  });

  test('has a true minus and always its decimals', () => {
    expect(formatFigure(-198, eur, 'en')).toBe('−1.98');
    expect(formatFigure(0, eur, 'en')).toBe('0.00');
    expect(formatMoney(-198, eur, 'ar')).toBe(`−1.98${nbsp}€`);
  });

  test('takes the decimals of the currency: none in yen, three in Iraqi dinar, which Intl has wrong', () => {
    expect(formatMoney(500, { code: 'JPY', digits: 0 }, 'en')).toBe('¥500');
    expect(formatFigure(1250, { code: 'IQD', digits: 3 }, 'en')).toBe('1.250');
  });

  test('is exact for every safe integer', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (minor) => {
        const read = formatFigure(minor, eur, 'en').replace('−', '-').replaceAll(/[,.]/g, '');
        expect(BigInt(read)).toBe(BigInt(minor));
      }),
      { seed: 20261124 },
    );
  });
});

describe('weight', () => {
  test('is kilograms to the gram, as a scale shows it', () => {
    expect(formatWeight(250, 'en')).toBe('0.250 kg');
    expect(formatWeight(12_005, 'fr')).toBe('12,005 kg');
    expect(formatWeight(-250, 'ar')).toBe('−0.250 كغ');
    expect(formatWeight(0, 'en')).toBe('0');
  });

  test('has its price by the kilogram, or by what a pack is', () => {
    expect(formatPerWeight(1000, 'en')).toBe('kg');
    expect(formatPerWeight(100, 'fr')).toBe(`100${nbsp}g`);
  });
});

describe('quantity', () => {
  test('is packs, and a fraction of the pack for what is loose', () => {
    expect([36, 29, 5, 0, -29].map((qty) => formatQuantity(qty, 12, 'en'))).toEqual([
      '3',
      '2 + 5/12',
      '5/12',
      '0',
      '−2 + 5/12',
    ]);
  });

  test('splits into packs and loose ones that add up again', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (qty, size) => {
        const { packs, loose } = splitPacks(qty, size);
        expect(packs * size + loose).toBe(qty);
        expect(Math.abs(loose)).toBeLessThan(size);
      }),
      { seed: 20261124 },
    );
  });
});

describe('dates and times', () => {
  test('read as in the mockups', () => {
    expect(formatDate('2026-10-31', 'en')).toBe('31 Oct 2026');
    expect(formatDate('2027-09-05', 'en')).toBe('5 Sep 2027');
    expect(formatDate('2026-10-31', 'fr')).toBe('31 oct. 2026');
    expect(formatDate('2026-12-15', 'ar')).toBe('2026/12/15');
    expect((['en', 'fr', 'ar'] as const).map((locale) => formatExpiryMonth('2027-08-31', locale))).toEqual([
      'Aug 2027',
      'août 2027',
      '2027/08',
    ]);
  });

  test('are those of the zone', () => {
    const at = Date.UTC(2026, 10, 24, 23, 32, 19);
    expect(formatTime(at, 'Europe/Paris')).toBe('00:32');
    expect(formatTime(at, 'UTC', true)).toBe('23:32:19');
    expect(dateInZone(at, 'Europe/Paris')).toBe('2026-11-25');
  });

  test('say what is left in the two largest units', () => {
    expect(
      [0, 400, 65_000, 3_600_000, 4_320_000].map((ms) => formatDuration(ms, 'en').replaceAll(nbsp, ' ')),
    ).toEqual(['0 s', '1 s', '1 min 5 s', '1 h', '1 h 12 min']);
  });
});

test('rates come from thousandths of a percent', () => {
  expect([2100, 10_000, 20_000].map((rate) => formatRate(rate, 'en'))).toEqual([
    `2.1${nbsp}%`,
    `10${nbsp}%`,
    `20${nbsp}%`,
  ]);
  expect(formatRate(2100, 'fr')).toBe(`2,1${nbsp}%`);
});
