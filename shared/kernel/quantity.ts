/**
 * Quantities are integers of the base unit, the smallest that can be handed over (one tablet, one ampoule); packs
 * convert. Negative quantities occur (on hand below zero, a return) and split by magnitude.
 */
export type PackSplit = { readonly packs: number; readonly looseBase: number };

/** Whole packs and the loose base units beside them: 65 in packs of 30 = 2 packs + 5; -35 = -1 pack - 5. */
export function splitPacks(qtyBase: number, packSize: number): PackSplit {
  requirePackSize(packSize);
  const looseBase = (qtyBase % packSize) + 0;
  return { packs: (qtyBase - looseBase) / packSize + 0, looseBase };
}

/** Base units of packs and loose units together. RangeError when that is not a safe integer. */
export function toBase({ packs, looseBase }: PackSplit, packSize: number): number {
  requirePackSize(packSize);
  const qtyBase = packs * packSize + looseBase;
  if (!Number.isSafeInteger(qtyBase))
    throw new RangeError(`not a quantity: ${packs} × ${packSize} + ${looseBase}`);
  return qtyBase;
}

/** Whether a value can be a quantity sold, received or counted out: a safe integer above 0. */
export const isPositiveQty = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

function requirePackSize(packSize: number): void {
  if (!isPositiveQty(packSize)) throw new RangeError(`not a pack size: ${packSize}`);
}
