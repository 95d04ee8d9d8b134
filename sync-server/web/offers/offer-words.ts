import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { OfferProblem } from '#shared/sales/offer-check.ts';
import type { OfferRule } from '#shared/sales/offer-rule.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { minuteText } from './typed-figure.ts';

type Offer = Hq['sales']['offers']['rows'][number];
export type OfferPack = Offer['packs'][number];

/** An offer as it can be put in a sentence: its packs and its store by name. */
export type SpokenOffer = Pick<
  Offer,
  'validFrom' | 'validTo' | 'fromMinute' | 'toMinute' | 'couponCode' | 'storeName'
> & { readonly rule: OfferRule; readonly packs: readonly OfferPack[] };

export interface OfferWords {
  /** What is given on what: `10 % off each pack of Dolomyl, box of 16`. */
  readonly gift: (offer: Pick<SpokenOffer, 'rule' | 'packs'>) => string;
  /** All of it, as a cashier would tell it to a customer. */
  readonly sentence: (offer: SpokenOffer) => string;
}

/** Offers in the reader's words. */
export function useOfferWords(): OfferWords {
  const { t } = useLingui();
  const format = useFormat();
  const what = (packs: readonly OfferPack[]): string => {
    const [first, ...others] = packs;
    if (!first) return t`…`;
    const name = `${first.brand}, ${first.label}`;
    const more = others.length;
    return more === 0 ? name : t`${name} and ${plural(more, { one: '# other', other: '# others' })}`;
  };
  const gift: OfferWords['gift'] = ({ rule, packs }) => {
    const named = what(packs);
    switch (rule.kind) {
      case 'percent': {
        const rate = format.rate(rule.ratePct3);
        return t`${rate} off each pack of ${named}`;
      }
      case 'amount': {
        const sum = format.money(rule.minor);
        return t`${sum} off each pack of ${named}`;
      }
      case 'bundle': {
        const { take, pay } = rule;
        return t`${take} for ${pay}, in any mix, of ${named}: the cheapest are free`;
      }
      case 'fixed': {
        const { take } = rule;
        const sum = format.money(rule.priceMinor);
        return t`${take} for ${sum}, in any mix, of ${named}`;
      }
    }
  };
  const when = ({ validFrom, validTo, fromMinute, toMinute }: SpokenOffer): string => {
    const [first, last] = [format.date(validFrom), format.date(validTo)];
    const days = validFrom === validTo ? t`on ${first}` : t`from ${first} to ${last}`;
    if (fromMinute === null && toMinute === null) return days;
    const [start, end] = [minuteText(fromMinute ?? 0), minuteText(toMinute ?? 24 * 60)];
    return t`${days}, ${start} to ${end}`;
  };
  return {
    gift,
    sentence: (offer) => {
      const { storeName, couponCode } = offer;
      const parts = [
        gift(offer),
        storeName === null ? t`in every store` : t`in ${storeName}`,
        when(offer),
        ...(couponCode === null ? [] : [t`with coupon ${couponCode}`]),
      ];
      return parts.reduce((before, part) => t`${before}, ${part}`);
    },
  };
}

/** What is wrong with an offer, for the field it is about. */
export function useProblemWords(): (problem: OfferProblem) => string {
  const { t } = useLingui();
  const words: Readonly<Record<OfferProblem, string>> = {
    NO_PACKS: t`Choose at least one pack`,
    BAD_RATE: t`More than 0 and at most 100 %`,
    BAD_AMOUNT: t`An amount above 0`,
    BAD_TAKE: t`How many go together`,
    BAD_PAY: t`Fewer than are taken, and at least 1`,
    BAD_DATES: t`The last day is before the first`,
    OVER: t`The last day has passed`,
    BAD_HOURS: t`The end is before the start`,
    BAD_COUPON: t`3 to 24 letters, digits or hyphens`,
  };
  return (problem) => words[problem];
}
