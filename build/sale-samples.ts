import fc from 'fast-check';
import type { Result } from '#shared/kernel/result.ts';
import type { Discount, SaleInput } from '#shared/sales/totals-input.ts';

/** Arbitrary sales for the property tests: cheap and dear packs, loose rests, odd components, discounts of both kinds. */
export const anySale: fc.Arbitrary<SaleInput> = (() => {
  const discount: fc.Arbitrary<Discount> = fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), ratePct3: fc.nat(120_000) }),
    fc.record({ kind: fc.constant('amount' as const), minor: fc.nat(100_000) }),
  );
  const rate = fc.oneof(
    fc.constantFrom([0], [2_100], [5_500], [20_000], [2_500, 2_500], [9_000, 9_000], []),
    fc.array(fc.nat(25_000), { minLength: 1, maxLength: 4 }),
  );
  const line = fc.record(
    {
      packPriceMinor: fc.oneof(fc.nat(50), fc.nat(20_000), fc.nat(2_000_000_000)),
      packSize: fc.integer({ min: 1, max: 120 }),
      qtyBase: fc.nat(500),
      taxPct3: rate,
      discount,
      discountAllowed: fc.boolean(),
    },
    { requiredKeys: ['packPriceMinor', 'packSize', 'qtyBase', 'taxPct3'] },
  );
  return fc.record(
    {
      taxMode: fc.constantFrom('inclusive' as const, 'exclusive' as const),
      lines: fc.array(line, { maxLength: 8 }),
      cartDiscount: discount,
    },
    { requiredKeys: ['taxMode', 'lines'] },
  );
})();

/** The value of a Result that must be one. */
export function value<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export const sum = (figures: readonly number[]): number =>
  figures.reduce((total, figure) => total + figure, 0);
