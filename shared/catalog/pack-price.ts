import { mulDivRound } from '#shared/kernel/money.ts';

/** Whole packs at their price, the loose rest pro rata: N loose units cost exactly one pack (RULES.md §1.1). */
export function grossAtPackPrice(
  packPriceMinor: number,
  { qtyBase, packSize }: { readonly qtyBase: number; readonly packSize: number },
): number {
  const looseBase = qtyBase % packSize;
  const packs = (qtyBase - looseBase) / packSize;
  return packs * packPriceMinor + mulDivRound(packPriceMinor, looseBase, packSize);
}
