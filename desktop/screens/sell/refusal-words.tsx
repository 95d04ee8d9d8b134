import { useLingui } from '@lingui/react/macro';
import { useFormat } from '#shared/ui/use-format.ts';
import type { CardRefusal, CartRefusal, PayRefusal } from '../refusal.ts';
import { useRightNames } from '../right-names.ts';

/** What happened, and what to do about it. */
export interface Words {
  readonly title: string;
  readonly next: string;
}

/** The one place where the till's refusals of sale and payment become words. */
export function useRefusalWords(): (refusal: CartRefusal | PayRefusal | CardRefusal) => Words {
  const { t } = useLingui();
  const format = useFormat();
  const codeWords = useCodeWords();
  const rights = useRightNames();
  return (refusal) => {
    switch (refusal.code) {
      case 'BAD_CODE':
        return codeWords(refusal.data.reason);
      case 'PRICE_TO_TYPE':
        return { title: t`A price is still to be typed`, next: t`Nothing was charged yet.` };
      case 'UNKNOWN_CODE': {
        const code = withoutScheme(refusal.data.code);
        return {
          title: t`No article has the code ${code}`,
          next: t`Nothing was added. Look for it by name; HQ can add the code.`,
        };
      }
      case 'NO_PRICE': {
        const { name } = refusal.data;
        return {
          title: t`${name} has no price today`,
          next: t`Nothing was added. HQ or the manager sets one.`,
        };
      }
      case 'NOT_BREAKABLE': {
        const { name } = refusal.data;
        return {
          title: t`${name} is sold in whole packs only`,
          next: t`Nothing was changed. Type whole packs.`,
        };
      }
      case 'BAD_QUANTITY':
        return refusal.data.reason === 'zero'
          ? { title: t`That is no quantity`, next: t`Nothing was changed. Del takes the line out.` }
          : { title: t`That is too many`, next: t`Nothing was changed. Was a code read as a quantity?` };
      case 'MISSING_RIGHT': {
        const right = rights(refusal.data.permission);
        return {
          title: t`You have no right to do this`,
          next: t`Nothing was changed. The right ${right} is missing; who has it can sign in.`,
        };
      }
      case 'TO_WEIGH': {
        const { name } = refusal.data;
        return {
          title: t`${name} is sold by weight`,
          next: t`Nothing was added. One article is weighed after the other: scan it again.`,
        };
      }
      case 'NONE_ON_HAND': {
        const { name } = refusal.data;
        return { title: t`Not enough of ${name} on hand`, next: t`Nothing was added.` };
      }
      case 'BATCH_STOPPED': {
        const { name } = refusal.data;
        return { title: t`This batch of ${name} cannot be sold`, next: t`Take it off the shelf.` };
      }
      case 'NOT_FOUND':
        return {
          title: t`It is no longer there`,
          next: t`The sale was changed meanwhile. Nothing was done.`,
        };
      case 'NOT_SIGNED_IN':
        return { title: t`Nobody is signed in`, next: t`Sign in again; the sale is kept.` };
      case 'NOT_ENROLLED':
        return { title: t`This till belongs to no store yet`, next: t`Join it to HQ first.` };
      case 'STORAGE':
        return refusal.data.reason === 'disk-full'
          ? {
              title: t`The disk of this till is full`,
              next: t`Nothing was changed. Free some space, then again.`,
            }
          : {
              title: t`The disk of this till does not answer`,
              next: t`Nothing was changed. Call for support.`,
            };
      case 'ACCOUNT_NEEDS_CUSTOMER':
        return {
          title: t`Nobody to charge`,
          next: t`Nothing was charged. F3 in the sale chooses the customer.`,
        };
      case 'ACCOUNT_LIMIT': {
        const { limitMinor, balanceMinor } = refusal.data;
        const owed = format.money(balanceMinor);
        const limit = format.money(limitMinor);
        return {
          title: t`More than the account may owe`,
          next: t`Nothing was charged. Owed ${owed} of ${limit}; take the rest otherwise, or a manager agrees.`,
        };
      }
      case 'VOUCHER_NEEDS_CODE':
        return { title: t`The voucher’s code is missing`, next: t`Nothing was charged. Scan or type it.` };
      case 'VOUCHER_BALANCE': {
        const left = format.money(Math.max(0, refusal.data.balanceMinor));
        return {
          title: t`The voucher is worth ${left}`,
          next: t`Nothing was charged. Take the rest otherwise.`,
        };
      }
      case 'VOUCHER_UNKNOWN':
        return {
          title: t`This voucher is not known here`,
          next: t`Nothing was charged. It may be another store’s, or issued while the line was down.`,
        };
      case 'CARD_UNSETTLED': {
        const amount = format.money(refusal.data.amountMinor);
        return {
          title: t`A card payment of ${amount} is not settled`,
          next: t`Nothing was charged. Alt+2 shows it: settle it before the same amount is charged again.`,
        };
      }
      case 'CARD_REFUSED': {
        const because = refusal.data.reason ?? '';
        return {
          title: t`The terminal gave nothing back`,
          next: t`The money is still with the store: try again, or give it back by hand. ${because}`,
        };
      }
      case 'REFUND_ELSEWHERE': {
        const { tillName } = refusal.data;
        return {
          title: t`${tillName} is giving money of this sale back`,
          next: t`Nothing was done. It is settled there first; with the number of a slip it was given back by hand here.`,
        };
      }
      case 'REFUND_GIVEN': {
        const given = format.money(refusal.data.givenMinor);
        return {
          title: t`${given} went back to the card already`,
          next: t`Nothing was done. Take back goods for at least that much, or pay the exchange as it was.`,
        };
      }
      case 'CARD_NOT_TAKEN':
        return {
          title: t`The terminal did not take this card payment`,
          next: t`Another sale has it, or it was given back. Nothing was charged.`,
        };
      case 'FOREIGN_RATE': {
        const { currency } = refusal.data;
        return {
          title: t`The rate of ${currency} has changed`,
          next: t`Nothing was charged. Take the amount back with Del and type it again.`,
        };
      }
      case 'NO_TERMINAL':
        return {
          title: t`This counter has no card terminal`,
          next: t`Nothing was charged. Charge it by hand and type the number of the slip.`,
        };
      case 'EMPTY_CART':
        return { title: t`There is nothing to pay`, next: t`Esc goes back to the sale.` };
      case 'TOTAL_CHANGED':
        return {
          title: t`The total has changed`,
          next: t`A price or a batch changed meanwhile. Nothing was charged: look at the new total, then take it.`,
        };
      case 'UNDERPAID':
        return { title: t`That is not enough`, next: t`Nothing was charged. Take the rest, too.` };
      case 'EXCHANGE_CHANGED':
        return {
          title: t`The exchange is worth another amount now`,
          next: t`Another counter took something back meanwhile. Nothing was charged: go back and look at it.`,
        };
      case 'OVERPAID':
        return { title: t`That is too much`, next: t`Change is given on cash alone. Nothing was charged.` };
      case 'PRESCRIPTION_REQUIRED':
        return {
          title: t`A prescription is missing`,
          next: t`Nothing was charged. Esc goes back; Del there takes the line out.`,
        };
      case 'PHARMACIST_REQUIRED':
        return { title: t`A pharmacist must agree`, next: t`Nothing was charged yet.` };
      case 'WRONG_PIN':
        return { title: t`That PIN is wrong`, next: t`Nothing was charged yet.` };
      case 'NO_PIN':
        return { title: t`No PIN is set for this person`, next: t`Nothing was charged yet. HQ sets one.` };
      case 'LOCKED':
        return { title: t`Too many wrong PINs`, next: t`Nothing was charged yet.` };
      case 'UNREACHABLE':
        return {
          title: t`The till did not answer`,
          next: t`It may have been done or not: look at the sale.`,
        };
      case 'UNEXPECTED':
        return { title: t`The till could not do this`, next: t`It wrote down why. Nothing was changed.` };
    }
  };
}

/** `gtin:03400936403114` as it is read off the pack. */
const withoutScheme = (code: string) => code.replace(/^\w+:/, '');

/** Why a code cannot be what it claims to be: the parser's reasons in the words of a counter. */
function useCodeWords(): (reason: string) => Words {
  const { t } = useLingui();
  const again = t`Nothing was added. Scan again, or type the number under the bars.`;
  return (reason) => {
    switch (reason) {
      case 'bad-check-digit':
        return { title: t`One digit of this code is wrong`, next: again };
      case 'bad-date':
        return {
          title: t`The date in this code does not exist`,
          next: t`Nothing was added. Look at the box; add it by name and batch.`,
        };
      case 'bad-length':
      case 'truncated-element':
      case 'empty-element':
        return { title: t`This code is not complete`, next: again };
      case 'element-too-long':
      case 'too-long':
        return { title: t`This code is longer than it may be`, next: again };
      case 'label-not-sellable':
      case 'weighed-label':
        return {
          title: t`This scale label cannot be sold from`,
          next: t`Nothing was added. Find the article by its name.`,
        };
      case 'unsupported-symbology':
        return {
          title: t`This kind of symbol is not on packs`,
          next: t`Nothing was added. Scan the other one.`,
        };
      case 'empty-batch-code':
      case 'batch-code-too-long':
      case 'bad-batch-code':
        return { title: t`That is no batch code`, next: t`Nothing was added. Type it as it is printed.` };
      default:
        return { title: t`This code cannot be read`, next: again };
    }
  };
}
