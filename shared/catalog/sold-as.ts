/**
 * Articles that are not handed over from a shelf at a fixed price. `service`: no stock (a dispensing fee); `open-price`:
 * no stock, the price is typed; `deposit`: no stock, and it can be given back without a receipt; `voucher`: it makes a
 * voucher worth its price.
 */
export const soldAsWords = ['service', 'open-price', 'deposit', 'voucher'] as const;
export type SoldAs = (typeof soldAsWords)[number];

/** Whether the price is typed when it is sold: always at an open price; of a voucher where it has no price of its own. */
export const asksPrice = ({
  soldAs,
  priceMinor,
}: {
  readonly soldAs: SoldAs | null;
  readonly priceMinor: number | null;
}): boolean => soldAs === 'open-price' || (soldAs === 'voucher' && priceMinor === null);

/** How an article is sold; null: from stock. A word that a newer version wrote is sold without stock. */
export const soldAsOf = (word: string | null): SoldAs | null =>
  word === null ? null : (soldAsWords.find((known) => known === word) ?? 'service');
