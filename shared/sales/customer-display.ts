import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { splitPacks } from '#shared/kernel/quantity.ts';
import type { CartView } from './calls-cart.ts';

/** What a customer sees of the sale: nothing of batches, stock, other customers or what a medicine is for. */
export type CustomerDisplay = {
  readonly shop: string;
  readonly currency: { readonly code: string; readonly minorDigits: number };
  readonly language: string;
  readonly now: DisplayNow;
};

export type DisplayNow =
  | { readonly state: 'idle' }
  | {
      readonly state: 'sale';
      readonly lines: readonly DisplayLine[];
      readonly discountMinor: number;
      readonly totalMinor: number;
    }
  /** Until the next sale begins. `totalMinor` is what was paid, after cash rounding. */
  | { readonly state: 'paid'; readonly totalMinor: number; readonly changeMinor: number };

/**
 * `packs` whole ones and `looseBase` units of a broken one, or `weightG` of what is sold by weight; `isLast` is the one changed
 * last.
 */
export type DisplayLine = {
  readonly lineId: string;
  readonly name: string;
  readonly packs: number;
  readonly looseBase: number;
  readonly weightG: number | null;
  readonly amountMinor: number;
  readonly isLast: boolean;
};

/** The last sale of this till, as much of it as is shown. */
export type LastSale = {
  readonly saleId: string;
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  readonly changeMinor: number;
};

/**
 * The cart while it has lines; else the sale it became, if it became one: `lastSale` is another than `saleBefore`,
 * which was the last when the cart began to fill.
 */
export function displayNow(
  cart: Pick<CartView, 'lines' | 'lastLineId' | 'discountMinor' | 'totalMinor'>,
  { lastSale, saleBefore }: { readonly lastSale: LastSale | null; readonly saleBefore: string | null },
): DisplayNow {
  if (cart.lines.length > 0)
    return {
      state: 'sale',
      lines: cart.lines.map((line) => toLine(line, cart.lastLineId)),
      discountMinor: cart.discountMinor,
      totalMinor: cart.totalMinor,
    };
  if (lastSale === null || lastSale.saleId === saleBefore) return { state: 'idle' };
  const { totalMinor, cashRoundingMinor, changeMinor } = lastSale;
  return { state: 'paid', totalMinor: totalMinor + cashRoundingMinor, changeMinor };
}

function toLine(
  { lineId, name, qtyBase, packSize, amountMinor, ...pack }: CartView['lines'][number],
  lastLineId: string | null,
): DisplayLine {
  const { packs, looseBase } = splitPacks(qtyBase, packSize);
  const weightG = isSoldByWeight(pack) ? qtyBase : null;
  return { lineId, name, packs, looseBase, weightG, amountMinor, isLast: lineId === lastLineId };
}
