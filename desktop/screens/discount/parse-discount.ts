import type { Discount } from '#shared/sales/totals-input.ts';
import { parseAmount } from '../pay/amounts.ts';
import { toWesternDigits } from '../sell/parse-quantity.ts';

/** A discount as it is typed: `10%`, `7,5 %`, or an amount of money. Null for nothing, for 0 and for over 100 %. */
export function parseDiscount(text: string, digits: number): Discount | null {
  const typed = toWesternDigits(text).trim().replace('٪', '%');
  if (typed.endsWith('%')) {
    const ratePct3 = parseAmount(typed.slice(0, -1), 3);
    return ratePct3 === null || ratePct3 < 1 || ratePct3 > 100_000 ? null : { kind: 'percent', ratePct3 };
  }
  const minor = parseAmount(typed, digits);
  return minor === null || minor < 1 ? null : { kind: 'amount', minor };
}
