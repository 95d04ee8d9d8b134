import { oc } from '@orpc/contract';
import { z } from 'zod';
import { offerProblems } from './offer-check.ts';

const plainDate = z.iso.date();
const minor = z.int().min(0).max(1_000_000_000);
const packIds = z.array(z.string()).max(500);
const offerRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), packIds, ratePct3: z.int().max(100_000) }),
  z.object({ kind: z.literal('amount'), packIds, minor }),
  z.object({ kind: z.literal('bundle'), packIds, take: z.int().max(100), pay: z.int().max(100) }),
  z.object({ kind: z.literal('fixed'), packIds, take: z.int().max(100), priceMinor: minor }),
]);

const offerInput = z.object({
  /** Null: every store. */
  storeId: z.string().nullable(),
  name: z.string().trim().min(1).max(80),
  rule: offerRule,
  /** Business dates, both included. */
  validFrom: plainDate,
  validTo: plainDate,
  /** Minutes of the store's day, the end not included; null: all day. */
  fromMinute: z.int().min(0).max(1440).nullable(),
  toMinute: z.int().min(0).max(1440).nullable(),
  couponCode: z.string().trim().max(40).nullable(),
});

const namedPack = z.object({ packId: z.string(), brand: z.string(), label: z.string() });

const priceListInput = z.object({
  id: z.string().optional(),
  name: z.string().trim().min(1).max(80),
  /** What packs cost less that are not on the list; thousandths of a percent. */
  ratePct3: z.int().min(0).max(100_000),
  active: z.boolean(),
});

/** Offers and price lists, as HQ makes them for the tills. */
export const offerHqCalls = {
  /** The latest to begin first; `today` is the business date that `state` goes by. */
  offers: oc.output(
    z.object({
      today: plainDate,
      rows: z.array(
        offerInput.extend({
          offerId: z.string(),
          storeName: z.string().nullable(),
          /** Those of its packs that the catalogue has. */
          packs: z.array(namedPack),
          state: z.enum(['planned', 'running', 'over', 'ended']),
        }),
      ),
    }),
  ),
  makeOffer: oc
    .input(offerInput)
    .output(z.object({ id: z.string() }))
    .errors({
      BAD_OFFER: { data: z.object({ problems: z.array(z.enum(offerProblems)) }) },
      /** Another offer asks for this coupon at the same time and place. */
      COUPON_TAKEN: { data: z.object({ name: z.string() }) },
      NOT_FOUND: {},
    }),
  /** Ends an offer before its last day; tills hear of it at their next contact. Ended again, it stays ended. */
  endOffer: oc
    .input(z.object({ offerId: z.string() }))
    .output(z.object({}))
    .errors({ NOT_FOUND: {} }),
  priceLists: oc.output(
    z.array(
      z.object({
        listId: z.string(),
        name: z.string(),
        ratePct3: z.int(),
        active: z.boolean(),
        prices: z.int(),
        /** Customers' accounts that pay by it. */
        accounts: z.int(),
      }),
    ),
  ),
  savePriceList: oc
    .input(priceListInput)
    .output(z.object({ id: z.string() }))
    .errors({ NAME_TAKEN: {}, NOT_FOUND: {} }),
  /** The packs on a list with their prices by date, beside what they cost elsewhere today. */
  listPrices: oc.input(z.object({ listId: z.string() })).output(
    z.array(
      namedPack.extend({
        id: z.string(),
        priceMinor: z.int(),
        validFrom: plainDate,
        usualMinor: z.int().nullable(),
      }),
    ),
  ),
  /** Puts a pack on a list from a day on; a price of the same day is replaced. */
  saveListPrice: oc
    .input(z.object({ listId: z.string(), packId: z.string(), priceMinor: minor, validFrom: plainDate }))
    .output(z.object({ id: z.string() }))
    .errors({ NOT_FOUND: {} }),
  dropListPrice: oc
    .input(z.object({ id: z.string() }))
    .output(z.object({}))
    .errors({ NOT_FOUND: {} }),
};
