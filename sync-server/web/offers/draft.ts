import type { OfferDraft } from '#shared/sales/offer-check.ts';
import type { OfferRule } from '#shared/sales/offer-rule.ts';
import type { OfferPack } from './offer-words.ts';
import { typedFigure, typedMinute } from './typed-figure.ts';

/** An offer as it is typed, field by field. */
export interface TypedOffer {
  readonly name: string;
  readonly kind: OfferRule['kind'];
  readonly rate: string;
  readonly amount: string;
  readonly take: string;
  readonly pay: string;
  readonly packs: readonly OfferPack[];
  /** '' is every store. */
  readonly storeId: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly from: string;
  readonly to: string;
  readonly coupon: string;
}

/** Before anything is typed: a percentage off, in every store, today. */
export const emptyOffer = (today: string): TypedOffer => ({
  ...{ name: '', kind: 'percent', rate: '', amount: '', take: '3', pay: '2', packs: [], storeId: '' },
  ...{ validFrom: today, validTo: today, from: '', to: '', coupon: '' },
});

/** The offer that was typed. What is no figure is 0, which the rules refuse. */
export function draftOf(typed: TypedOffer, digits: number): OfferDraft {
  return {
    storeId: typed.storeId || null,
    rule: ruleOf(typed, digits),
    ...{ validFrom: typed.validFrom, validTo: typed.validTo },
    ...{ fromMinute: typedMinute(typed.from), toMinute: typedMinute(typed.to) },
    couponCode: typed.coupon.trim() || null,
  };
}

function ruleOf(typed: TypedOffer, digits: number): OfferRule {
  const packIds = typed.packs.map(({ packId }) => packId);
  const minor = typedFigure(typed.amount, digits) ?? 0;
  const take = typedFigure(typed.take, 0) ?? 0;
  switch (typed.kind) {
    case 'percent':
      return { kind: 'percent', packIds, ratePct3: typedFigure(typed.rate, 3) ?? 0 };
    case 'amount':
      return { kind: 'amount', packIds, minor };
    case 'bundle':
      return { kind: 'bundle', packIds, take, pay: typedFigure(typed.pay, 0) ?? 0 };
    case 'fixed':
      return { kind: 'fixed', packIds, take, priceMinor: minor };
  }
}
