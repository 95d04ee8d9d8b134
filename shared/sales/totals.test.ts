import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anySale, sum, value } from '../../build/sale-samples.ts';
import { vectors } from '../../build/vectors.ts';
import { cashDue } from './cash.ts';
import { saleTotals } from './totals.ts';
import { exemptSaleTotals } from './totals-exempt.ts';
import { LARGEST_SALE_MINOR, type SaleInput, type SaleLineInput } from './totals-input.ts';

const line = (over: Partial<SaleLineInput> = {}): SaleLineInput => ({
  packPriceMinor: 300,
  packSize: 30,
  qtyBase: 30,
  taxPct3: [20_000],
  ...over,
});
const inclusive = (...lines: SaleLineInput[]): SaleInput => ({ taxMode: 'inclusive', lines });

describe('vectors', () => {
  type Case = {
    sale: SaleInput & { cashStepMinor: number };
    expected: { totalMinor: number; cashDueMinor: number; cashRoundingMinor: number };
  };
  const cases = vectors<Case>('sales');

  test('every sale, with the cash due for it', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    for (const [index, { sale, expected }] of cases.entries()) {
      const totals = value(saleTotals(sale));
      const due = value(
        cashDue({ totalMinor: totals.totalMinor, otherTendersMinor: 0, cashStepMinor: sale.cashStepMinor }),
      );
      expect({ ...totals, ...due }, `sale ${index}`).toEqual(expected);
    }
  });
});

describe('examples', () => {
  test('the one in the doc comment', () => {
    const totals = value(
      saleTotals({
        ...inclusive(line({ qtyBase: 45 })),
        cartDiscount: { kind: 'percent', ratePct3: 10_000 },
      }),
    );
    expect(totals).toEqual({
      lines: [
        { grossMinor: 450, lineDiscountMinor: 0, cartDiscountMinor: 45, amountMinor: 405, taxMinor: 68 },
      ],
      taxes: [{ taxPct3: [20_000], baseMinor: 337, componentsMinor: [68] }],
      totalMinor: 405,
    });
  });

  test('as many loose units as a pack holds cost exactly one pack', () => {
    for (const packPriceMinor of [1, 199, 5_313_080])
      expect(value(saleTotals(inclusive(line({ packPriceMinor, packSize: 7, qtyBase: 7 })))).totalMinor).toBe(
        packPriceMinor,
      );
  });

  test('discounts take no more than there is', () => {
    for (const discount of [
      { kind: 'amount', minor: 999 },
      { kind: 'percent', ratePct3: 250_000 },
    ] as const) {
      expect(value(saleTotals(inclusive(line({ discount })))).lines[0]).toMatchObject({
        lineDiscountMinor: 300,
        amountMinor: 0,
      });
      const cart = value(saleTotals({ ...inclusive(line(), line()), cartDiscount: discount }));
      expect(cart.lines.map((l) => l.amountMinor)).toEqual([0, 0]);
    }
  });

  test('a medicine that may not be discounted takes neither discount, the others share the cart one', () => {
    const fixed = line({ discountAllowed: false, discount: { kind: 'amount', minor: 50 } });
    const sale = {
      ...inclusive(fixed, line(), line()),
      cartDiscount: { kind: 'percent', ratePct3: 50_000 },
    } as const;
    expect(value(saleTotals(sale)).lines.map((l) => l.amountMinor)).toEqual([300, 150, 150]);
  });

  test('equal rates in other components are groups of their own, in ascending order', () => {
    const sale = inclusive(
      line({ taxPct3: [12_000] }),
      line({ taxPct3: [6_000, 6_000] }),
      line({ taxPct3: [] }),
      line({ taxPct3: [6_000] }),
    );
    expect(value(saleTotals(sale)).taxes.map((tax) => tax.taxPct3)).toEqual([
      [],
      [6_000],
      [6_000, 6_000],
      [12_000],
    ]);
  });

  test('an empty cart totals nothing', () => {
    expect(value(saleTotals(inclusive()))).toEqual({ lines: [], taxes: [], totalMinor: 0 });
  });
});

describe('in any sale', () => {
  const run = { seed: 20270102, numRuns: 1_500 };

  test('lines, tax groups and total agree, and nothing is negative', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const { lines, taxes, totalMinor } = value(saleTotals(sale));
        const amounts = sum(lines.map((l) => l.amountMinor));
        const components = sum(taxes.flatMap((tax) => tax.componentsMinor));
        expect(totalMinor).toBe(sale.taxMode === 'inclusive' ? amounts : amounts + components);
        expect(sum(lines.map((l) => l.taxMinor))).toBe(components);
        expect(sum(taxes.map((tax) => tax.baseMinor)) + (sale.taxMode === 'inclusive' ? components : 0)).toBe(
          amounts,
        );
        for (const l of lines)
          expect(l.amountMinor).toBe(l.grossMinor - l.lineDiscountMinor - l.cartDiscountMinor);
        const figures = [
          ...lines.flatMap((l) => Object.values(l)),
          ...taxes.flatMap((t) => [t.baseMinor, ...t.componentsMinor]),
        ];
        expect(
          figures.filter((figure) => !Number.isSafeInteger(figure) || figure < 0 || Object.is(figure, -0)),
        ).toEqual([]);
      }),
      run,
    );
  });

  test('a group is taxed as a whole: its components are what one line of its amount would bear', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const { lines, taxes } = value(saleTotals(sale));
        for (const tax of taxes) {
          const amount = sum(
            lines
              .filter((_, i) => String(sale.lines[i]?.taxPct3) === String(tax.taxPct3))
              .map((l) => l.amountMinor),
          );
          const single = { packPriceMinor: amount, packSize: 1, qtyBase: 1, taxPct3: tax.taxPct3 };
          expect(value(saleTotals({ taxMode: sale.taxMode, lines: [single] })).taxes).toEqual([tax]);
        }
      }),
      { ...run, numRuns: 400 },
    );
  });

  test('an exempt customer pays the same sale less the tax it contains', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const taxed = value(saleTotals(sale));
        const exempt = value(exemptSaleTotals(sale));
        const tax = sum(taxed.lines.map((l) => l.taxMinor));
        expect(exempt.totalMinor).toBe(taxed.totalMinor - tax);
        expect(exempt.taxes.flatMap((t) => t.componentsMinor).every((minor) => minor === 0)).toBe(true);
        for (const [i, l] of exempt.lines.entries()) {
          expect(l.exemptMinor).toBe(sale.taxMode === 'inclusive' ? taxed.lines[i]?.taxMinor : 0);
          expect(l.amountMinor).toBe(
            l.grossMinor - l.lineDiscountMinor - l.cartDiscountMinor - l.exemptMinor,
          );
          expect(l.amountMinor).toBeGreaterThanOrEqual(0);
        }
      }),
      { ...run, numRuns: 500 },
    );
  });
});

describe('refusals', () => {
  const bad = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1];

  test.each(['packPriceMinor', 'packSize', 'qtyBase'] as const)('a %s that is no whole amount', (field) => {
    for (const figure of field === 'packSize' ? [0, ...bad] : bad) {
      const sale = inclusive(line(), line({ [field]: figure }));
      expect(saleTotals(sale)).toEqual({ ok: false, error: { code: 'bad-figure', field, line: 1 } });
      expect(exemptSaleTotals(sale).ok).toBe(false);
    }
  });

  test('rates that are none, or over 100 % together', () => {
    for (const taxPct3 of [...bad.map((rate) => [rate]), [60_000, 40_001]])
      expect(saleTotals(inclusive(line({ taxPct3 })))).toEqual({
        ok: false,
        error: { code: 'bad-figure', field: 'taxPct3', line: 0 },
      });
    expect(saleTotals(inclusive(line({ taxPct3: [60_000, 40_000] }))).ok).toBe(true);
  });

  test('discounts that are none', () => {
    for (const minor of bad) {
      for (const discount of [
        { kind: 'amount', minor },
        { kind: 'percent', ratePct3: minor },
      ] as const) {
        expect(saleTotals(inclusive(line({ discount })))).toMatchObject({
          error: { field: 'discount', line: 0 },
        });
        expect(saleTotals({ ...inclusive(line()), cartDiscount: discount })).toMatchObject({
          error: { field: 'cartDiscount', line: null },
        });
      }
    }
  });

  test('more money than sums can hold; just below, everything is still exact', () => {
    const MAX = Number.MAX_SAFE_INTEGER;
    const huge = [
      line({ packPriceMinor: MAX }),
      line({ qtyBase: MAX }),
      line({ packPriceMinor: MAX, packSize: MAX, qtyBase: MAX }),
    ];
    for (const one of huge)
      expect(saleTotals(inclusive(one))).toEqual({ ok: false, error: { code: 'too-large' } });
    const half = LARGEST_SALE_MINOR / 2 - 10;
    const full: SaleInput = {
      taxMode: 'exclusive',
      lines: [line({ packPriceMinor: half, packSize: 1, qtyBase: 1, taxPct3: [33_333, 66_667] })],
    };
    expect(value(saleTotals(full)).totalMinor).toBe(2 * half);
    const over = full.lines.map((one) => ({ ...one, packPriceMinor: half + 20 }));
    expect(saleTotals({ ...full, lines: over })).toEqual({ ok: false, error: { code: 'too-large' } });
  });
});
