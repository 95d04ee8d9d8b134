import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, inPlace, inPlaceErrors, storeView, tillErrors } from '#shared/auth/calls.ts';
import { accountCalls, ledgerErrors } from './calls-accounts.ts';
import { cardCalls, cardErrors, cardRefundErrors } from './calls-cards.ts';
import { addErrors, cartChanged, cartView, toWeighErrors } from './calls-cart.ts';
import { discountCalls } from './calls-discounts.ts';
import { displayCalls } from './calls-display.ts';
import { foreignCashCalls, foreignErrors, foreignGiven } from './calls-foreign-cash.ts';
import { heldCalls } from './calls-held.ts';
import { invoiceCalls } from './calls-invoices.ts';
import { offerHqCalls } from './calls-offers-hq.ts';
import { priceCheckCalls } from './calls-price-check.ts';
import { receiptDesignCalls } from './calls-receipt-design.ts';
import { receiptFileCalls } from './calls-receipt-files.ts';
import { returnCalls } from './calls-returns.ts';
import { saleFacts } from './calls-sale-facts.ts';
import { scaleCalls } from './calls-scale.ts';
import { secondRefundCalls, secondRefundHqCalls } from './calls-second-refunds.ts';
import { shiftCalls } from './calls-shift.ts';
import { shiftHqCalls } from './calls-shifts-hq.ts';
import { customerHit, customerInput, customerView } from './customer-views.ts';
import { tenderKinds } from './tender-kinds.ts';

const plainDate = z.iso.date();
const rate = z.array(z.int());

const tenderInput = z.object({
  kind: z.enum(tenderKinds),
  amountMinor: z.int().nonnegative(),
  reference: z.string().max(64).optional(),
  /** The attempt at the card terminal that took it; its reference is the terminal's. */
  attemptId: z.string().max(64).optional(),
  /** Cash in another currency; `amountMinor` is what it is worth. */
  foreign: foreignGiven.optional(),
});

export const saleView = z.object({
  saleId: z.string(),
  receiptNo: z.string(),
  at: z.int(),
  businessDate: plainDate,
  cashierName: z.string(),
  lineCount: z.int(),
  totalMinor: z.int(),
  cashRoundingMinor: z.int(),
  changeMinor: z.int(),
  tenders: z.array(z.object({ kind: z.enum(tenderKinds), amountMinor: z.int() })),
  place: z.enum(['on-disk', 'at-hq', 'refused']),
});
export type SaleView = z.infer<typeof saleView>;

export const printJobView = z.object({
  id: z.string(),
  saleId: z.string(),
  /** A `report` is an X or Z; `saleId` is then its shift or its close. */
  kind: z.enum(['receipt', 'copy', 'report']),
  state: z.enum(['waiting', 'printing', 'printed', 'failed', 'unknown']),
  error: z.string().nullable(),
  printer: z.string(),
  /** The printer that should have had it, and why it went to the second one instead. */
  first: z.object({ printer: z.string(), reason: z.string() }).nullable(),
});
export type PrintJobView = z.infer<typeof printJobView>;

/** Totals of one store or till and business date. Everything in minor units. */
export const dayTotals = z.object({
  businessDate: plainDate,
  sales: z.int(),
  totalMinor: z.int(),
  netMinor: z.int(),
  taxMinor: z.int(),
  discountMinor: z.int(),
  cashRoundingMinor: z.int(),
  /** Returns and what they gave back: taken off every figure but `discountMinor` already. */
  returns: z.int(),
  returnsMinor: z.int(),
  taxes: z.array(z.object({ taxPct3: rate, baseMinor: z.int(), taxMinor: z.int() })),
  /** Cash is net of change. */
  tenders: z.array(z.object({ kind: z.enum(tenderKinds), amountMinor: z.int() })),
});
export type DayTotals = z.infer<typeof dayTotals>;

/** Packs, or loose base units of a pack that may be broken. */
const quantity = z.union([z.object({ packs: z.int() }), z.object({ base: z.int() })]);

/** Why a customer cannot be read here. `KEY_MISSING`: the row has come and its key has not; HQ has to be reached once. */
const customerErrors = { ...tillErrors, NOT_FOUND: {}, ERASED: {}, KEY_MISSING: {} } as const;

/** Customers at a till; what is personal leaves it enciphered only. */
const customers = {
  /** By name or phone number, best first; with nothing typed the newest. `unreadable`: whose keys have not come yet. */
  find: oc
    .input(z.object({ text: z.string().max(120), limit: z.int().min(1).max(50).default(20) }))
    .output(z.object({ hits: z.array(customerHit), more: z.boolean(), unreadable: z.int() }))
    .errors(tillErrors),
  get: oc
    .input(z.object({ customerId: z.string() }))
    .output(customerView)
    .errors(customerErrors),
  create: oc
    .input(
      z.object({
        commandId,
        customer: customerInput,
        /** The person has seen who looks the same, and adds this one all the same. */
        anyway: z.boolean().default(false),
      }),
    )
    .output(z.object({ customerId: z.string() }))
    .errors({ ...tillErrors, LOOKS_SAME: { data: z.object({ hits: z.array(customerHit) }) } }),
  edit: oc
    .input(z.object({ commandId, customerId: z.string(), customer: customerInput }))
    .output(z.object({ customerId: z.string() }))
    .errors(customerErrors),
  /** Who looks the same as this one. */
  alike: oc
    .input(z.object({ customerId: z.string() }))
    .output(z.object({ hits: z.array(customerHit) }))
    .errors(customerErrors),
  /** One customer entered twice: from now on the first is the second, with what the first owes. */
  merge: oc
    .input(z.object({ commandId, customerId: z.string(), intoId: z.string() }))
    .output(z.object({ customerId: z.string() }))
    .errors({ ...customerErrors, SAME: {} }),
  /** For ever, everywhere: at this till at once, elsewhere as the fact arrives. */
  erase: oc
    .input(
      z.object({
        commandId,
        customerId: z.string(),
        reason: z.enum(['asked', 'consent-withdrawn', 'no-longer-needed']),
      }),
    )
    .output(z.object({ customerId: z.string() }))
    .errors({
      ...tillErrors,
      NOT_FOUND: {},
      ERASED: {},
      /** A law keeps the data until then. */
      HELD: { data: z.object({ rule: z.string(), until: z.iso.date() }) },
    }),
};

export const salesTillCalls = {
  ...accountCalls,
  ...cardCalls,
  ...foreignCashCalls,
  ...discountCalls,
  ...heldCalls,
  ...priceCheckCalls,
  ...invoiceCalls,
  ...scaleCalls,
  ...returnCalls,
  ...secondRefundCalls,
  ...displayCalls,
  ...receiptDesignCalls,
  ...receiptFileCalls,
  customers,
  shift: shiftCalls,
  cart: oc.output(eventIterator(cartView)).errors(tillErrors),
  scan: oc
    .input(
      z.object({
        commandId,
        code: z.string().max(4096),
        packs: z.int().default(1),
        /** Instead of packs: what was weighed of it. */
        base: z.int().optional(),
      }),
    )
    .output(cartChanged)
    .errors({ ...addErrors, ...toWeighErrors }),
  add: oc
    .input(z.object({ commandId, packId: z.string(), quantity, batchId: z.string().optional() }))
    .output(cartChanged)
    .errors({ ...addErrors, ...toWeighErrors }),
  /** Sells what is in the customer's hand when the books have none: the batch goes negative and shows as a discrepancy. */
  addUnlisted: oc
    .input(
      z.object({
        commandId,
        packId: z.string(),
        quantity,
        batchCode: z.string().min(1).max(40),
        expiresOn: plainDate,
      }),
    )
    .output(cartChanged)
    .errors(addErrors),
  setQuantity: oc
    .input(z.object({ commandId, lineId: z.string(), quantity }))
    .output(cartChanged)
    .errors(addErrors),
  /** Another pack in a line's place: a substitute. */
  swapPack: oc
    .input(z.object({ commandId, lineId: z.string(), packId: z.string(), quantity }))
    .output(cartChanged)
    .errors(addErrors),
  removeLine: oc
    .input(z.object({ commandId, lineId: z.string() }))
    .output(cartChanged)
    .errors(addErrors),
  undo: oc.input(z.object({ commandId })).output(cartChanged).errors(tillErrors),
  clear: oc.input(z.object({ commandId })).output(cartChanged).errors(tillErrors),
  pay: oc
    .input(
      z.object({
        commandId,
        /** What the person paying was shown; a different total is refused, never charged. */
        totalMinor: z.int(),
        tenders: z.array(tenderInput).max(20),
        /** Where the store's setting lets a pharmacist's PIN stand for a prescription. */
        pharmacist: inPlace.optional(),
        /** A colleague agrees to go over a limit: of an account, or for vouchers not known here. */
        agreed: inPlace.optional(),
      }),
    )
    .output(saleView.extend({ printJobId: z.string() }))
    .errors({
      ...addErrors,
      EMPTY_CART: {},
      TOTAL_CHANGED: { data: z.object({ totalMinor: z.int() }) },
      UNDERPAID: { data: z.object({ leftMinor: z.int() }) },
      ...ledgerErrors,
      ...cardErrors,
      ...cardRefundErrors,
      ...foreignErrors,
      /** Goods that came back pay another amount than was said; 0: nothing waits to pay this sale. */
      EXCHANGE_CHANGED: { data: z.object({ worthMinor: z.int() }) },
      OVERPAID: { data: z.object({ overMinor: z.int() }) },
      PRESCRIPTION_REQUIRED: { data: z.object({ lineIds: z.array(z.string()) }) },
      PRICE_TO_TYPE: { data: z.object({ lineIds: z.array(z.string()) }) },
      PHARMACIST_REQUIRED: { data: z.object({ lineIds: z.array(z.string()) }) },
      ...inPlaceErrors,
    }),
  sales: oc
    .input(z.object({ limit: z.int().min(1).max(500).default(50) }))
    .output(z.array(saleView))
    .errors(tillErrors),
  /** The receipt as the printer would draw it: an SVG read back out of the very bytes sent. */
  receiptPreview: oc
    .input(z.object({ saleId: z.string() }))
    .output(z.object({ svg: z.string(), text: z.string() }))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
  reprint: oc
    .input(z.object({ commandId, saleId: z.string() }))
    .output(z.object({ printJobId: z.string() }))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
  printJobs: oc.output(eventIterator(z.array(printJobView))).errors(tillErrors),
  /** This till's own figures, as HQ must have them. */
  dayTotals: oc
    .input(z.object({ businessDate: plainDate.optional() }))
    .output(z.array(dayTotals))
    .errors(tillErrors),
};

const saleRow = z.object({
  saleId: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  tillName: z.string(),
  receiptNo: z.string(),
  at: z.int(),
  businessDate: plainDate,
  cashierName: z.string(),
  lineCount: z.int(),
  totalMinor: z.int(),
  currency: z.string(),
  tenders: z.array(z.object({ kind: z.enum(tenderKinds), amountMinor: z.int() })),
});
export type SaleRow = z.infer<typeof saleRow>;

export const salesHqCalls = {
  ...offerHqCalls,
  ...shiftHqCalls,
  ...secondRefundHqCalls,
  list: oc
    .input(
      z.object({
        storeId: z.string().optional(),
        businessDate: plainDate.optional(),
        before: z.string().optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ rows: z.array(saleRow), more: z.boolean() })),
  /** New sales as they arrive, the latest first in each event. */
  watch: oc.output(eventIterator(z.array(saleRow))),
  get: oc
    .input(z.object({ saleId: z.string() }))
    .output(
      saleRow.extend({
        store: storeView.extend({
          addressLines: z.array(z.string()),
          licence: z.string(),
          taxNumber: z.string(),
          receiptFooter: z.string(),
        }),
        taxMode: z.enum(['inclusive', 'exclusive']),
        discountMinor: z.int(),
        taxMinor: z.int(),
        cashRoundingMinor: z.int(),
        changeMinor: z.int(),
        ...saleFacts,
        /** The receipt's square code, drawn: an SVG. */
        codeSvg: z.string(),
        /** When HQ took it in; null when the log no longer says. */
        arrivedAt: z.int().nullable(),
        /** The changeset that brought it: who made it, and the number HQ gave it in the store's scope. */
        path: z
          .object({
            device: z.string(),
            inc: z.int(),
            dseq: z.int(),
            seq: z.int(),
            hash: z.string(),
            prevHash: z.string(),
            verdict: z.enum(['accepted', 'flagged', 'refused']),
          })
          .nullable(),
        lines: z.array(
          z.object({
            lineNo: z.int(),
            name: z.string(),
            qtyBase: z.int(),
            packSize: z.int(),
            baseUnit: z.string(),
            /** It reads as a weight (weighed-sale.ts). */
            weighed: z.boolean(),
            packPriceMinor: z.int(),
            grossMinor: z.int(),
            /** Line and cart discount together; then each, as the receipt has them. */
            discountMinor: z.int(),
            lineDiscountMinor: z.int(),
            cartDiscountMinor: z.int(),
            amountMinor: z.int(),
            taxMinor: z.int(),
            taxPct3: rate,
            batches: z.array(z.object({ code: z.string(), expiresOn: plainDate, qtyBase: z.int() })),
          }),
        ),
        taxes: z.array(
          z.object({
            taxPct3: rate,
            baseMinor: z.int(),
            taxMinor: z.int(),
            componentsMinor: z.array(z.int()),
          }),
        ),
      }),
    )
    .errors({ NOT_FOUND: {} }),
};
