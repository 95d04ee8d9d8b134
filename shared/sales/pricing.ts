import type { PlainDate } from '#shared/kernel/calendar.ts';
import { FULL_PCT3, mulDivRound } from '#shared/kernel/money.ts';
import { compareCodePoints } from '#shared/kernel/text.ts';

/**
 * Something that counts from a day on. `rank` is its place in the order of the merge (the row's HLC, which sorts as
 * text): of two from the same day the later written wins, and of two written in one changeset the greater id.
 */
export type Dated = { readonly id: string; readonly validFrom: PlainDate; readonly rank: string };

/** A pack's price; `storeId` null is the price of the whole org. */
export type DatedPrice = Dated & { readonly storeId: string | null; readonly priceMinor: number };

/**
 * The price of a pack in a store on the sale's business date: one of the store's own goes before the org's, however
 * old, then the latest `validFrom`, then the merge (RULES.md §1.8). Null when none is valid yet. `prices` are those of
 * one pack in any order; those of other stores are left aside.
 */
export function priceOn<P extends DatedPrice>(
  prices: readonly P[],
  { storeId, on }: { readonly storeId: string; readonly on: PlainDate },
): P | null {
  const own = latestOn(
    prices.filter((price) => price.storeId === storeId),
    on,
  );
  return (
    own ??
    latestOn(
      prices.filter((price) => price.storeId === null),
      on,
    )
  );
}

/**
 * What a pack costs who has a price list: the list's own price, else the usual one less the list's rate (thousandths of
 * a percent), which a medicine that by law is never discounted does not get. Null where there is no price at all.
 */
export function priceOnList(
  { usualMinor, discountAllowed }: { readonly usualMinor: number | null; readonly discountAllowed: boolean },
  { listedMinor, ratePct3 }: { readonly listedMinor: number | null; readonly ratePct3: number },
): number | null {
  if (listedMinor !== null) return listedMinor;
  if (usualMinor === null || !discountAllowed) return usualMinor;
  return mulDivRound(usualMinor, FULL_PCT3 - ratePct3, FULL_PCT3);
}

/** The one in force on a business date, of dated facts of one kind: the rate of a tax class. Null when none is yet. */
export function latestOn<D extends Dated>(dated: readonly D[], on: PlainDate): D | null {
  let best: D | null = null;
  for (const one of dated) {
    if (one.validFrom <= on && (best === null || supersedes(one, best))) best = one;
  }
  return best;
}

function supersedes(one: Dated, other: Dated): boolean {
  if (one.validFrom !== other.validFrom) return one.validFrom > other.validFrom;
  return (compareCodePoints(one.rank, other.rank) || compareCodePoints(one.id, other.id)) > 0;
}
