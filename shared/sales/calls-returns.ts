import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, inPlace, inPlaceErrors, tillErrors } from '#shared/auth/calls.ts';
import { cardRefundErrors } from './calls-cards.ts';
import { addErrors } from './calls-cart.ts';
import { returnReasons } from './return-reason.ts';
import { returnPlaces } from './tables-returns.ts';
import { tenderKinds } from './tender-kinds.ts';

const place = z.enum(returnPlaces);
const rate = z.array(z.int());
const money = z.object({ kind: z.enum(tenderKinds), amountMinor: z.int() });

const reason = z.enum(returnReasons);
const note = z.string().trim().max(120).default('');

/** `batchId`: the box was scanned. */
const wish = z.object({
  saleLineId: z.string(),
  qtyBase: z.int().min(0).max(1_000_000_000),
  place,
  batchId: z.string().optional(),
});
const wishes = z.array(wish).max(500);

const foundSale = z.object({
  saleId: z.string(),
  receiptNo: z.string(),
  at: z.int(),
  businessDate: z.iso.date(),
  tillName: z.string(),
  cashierName: z.string(),
  totalMinor: z.int(),
  lineCount: z.int(),
  tenders: z.array(money.extend({ reference: z.string().nullable() })),
});

const returnableLine = z.object({
  saleLineId: z.string(),
  packId: z.string(),
  name: z.string(),
  packSize: z.int(),
  baseUnit: z.string(),
  /** Whether loose units of it come back. */
  breakable: z.boolean(),
  soldBase: z.int(),
  /** Over all counters, as known here. */
  backBase: z.int(),
  leftBase: z.int(),
  amountMinor: z.int(),
  batches: z.array(z.object({ batchId: z.string(), code: z.string(), expiresOn: z.iso.date() })),
  places: z.array(place),
  defaultPlace: place,
});
export type ReturnableLineView = z.infer<typeof returnableLine>;

const returnableSale = foundSale.extend({
  /** Whether this till sold it. */
  ownTill: z.boolean(),
  currency: z.string(),
  lines: z.array(returnableLine),
  returnedBefore: z.array(
    z.object({ returnNo: z.string(), at: z.int(), tillName: z.string(), totalMinor: z.int() }),
  ),
});
export type ReturnableSaleView = z.infer<typeof returnableSale>;

/** Money that goes back, as it will stand on the receipt; Σ tenders − total = cash rounding. */
const refund = z.object({
  lines: z.array(z.object({ saleLineId: z.string().nullable(), amountMinor: z.int() })),
  taxes: z.array(z.object({ taxPct3: rate, baseMinor: z.int(), taxMinor: z.int() })),
  taxMinor: z.int(),
  totalMinor: z.int(),
  cashRoundingMinor: z.int(),
  tenders: z.array(money),
  /** Of the card's part, what the terminal will be asked to give back. */
  terminalMinor: z.int(),
});
export type RefundView = z.infer<typeof refund>;

export const madeReturn = z.object({
  returnId: z.string(),
  returnNo: z.string(),
  kind: z.enum(['return', 'void', 'blind']),
  at: z.int(),
  totalMinor: z.int(),
  cashRoundingMinor: z.int(),
  tenders: z.array(money),
  /** Gift cards that were sold with it and pay nothing any more. */
  cancelled: z.array(z.string()).default([]),
  printJobId: z.string(),
});
export type MadeReturnView = z.infer<typeof madeReturn>;

/** A return put aside to pay the next sale: what it is worth, in minor units. Null: there is none. */
const exchangeView = z.object({ exchange: z.object({ saleId: z.string(), worthMinor: z.int() }).nullable() });
export type ExchangeView = z.infer<typeof exchangeView>;

/** Why nothing was taken back. */
const planErrors = {
  ...tillErrors,
  NOT_FOUND: {},
  NOTHING_CHOSEN: {},
  MORE_THAN_SOLD: { data: z.object({ saleLineId: z.string(), leftBase: z.int() }) },
  /** Earlier returns, also another counter's, have given back what was paid but for this. */
  MORE_THAN_PAID: { data: z.object({ leftMinor: z.int() }) },
  /** These goods may not go there. */
  PLACE_FORBIDDEN: { data: z.object({ name: z.string() }) },
  /** A void takes back all of a sale: some of it came back before. */
  RETURNED_BEFORE: {},
  /** A gift card that was sold with it has paid something: what is left of it can be spent. */
  VOUCHER_USED: { data: z.object({ voucher: z.string(), leftMinor: z.int() }) },
} as const;
const makeErrors = {
  ...planErrors,
  ...inPlaceErrors,
  /** The money is another than was shown; nothing was done. */
  TOTAL_CHANGED: { data: z.object({ totalMinor: z.int() }) },
} as const;

const blindLine = z.object({
  packId: z.string(),
  packs: z.int().min(1).max(1_000).default(1),
  /** Instead of packs: the grams of what is sold by weight. */
  base: z.int().min(1).max(1_000_000).optional(),
  /** From the box's code; without it the goods can only be destroyed. */
  batch: z.object({ code: z.string().max(40), expiresOn: z.iso.date() }).optional(),
  place,
});
const blindInput = z.object({ lines: z.array(blindLine).max(100), as: z.enum(['cash', 'voucher']) });
const blindErrors = {
  TOO_LARGE: {},
  /** A gift card goes back by the receipt it was sold with only, and so do loose units that were not weighed. */
  NEEDS_RECEIPT: { data: z.object({ name: z.string() }) },
  NO_PRICE: addErrors.NO_PRICE,
  OVER_CAP: { data: z.object({ capMinor: z.int() }) },
} as const;

/** Goods back and money back. */
export const returnCalls = {
  returns: {
    /** By a receipt's number, its last digits, a day, or what was paid (return-search.ts); the latest first. */
    find: oc
      .input(z.object({ text: z.string().max(200) }))
      .output(z.object({ hits: z.array(foundSale) }))
      .errors(tillErrors),
    sale: oc
      .input(z.object({ saleId: z.string() }))
      .output(returnableSale)
      .errors({ ...tillErrors, NOT_FOUND: {} }),
    /** What a return would give back; writes nothing. */
    quote: oc
      .input(z.object({ saleId: z.string(), lines: wishes }))
      .output(refund)
      .errors({ ...planErrors, ...cardRefundErrors }),
    /**
     * A `void` is the return of all of a sale: a right of its own, or a colleague's PIN in place. Card money that a terminal
     * took is given back by it first, and this waits for it: the return is written when it has. With a slip's number it was
     * given back by hand.
     */
    make: oc
      .input(
        z.object({
          commandId,
          saleId: z.string(),
          kind: z.enum(['return', 'void']),
          lines: wishes,
          /** What the person was shown. */
          totalMinor: z.int(),
          reason,
          note,
          /** The slip of a refund by card or mobile. */
          reference: z.string().trim().max(64).optional(),
          inPlace: inPlace.optional(),
        }),
      )
      .output(madeReturn)
      .errors({ ...makeErrors, ...cardRefundErrors }),
    /** The return whose money an attempt at the card terminal gave back; null where none says so. */
    refundedBy: oc
      .input(z.object({ attemptId: z.string().max(64) }))
      .output(z.object({ made: madeReturn.nullable() }))
      .errors(tillErrors),
    /** What a code on a box stands for, for a return without a receipt. */
    article: oc
      .input(z.object({ code: z.string().max(4096) }))
      .output(
        z.object({
          packId: z.string(),
          name: z.string(),
          packSize: z.int(),
          baseUnit: z.string(),
          /** Sold by weight: its grams are typed. */
          weighed: z.boolean(),
          priceMinor: z.int().nullable(),
          batch: z.object({ code: z.string(), expiresOn: z.iso.date() }).nullable(),
          places: z.array(place),
          defaultPlace: place,
        }),
      )
      .errors({ ...tillErrors, BAD_CODE: addErrors.BAD_CODE, UNKNOWN_CODE: addErrors.UNKNOWN_CODE }),
    quoteBlind: oc
      .input(blindInput)
      .output(refund)
      .errors({ ...planErrors, ...blindErrors }),
    /** No receipt is known here: at today's price, up to the store's cap. */
    makeBlind: oc
      .input(
        blindInput.extend({
          commandId,
          totalMinor: z.int(),
          reason,
          note,
          /** What the paper says, if there is one. */
          saleReceiptNo: z.string().trim().max(40).optional(),
          inPlace: inPlace.optional(),
        }),
      )
      .output(madeReturn)
      .errors({ ...makeErrors, ...blindErrors }),
    /** Puts a return aside: its value pays the next sale, and both are written when that is paid. */
    exchange: oc
      .input(z.object({ saleId: z.string(), lines: wishes, reason, note }))
      .output(exchangeView)
      .errors(planErrors),
    exchangeWaiting: oc.output(exchangeView).errors(tillErrors),
    /** What the return that paid this sale gave back beside it. */
    besideExchange: oc
      .input(z.object({ saleId: z.string() }))
      .output(z.object({ tenders: z.array(money) }))
      .errors(tillErrors),
    dropExchange: oc.output(exchangeView).errors(tillErrors),
    preview: oc
      .input(z.object({ returnId: z.string() }))
      .output(z.object({ svg: z.string(), text: z.string() }))
      .errors({ ...tillErrors, NOT_FOUND: {} }),
    reprint: oc
      .input(z.object({ commandId, returnId: z.string() }))
      .output(z.object({ printJobId: z.string() }))
      .errors({ ...tillErrors, NOT_FOUND: {} }),
  },
};
