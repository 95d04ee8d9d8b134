import { z } from 'zod';

const instant = z.int().nonnegative();

/** Where a page of a list ended, newest first: given back to get what comes after it. */
export const listCursor = z.object({ at: instant, id: z.string() });

/**
 * What a changeset is about, as far as HQ can name it: the table of its first change ('' where it cannot be read), the
 * name people know it by ('' where there is none), and, of a price, what it is at HQ and what it was to become.
 */
const subject = z.object({
  table: z.string(),
  name: z.string(),
  fromMinor: z.int().nullable(),
  toMinor: z.int().nullable(),
});

export const quarantineRow = z.object({
  id: z.string(),
  tillName: z.string(),
  /** The kind of transaction; '' where it cannot be read. */
  type: z.string(),
  subject,
  reason: z.string(),
  detail: z.string(),
  /** When it was made, by the till's clock; null where it cannot be read. */
  madeAt: instant.nullable(),
  /** When it reached HQ. */
  at: instant,
});
export type QuarantineRow = z.infer<typeof quarantineRow>;

/** A value as a person may compare it; what is neither is JSON text. */
const shown = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const refusedChange = z.object({
  table: z.string(),
  op: z.enum(['insert', 'set', 'delete', 'undelete']),
  id: z.string(),
  /** Every column the change names: what HQ has (null: no such row), and what it wants. */
  columns: z.array(z.object({ column: z.string(), atHq: shown, wanted: shown })),
  /** When HQ's row was last changed, if that was after this change was made. */
  changedSince: instant.nullable(),
});
export type RefusedChange = z.infer<typeof refusedChange>;

const decision = z.object({
  state: z.enum(['retried', 'dismissed']),
  at: instant,
  by: z.string(),
  why: z.string(),
});

/** One refused changeset: what it would change, what has happened since, and what was decided. */
export const quarantined = quarantineRow.extend({
  storeId: z.string(),
  /** Who made it at the till; '' where nobody can be named. */
  madeBy: z.string(),
  inc: z.string(),
  dseq: z.int(),
  changes: z.array(refusedChange),
  /** Changes beyond those shown. */
  moreChanges: z.int(),
  /** Later changesets of the same till that HQ has: none of them waited for this one. */
  laterAtHq: z.int(),
  /** Of a price: base units sold at the till at the refused price. */
  soldSince: z.object({ qtyBase: z.int(), packSize: z.int(), priceMinor: z.int() }).nullable(),
  signature: z.enum(['valid', 'invalid']),
  decided: decision.nullable(),
});
export type Quarantined = z.infer<typeof quarantined>;

export const flagRow = z.object({
  id: z.string(),
  tillName: z.string(),
  type: z.string(),
  reason: z.string(),
  detail: z.string(),
  at: instant,
});
export type FlagRow = z.infer<typeof flagRow>;

/** Errors of the review of a flag. */
export const reviewErrors = {
  NOT_FOUND: {},
  /** Somebody was quicker: their name, and when (UTC ms). */
  ALREADY_REVIEWED: { data: z.object({ by: z.string(), at: instant }) },
} as const;

/** How a retry ended. */
export const retryOutcome = z.object({
  verdict: z.enum(['accepted', 'flagged', 'refused']),
  reason: z.string().nullable(),
  detail: z.string(),
});

/** Errors of a decision about a refused changeset. */
export const decisionErrors = {
  NOT_FOUND: {},
  /** Somebody was quicker. */
  ALREADY_DECIDED: { data: decision },
} as const;

/** The state of the chain's data in figures. */
export const syncFigures = z.object({
  quarantine: z.object({ open: z.int(), retried: z.int(), dismissed: z.int() }),
  /** Flags that nobody has reviewed. */
  toReview: z.int(),
  scopes: z.array(z.object({ scope: z.string(), seq: z.int() })),
  /** Of the tills that have told HQ the digest of their log: how many have HQ's. */
  digests: z.object({ heard: z.int(), equal: z.int(), differing: z.array(z.string()) }),
});

/** What HQ has taken in of late. */
export const takenFigures = z.object({
  lastHour: z.int(),
  /** By quarter of an hour, the last eight hours, oldest first; quarters without any are there. */
  quarters: z.array(z.object({ from: instant, count: z.int() })),
});

export const outageImport = z.object({
  id: z.string(),
  tillName: z.string(),
  changesets: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  at: instant,
  by: z.string(),
});
export type OutageImport = z.infer<typeof outageImport>;

/** Why a file of unsent work was not taken in. */
export const outageErrors = {
  /** No such upload, or not one file in it. */
  NOT_FOUND: {},
  NOT_A_BUNDLE: {},
  CUT_SHORT: {},
  TAMPERED: {},
  TOO_LARGE: {},
  /** Sealed to the key of another HQ. */
  OTHER_HQ: {},
  UNKNOWN_DEVICE: {},
  ALREADY_IMPORTED: { data: z.object({ at: instant, by: z.string() }) },
  /** HQ lacks the till's changesets `from` to `to`, which come before these. */
  GAP: { data: z.object({ from: z.int(), to: z.int() }) },
  /** HQ has another changeset under this number: the till's disk was cloned or restored. */
  FORK: { data: z.object({ dseq: z.int() }) },
} as const;
