import { FULL_PCT3 } from '#shared/kernel/money.ts';
import type { OfferRule } from './offer-rule.ts';
import { normalCoupon, type OfferTerms } from './offers.ts';

/** An offer as somebody at HQ words it, before it is one. A store of null is every store. */
export type OfferDraft = Omit<OfferTerms, 'active'> & {
  readonly storeId: string | null;
  readonly rule: OfferRule;
};

/** What keeps an offer from being one; each is about one field of it. */
export const offerProblems = [
  'NO_PACKS',
  'BAD_RATE',
  'BAD_AMOUNT',
  'BAD_TAKE',
  'BAD_PAY',
  'BAD_DATES',
  'OVER',
  'BAD_HOURS',
  'BAD_COUPON',
] as const;
export type OfferProblem = (typeof offerProblems)[number];

const MINUTES_OF_DAY = 24 * 60;

/** All that is wrong with an offer made on a business date; none: it may be made. */
export function checkOffer(draft: OfferDraft, today: string): readonly OfferProblem[] {
  return [...ruleProblems(draft.rule), ...termProblems(draft, today)];
}

function ruleProblems(rule: OfferRule): readonly OfferProblem[] {
  const problems: OfferProblem[] = rule.packIds.length === 0 ? ['NO_PACKS'] : [];
  switch (rule.kind) {
    case 'percent':
      if (rule.ratePct3 <= 0 || rule.ratePct3 > FULL_PCT3) problems.push('BAD_RATE');
      break;
    case 'amount':
      if (rule.minor <= 0) problems.push('BAD_AMOUNT');
      break;
    case 'bundle':
      if (rule.take < 2) problems.push('BAD_TAKE');
      // Nothing paid is a gift, and all paid is no offer.
      if (rule.pay < 1 || rule.pay >= rule.take) problems.push('BAD_PAY');
      break;
    case 'fixed':
      if (rule.take < 1) problems.push('BAD_TAKE');
      if (rule.priceMinor <= 0) problems.push('BAD_AMOUNT');
      break;
  }
  return problems;
}

function termProblems(draft: OfferDraft, today: string): readonly OfferProblem[] {
  const { validFrom, validTo, couponCode } = draft;
  const from = draft.fromMinute ?? 0;
  const to = draft.toMinute ?? MINUTES_OF_DAY;
  const problems: OfferProblem[] = [];
  if (validTo < validFrom) problems.push('BAD_DATES');
  else if (validTo < today) problems.push('OVER');
  if (from < 0 || to > MINUTES_OF_DAY || from >= to) problems.push('BAD_HOURS');
  if (couponCode !== null && !/^[A-Z0-9-]{3,24}$/.test(normalCoupon(couponCode))) problems.push('BAD_COUPON');
  return problems;
}

/** Where an offer stands on a business date: to come, on, past its last day, or ended before it by somebody. */
export function offerState(
  { validFrom, validTo, active }: Pick<OfferTerms, 'validFrom' | 'validTo' | 'active'>,
  today: string,
): 'planned' | 'running' | 'over' | 'ended' {
  if (!active) return 'ended';
  if (today > validTo) return 'over';
  return today < validFrom ? 'planned' : 'running';
}

type Reach = Pick<OfferDraft, 'storeId' | 'validFrom' | 'validTo' | 'couponCode'>;

/** Whether two offers ask for one coupon on some day in some store: a cashier could not tell which is meant. */
export function sameCoupon(a: Reach, b: Reach): boolean {
  if (a.couponCode === null || b.couponCode === null) return false;
  return (
    normalCoupon(a.couponCode) === normalCoupon(b.couponCode) &&
    (a.storeId === null || b.storeId === null || a.storeId === b.storeId) &&
    a.validFrom <= b.validTo &&
    b.validFrom <= a.validTo
  );
}
