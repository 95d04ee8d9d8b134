import { z } from 'zod';
import { type PlainDate, plainDate } from '#shared/kernel/calendar.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { minuteOfDay } from '#shared/kernel/zone.ts';
import { type Cart, type CartError, headOf } from '#shared/sales/cart.ts';
import {
  type CartDay,
  type PricedCart,
  type PricedPack,
  type PricingError,
  priceCart,
} from '#shared/sales/cart-pricing.ts';
import type { OfferRule } from '#shared/sales/offer-rule.ts';
import { isRunning, type OfferTerms, type RunningOffer } from '#shared/sales/offers.ts';
import { latestOn, priceOnList } from '#shared/sales/pricing.ts';
import type { Counter, Today } from '../counter.ts';
import { pointsOf } from './loyalty-ledger.ts';

/** A customer's standing with this store; nothing special where there is no account. */
export type Standing = { readonly priceListId: string | null; readonly taxExemption: string | null };

export type CartPricer = ReturnType<typeof createCartPricer>;

/** Prices the sale in progress for whom it is: their list and exemption, the offers of the hour, the coupons taken. */
export function createCartPricer(counter: Counter) {
  const { db, storeId } = counter;
  const offers = db.prepare<[string], OfferRow>(
    `SELECT id AS offerId, name, rule, valid_from AS validFrom, valid_to AS validTo, from_minute AS fromMinute,
            to_minute AS toMinute, coupon_code AS couponCode, active
     FROM offer WHERE (store_id IS NULL OR store_id = ?) AND active AND NOT deleted ORDER BY id`,
  );
  const account = db.prepare<[string, string], Standing>(
    `SELECT price_list_id AS priceListId, tax_exemption AS taxExemption FROM account
     WHERE store_id = ? AND customer_id = ? AND active AND NOT deleted`,
  );
  const list = db
    .prepare<[string], number>(`SELECT rate_pct3 FROM price_list WHERE id = ? AND active AND NOT deleted`)
    .pluck();
  const listPrices = db.prepare<[string, string], ListPriceRow>(
    `SELECT id, price_minor AS priceMinor, valid_from AS validFrom,
            coalesce(stamps ->> '$.price', stamps ->> '$."*"', '') AS rank
     FROM list_price WHERE list_id = ? AND pack_id = ? AND NOT deleted`,
  );

  const standingOf = (customerId: string | undefined): Standing =>
    (customerId === undefined ? undefined : account.get(storeId, customerId)) ?? noStanding;

  /** The price on a customer's list, else the usual one less the list's rate. */
  function onList(pack: PricedPack, listId: string, on: PlainDate): PricedPack {
    const ratePct3 = list.get(listId);
    if (ratePct3 === undefined) return pack;
    const dated = listPrices
      .all(listId, pack.packId)
      .map((p) => ({ ...p, validFrom: plainDate(p.validFrom) }));
    const listedMinor = latestOn(dated, on)?.priceMinor ?? null;
    const { priceMinor: usualMinor, discountAllowed } = pack;
    return { ...pack, priceMinor: priceOnList({ usualMinor, discountAllowed }, { listedMinor, ratePct3 }) };
  }

  function pointsFor(customerId: string | undefined): CartDay['points'] {
    const terms = counter.setting('sales.loyalty');
    return customerId !== undefined && terms.enabled
      ? { balance: pointsOf(counter, customerId), terms }
      : null;
  }

  /** The offers that hold now, with these coupons. */
  function holding(coupons: readonly string[], today: Today): OfferRow[] {
    const rows = offers.all(storeId);
    if (rows.length === 0) return rows;
    const moment = { date: today.business, minute: minuteOfDay(today.nowMs, counter.shop().zone), coupons };
    return rows.filter((row) => isRunning({ ...row, active: row.active === 1 }, moment));
  }

  const running = (coupons: readonly string[], today: Today): RunningOffer[] =>
    holding(coupons, today).map(({ offerId, name, rule }) => ({
      ...{ offerId, name },
      rule: offerRule.parse(JSON.parse(rule)),
    }));

  /** A pack at the price that this customer pays; null where there is none. */
  function packFor(packId: string, priceListId: string | null, today: Today): PricedPack | null {
    const pack = counter.packs.find(packId, today.business);
    return pack && priceListId !== null ? onList(pack, priceListId, today.business) : pack;
  }

  return {
    standingOf,
    packFor,

    /** Whether some offer of now asks for this coupon. */
    isCoupon: (code: string, today: Today): boolean =>
      holding([code], today).some(({ couponCode }) => couponCode !== null),

    /** More money than a sale can hold comes of a quantity somebody mistyped. */
    price(cart: Cart, today: Today): Result<PricedCart, PricingError | CartError> {
      const { customerId, coupons = [] } = headOf(cart);
      const { priceListId, taxExemption } = standingOf(customerId);
      const { minShelfLifeDays, taxMode } = counter.shop();
      const priced = priceCart(
        cart,
        {
          pack: (packId) => packFor(packId, priceListId, today),
          batches: counter.batches.ofPack,
          status: counter.batches.status,
          offers: running(coupons, today),
        },
        { on: today.date, minShelfLifeDays, taxMode, taxExemption, points: pointsFor(customerId) },
      );
      return priced.ok || priced.error.code !== 'TOO_LARGE'
        ? priced
        : err({ code: 'BAD_QUANTITY', reason: 'too-many' });
    },
  };
}

const noStanding: Standing = { priceListId: null, taxExemption: null };

type OfferRow = Omit<OfferTerms, 'active'> & {
  readonly offerId: string;
  readonly name: string;
  readonly rule: string;
  readonly active: number;
};
type ListPriceRow = {
  readonly id: string;
  readonly priceMinor: number;
  readonly validFrom: string;
  readonly rank: string;
};

const packIds = z.array(z.string());
const offerRule: z.ZodType<OfferRule> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), packIds, ratePct3: z.int() }),
  z.object({ kind: z.literal('amount'), packIds, minor: z.int() }),
  z.object({ kind: z.literal('bundle'), packIds, take: z.int(), pay: z.int() }),
  z.object({ kind: z.literal('fixed'), packIds, take: z.int(), priceMinor: z.int() }),
]);
