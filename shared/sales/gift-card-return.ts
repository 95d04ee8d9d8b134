import { err, ok, type Result } from '#shared/kernel/result.ts';

/** A gift card that a line of a sale made: its worth then, and what is left of it as known here. */
export type SoldCard = { readonly code: string; readonly worthMinor: number; readonly leftMinor: number };
/** What is taken off a gift card whose sale is taken back. */
export type CancelledCard = { readonly code: string; readonly amountMinor: number };
export type CardUsed = {
  readonly code: 'VOUCHER_USED';
  readonly voucher: string;
  readonly leftMinor: number;
};

/**
 * The gift cards that go when packs of a line come back: as many as are whole, for a card that paid anything stays sold
 * (else its money would go back twice, once over the counter and once to the customer). Its rest can be spent. Cards that
 * came back before have nothing left and are passed over.
 */
export function cardsToCancel(
  cards: readonly SoldCard[],
  { packSize, backBase, nowBase }: { packSize: number; backBase: number; nowBase: number },
): Result<readonly CancelledCard[], CardUsed> {
  const packs = (base: number): number => Math.ceil(base / packSize);
  const count = packs(backBase + nowBase) - packs(backBase);
  const whole = cards.filter(({ worthMinor, leftMinor }) => worthMinor > 0 && leftMinor >= worthMinor);
  if (whole.length >= count)
    return ok(whole.slice(0, count).map(({ code, worthMinor }) => ({ code, amountMinor: worthMinor })));
  const used = cards.toSorted((a, b) => b.leftMinor - a.leftMinor).find((card) => !whole.includes(card));
  return err({
    code: 'VOUCHER_USED',
    voucher: used?.code ?? '',
    leftMinor: Math.max(0, used?.leftMinor ?? 0),
  });
}
