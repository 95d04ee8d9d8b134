import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';
import { packWords } from '#shared/catalog/pack-words.ts';

const plainDate = z.iso.date();
const rate = z.array(z.int());

const givenDiscount = z.object({
  discount: z.union([
    z.object({ kind: z.literal('percent'), ratePct3: z.int() }),
    z.object({ kind: z.literal('amount'), minor: z.int() }),
  ]),
  reason: z.string(),
});

const cartLine = packWords.extend({
  lineId: z.string(),
  baseUnit: z.string(),
  breakable: z.boolean(),
  qtyBase: z.int(),
  packPriceMinor: z.int(),
  /** Its price may be typed: of an article that has none of its own. */
  openPrice: z.boolean(),
  discountMinor: z.int(),
  amountMinor: z.int(),
  taxPct3: rate,
  batches: z.array(
    z.object({
      batchId: z.string(),
      code: z.string(),
      expiresOn: plainDate,
      daysLeft: z.int(),
      qtyBase: z.int(),
      /** Why this one: first to expire, the one that was scanned, or one the books do not have. */
      why: z.enum(['fefo', 'scanned', 'not-on-books']),
    }),
  ),
  /** What somebody gave on this line. */
  discount: givenDiscount.nullable(),
  offer: z.object({ name: z.string(), minor: z.int() }).nullable(),
  note: z.string().nullable(),
});
export type CartLineView = z.infer<typeof cartLine>;

/** What must be done before payment, by line. */
const blocker = z.object({
  lineId: z.string(),
  code: z.enum([
    'PRESCRIPTION_REQUIRED',
    'PHARMACIST_REQUIRED',
    'SHORT_STOCK',
    'BATCH_STOPPED',
    'PRICE_TO_TYPE',
  ]),
});

export const cartView = z.object({
  /** Goes up by one with every change. */
  revision: z.int(),
  lines: z.array(cartLine),
  /** Whom it is for; the name is null where it cannot be read here. */
  customer: z.object({ customerId: z.string(), name: z.string().nullable() }).nullable(),
  note: z.string().nullable(),
  discount: givenDiscount.extend({ minor: z.int() }).nullable(),
  coupons: z.array(z.string()),
  /** The customer's loyalty points, what they are worth, and what of it this sale uses; null where nobody collects any. */
  points: z.object({ balance: z.int(), worthMinor: z.int(), used: z.int(), usedMinor: z.int() }).nullable(),
  taxExemption: z.string().nullable(),
  /** The held sale this one was taken up from had been taken up before, by a till that was apart. */
  takenUpTwice: z.object({ tillName: z.string(), at: z.int() }).nullable(),
  packs: z.int(),
  taxes: z.array(z.object({ taxPct3: rate, baseMinor: z.int(), taxMinor: z.int() })),
  discountMinor: z.int(),
  totalMinor: z.int(),
  /** What is to be paid when all of it is paid in cash. */
  cashDueMinor: z.int(),
  blockers: z.array(blocker),
  lastLineId: z.string().nullable(),
  canUndo: z.boolean(),
});
export type CartView = z.infer<typeof cartView>;

const batchRef = z.object({ batchId: z.string(), code: z.string(), expiresOn: plainDate });

/** Why an article was not added; nothing was changed. */
export const addErrors = {
  ...tillErrors,
  /** The code cannot be read as what it claims to be (check digit, impossible date …). */
  BAD_CODE: { data: z.object({ reason: z.string(), position: z.int().nullable() }) },
  /** Readable, but no pack has it. */
  UNKNOWN_CODE: { data: z.object({ code: z.string() }) },
  NO_PRICE: { data: z.object({ packId: z.string(), name: z.string() }) },
  /** A hard stop on the batch in hand; `instead` is the first that may be sold. */
  BATCH_STOPPED: {
    data: z.object({
      packId: z.string(),
      name: z.string(),
      batch: batchRef.extend({ batchId: z.string().nullable() }),
      why: z.enum(['expired', 'short-life', 'recalled', 'quarantined']),
      instead: batchRef.nullable(),
    }),
  },
  /** The books have none (or not enough) that may be sold: scan or type the batch in the customer's hand. */
  NONE_ON_HAND: {
    data: z.object({ packId: z.string(), name: z.string(), wantBase: z.int(), onHandBase: z.int() }),
  },
  NOT_BREAKABLE: { data: z.object({ packId: z.string(), name: z.string() }) },
  BAD_QUANTITY: { data: z.object({ reason: z.enum(['zero', 'too-many']) }) },
  NOT_FOUND: {},
} as const;

/** Why a scan or a hand added nothing yet: it is sold by weight. The weight comes as `base`. */
export const toWeighErrors = {
  TO_WEIGH: { data: z.object({ packId: z.string(), name: z.string() }) },
} as const;

export const cartChanged = z.object({ cart: cartView, lineId: z.string().nullable() });
