/**
 * What an offer gives on the packs it names. `percent` and `amount` off each pack; `bundle`: of every `take` packs, in
 * any mix, `pay` are paid (3 for 2), the cheapest free; `fixed`: every `take` of them cost `priceMinor` together.
 */
export type OfferRule = { readonly packIds: readonly string[] } & (
  | { readonly kind: 'percent'; readonly ratePct3: number }
  | { readonly kind: 'amount'; readonly minor: number }
  | { readonly kind: 'bundle'; readonly take: number; readonly pay: number }
  | { readonly kind: 'fixed'; readonly take: number; readonly priceMinor: number }
);
