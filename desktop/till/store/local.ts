import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Tables of this till alone: never replicated. Everything replicated stands in shared/schema.ts. */

/** This replica's identity and clock: one row. Null device = not enrolled yet. */
export const identity = sqliteTable('identity', {
  one: integer().primaryKey(),
  device: text().notNull(),
  inc: integer().notNull(),
  /** Last number and hash of the chain of (device, inc). */
  dseq: integer().notNull(),
  headHash: text('head_hash').notNull(),
  hlc: text().notNull(),
  storeId: text('store_id').notNull(),
  tillId: text('till_id').notNull(),
  hqUrl: text('hq_url').notNull(),
});

/** Every changeset this till has made, kept for ever; those `waiting` are the outbox. */
export const journal = sqliteTable(
  'journal',
  {
    inc: integer().notNull(),
    dseq: integer().notNull(),
    scope: text().notNull(),
    type: text().notNull(),
    hlc: text().notNull(),
    /** The exact signed text. */
    text: text().notNull(),
    hash: text().notNull(),
    sig: text().notNull(),
    /** `superseded`: made again under a new incarnation; `dismissed`: refused, and given up at HQ. */
    state: text().$type<'waiting' | 'at-hq' | 'refused' | 'superseded' | 'dismissed'>().notNull(),
    /** HQ's reason where it refused or flagged, and what it says about it. */
    reason: text(),
    detail: text(),
    /** The document this is about (a sale's id): how a receipt knows whether it is at HQ. */
    subjectId: text('subject_id'),
    madeAt: integer('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.inc, t.dseq] }),
    index('journal_by_state').on(t.state, t.inc, t.dseq),
    index('journal_by_subject').on(t.subjectId),
    index('journal_by_hlc').on(t.hlc),
  ],
);

/** How far each scope has been read from HQ: committed with the rows it stands for. */
export const cursor = sqliteTable('cursor', {
  scope: text().primaryKey(),
  seq: integer().notNull(),
  epoch: text().notNull(),
  at: integer().notNull(),
  /** Of the log up to `seq`: shared/replica/log-digest.ts. */
  digest: text().notNull().default('0000000000000000'),
});

/** A register row's base while pending writes lie over it. */
export const overlayBase = sqliteTable(
  'overlay_base',
  { table: text('tbl').notNull(), rowId: text('row_id').notNull(), base: text({ mode: 'json' }).notNull() },
  (t) => [primaryKey({ columns: [t.table, t.rowId] })],
);

/** A register edit that HQ has not numbered yet. */
export const pendingWrite = sqliteTable(
  'pending_write',
  {
    table: text('tbl').notNull(),
    rowId: text('row_id').notNull(),
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: integer().notNull(),
    hlc: text().notNull(),
    values: text({ mode: 'json' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.table, t.rowId, t.device, t.inc, t.dseq] }),
    index('pending_by_origin').on(t.device, t.inc, t.dseq),
  ],
);

/** Another till's changeset that came before HQ numbered it: its facts count, its edits lie over the base. */
export const pendingChange = sqliteTable(
  'pending_change',
  {
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: integer().notNull(),
    scope: text().notNull(),
    text: text().notNull(),
    hash: text().notNull(),
    sig: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.device, t.inc, t.dseq] })],
);

/**
 * Others' changesets as they came numbered, kept for 14 days (link.ts): a restored HQ gets back from
 * here what it lost, also when their author's disk is dead.
 */
export const heldChange = sqliteTable(
  'held_change',
  {
    scope: text().notNull(),
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: integer().notNull(),
    seq: integer().notNull(),
    text: text().notNull(),
    hash: text().notNull(),
    sig: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.device, t.inc, t.dseq] }), index('held_by_time').on(t.at)],
);

/** How far each chain has come numbered in a scope: what comes early at or below it has its number already. */
export const chainAt = sqliteTable(
  'chain_at',
  {
    scope: text().notNull(),
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.device, t.inc] })],
);

/** A movement that is here and not in HQ's sums: a restored HQ has lost it. It counts when it comes again. */
export const uncounted = sqliteTable('uncounted', { movementId: text('movement_id').primaryKey() });

/** A change of a type this version does not know: kept, passed over, replayed after the upgrade. */
export const deferredChange = sqliteTable(
  'deferred_change',
  { scope: text().notNull(), seq: integer().notNull(), type: text().notNull(), text: text().notNull() },
  (t) => [primaryKey({ columns: [t.scope, t.seq] })],
);

/** Sum of movements by batch, kept in the transaction of each movement. */
export const onHand = sqliteTable(
  'on_hand',
  {
    batchId: text('batch_id').primaryKey(),
    packId: text('pack_id').notNull(),
    qtyBase: integer('qty_base').notNull(),
  },
  (t) => [index('on_hand_by_pack').on(t.packId)],
);

/** The fold of a batch's decisions; a batch without a row is sellable. */
export const batchState = sqliteTable('batch_state', {
  batchId: text('batch_id').primaryKey(),
  state: text().$type<'sellable' | 'quarantined' | 'recalled'>().notNull(),
});

/** Gap-free numbers (receipts), taken inside the transaction that uses them. */
export const counter = sqliteTable('counter', { series: text().primaryKey(), n: integer().notNull() });

/** The sale in progress: on disk after every key, so that a killed till shows it as it was. */
export const cart = sqliteTable('cart', {
  id: text().primaryKey(),
  content: text({ mode: 'json' }).notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/** Commands that were carried out, with their answers: a command repeated after a lost answer is not done twice. */
export const doneCommand = sqliteTable(
  'done_command',
  {
    id: text().primaryKey(),
    answer: text({ mode: 'json' }).notNull(),
    at: integer().notNull(),
  },
  (t) => [index('done_command_by_at').on(t.at)],
);

export const printJob = sqliteTable(
  'print_job',
  {
    id: text().primaryKey(),
    saleId: text('sale_id').notNull(),
    kind: text().$type<'receipt' | 'copy'>().notNull(),
    state: text().$type<'waiting' | 'printing' | 'printed' | 'failed' | 'unknown'>().notNull(),
    /** The receipt's AST. */
    doc: text({ mode: 'json' }).notNull(),
    attempts: integer().notNull(),
    error: text(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [
    index('print_job_by_state').on(t.state, t.createdAt),
    index('print_job_by_time').on(t.createdAt, t.id),
    index('print_job_by_sale').on(t.saleId, t.createdAt),
  ],
);

/** Failed PIN tries by person: survives a restart, so that killing the till buys no further guess. */
export const pinThrottle = sqliteTable('pin_throttle', {
  personId: text('person_id').primaryKey(),
  failures: integer().notNull(),
  lockedUntil: integer('locked_until').notNull(),
});

/** Things this till remembers for itself: the printer's address, the language, the last HQ time. */
export const preference = sqliteTable('preference', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).notNull(),
});
