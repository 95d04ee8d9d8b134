import { mulDivRound } from '#shared/kernel/money.ts';

/** An amount in units of 10^-(the currency's digits + `extraDigits`). */
export type UnitPrice = { readonly amount: number; readonly extraDigits: 0 | 2 };

/**
 * The price of one base unit as a shelf label must give it (Directive 98/6/EC, art. 3), rounded half away from zero;
 * with two digits more where a unit costs less than ten minor units. Null for a pack of one: its price says it all.
 */
export function unitPrice(packPriceMinor: number, packSize: number): UnitPrice | null {
  if (packSize <= 1) return null;
  const fine = packPriceMinor < 10 * packSize;
  return fine
    ? { amount: mulDivRound(packPriceMinor, 100, packSize), extraDigits: 2 }
    : { amount: mulDivRound(packPriceMinor, 1, packSize), extraDigits: 0 };
}
