import type { Change } from '#shared/replica/changeset.ts';
import { type Cart, headOf } from '#shared/sales/cart.ts';
import { cartDiscountOf, type PricedCart, type PricedLine } from '#shared/sales/cart-pricing.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';

type Of = Pick<RowOf<'sale'>, 'id' | 'storeId'>;
type Note = Pick<
  RowOf<'discount_note'>,
  'saleLineId' | 'kind' | 'offerId' | 'amountMinor' | 'reason' | 'authorisedBy'
>;

/** Why a line cost less (`minor` in all): what was given, by whom, and its offer. */
export function lineDiscountChanges(
  counter: Counter,
  sale: Of,
  { line, saleLineId, minor }: { line: PricedLine; saleLineId: string; minor: number },
): Change[] {
  const offered = line.offer?.minor ?? 0;
  const given = minor - offered;
  return [
    ...(given > 0 && line.discount
      ? [
          noteChange(counter, sale, {
            ...{ saleLineId, kind: 'line' as const, offerId: null, amountMinor: given },
            ...{ reason: line.discount.reason, authorisedBy: line.discount.authorisedBy },
          }),
        ]
      : []),
    ...(line.offer
      ? [
          noteChange(counter, sale, {
            ...{ saleLineId, kind: 'offer' as const, offerId: line.offer.offerId, amountMinor: offered },
            ...{ reason: line.offer.name, authorisedBy: null },
          }),
        ]
      : []),
  ];
}

/** Why the whole sale cost less. */
export function cartDiscountChange(
  counter: Counter,
  sale: Of,
  { cart, priced }: { cart: Cart; priced: PricedCart },
): Change[] {
  const { discount } = headOf(cart);
  const amountMinor = cartDiscountOf(priced);
  const usedMinor = priced.points?.usedMinor ?? 0;
  const whole = { saleLineId: null, offerId: null };
  return [
    ...(discount && amountMinor > 0
      ? [
          noteChange(counter, sale, {
            ...{ ...whole, kind: 'cart' as const, amountMinor },
            ...{ reason: discount.reason, authorisedBy: discount.authorisedBy },
          }),
        ]
      : []),
    ...(usedMinor > 0
      ? [
          noteChange(counter, sale, {
            ...{ ...whole, kind: 'loyalty' as const, amountMinor: usedMinor },
            ...{ reason: null, authorisedBy: null },
          }),
        ]
      : []),
  ];
}

function noteChange(counter: Counter, { id: saleId, storeId }: Of, note: Note): Change {
  const row: RowOf<'discount_note'> = { id: counter.ids.next(), storeId, saleId, ...note };
  return { t: 'discount_note', op: 'insert', row };
}
