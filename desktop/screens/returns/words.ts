import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { ReturnPlace } from '#shared/sales/tables-returns.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import type { TillClient } from '../link.ts';
import type { CardRefusal, RefusalOf } from '../refusal.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';

type Calls = TillClient['sales']['returns'];

/** Why nothing was taken back. */
export type ReturnRefusal =
  | RefusalOf<InferClientErrorUnion<Calls[keyof Calls]>>
  | CardRefusal
  | { readonly code: 'NO_RECEIPT' | 'NOT_OF_THIS_SALE'; readonly data: undefined };

/** The till's refusals about returns in words; what every call may answer is said as everywhere. */
export function useReturnWords(): (refusal: ReturnRefusal) => Words {
  const { t } = useLingui();
  const format = useFormat();
  const common = useRefusalWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'NO_RECEIPT':
        return {
          title: t`No sale of this store has that receipt`,
          next: t`Look for it by the amount or the day, or press F9 to go on without a receipt.`,
        };
      case 'NOT_OF_THIS_SALE':
        return {
          title: t`That article is not on this receipt, or all of it came back`,
          next: t`Nothing was added. An article from elsewhere needs its own receipt.`,
        };
      case 'NOTHING_CHOSEN':
        return {
          title: t`Nothing is to come back yet`,
          next: t`Choose a line and press +, or scan the box.`,
        };
      case 'MORE_THAN_SOLD':
        return {
          title: t`More than is left of what was sold`,
          next: t`Nothing was done. Another counter may have taken some of it back meanwhile.`,
        };
      case 'MORE_THAN_PAID': {
        const left = format.money(refusal.data.leftMinor);
        return {
          title: t`That is more than is left of what was paid`,
          next: t`Nothing was done. ${left} of the sale has not been given back yet.`,
        };
      }
      case 'PLACE_FORBIDDEN': {
        const { name } = refusal.data;
        return { title: t`${name} may not go there`, next: t`Nothing was done. G chooses another place.` };
      }
      case 'RETURNED_BEFORE':
        return {
          title: t`Some of this sale came back already`,
          next: t`It cannot be voided any more. Return the rest line by line.`,
        };
      case 'VOUCHER_USED': {
        const { voucher } = refusal.data;
        const left = format.money(refusal.data.leftMinor);
        return {
          title: t`The gift card ${voucher} has paid something already`,
          next: t`Nothing was done: it stays sold, and the ${left} left on it can be spent.`,
        };
      }
      case 'NEEDS_RECEIPT': {
        const { name } = refusal.data;
        return {
          title: t`${name} goes back by its receipt only`,
          next: t`Nothing was done. Take it out, and scan the receipt it was sold with.`,
        };
      }
      case 'CARD_UNSETTLED': {
        const amount = format.money(refusal.data.amountMinor);
        return {
          title: t`A card payment of ${amount} is not settled`,
          next: t`Nothing was done. Settle it first: the terminal or its slip says what became of it.`,
        };
      }
      case 'OVER_CAP': {
        const cap = format.money(refusal.data.capMinor);
        return {
          title: t`Without a receipt at most ${cap} is given back`,
          next: t`Nothing was done. Take lines out, or find the receipt.`,
        };
      }
      case 'TOO_LARGE':
        return { title: t`That is too many`, next: t`Nothing was changed. Was a code read as a quantity?` };
      case 'TOTAL_CHANGED':
        return {
          title: t`The refund has changed`,
          next: t`Another counter took something back meanwhile. Look at the new figure, then again.`,
        };
      default:
        return common(refusal);
    }
  };
}

/** Where goods that came back go. */
export function usePlaceNames(): Readonly<Record<ReturnPlace, string>> {
  const { t } = useLingui();
  return { shelf: t`back to the shelf`, quarantine: t`set aside`, destruction: t`destruction` };
}
