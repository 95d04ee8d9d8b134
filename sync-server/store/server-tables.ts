import { isNull } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Tables of HQ alone. `change_log` itself is written by hand in migrations/postgres: it is partitioned by month. */

const ms = (name: string) => bigint(name, { mode: 'number' });

/** One row: this HQ's identity. `epoch` changes when HQ is restored from a backup. */
export const hqIdentity = pgTable('hq_identity', {
  one: integer().primaryKey(),
  epoch: text().notNull(),
  device: text().notNull(),
  inc: integer().notNull(),
  hlc: text().notNull(),
  /** Ed25519 private key, PKCS#8 PEM: shared by the HQ nodes, never leaves this table. */
  signingKeyPem: text('signing_key_pem').notNull(),
});

/** Dense numbering per scope: the last `seq` given. */
export const scopeHead = pgTable('scope_head', {
  scope: text().primaryKey(),
  seq: ms('seq').notNull(),
  floor: ms('floor').notNull().default(0),
});

/** The end of each chain HQ has taken in. */
export const chainHead = pgTable(
  'chain_head',
  {
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: ms('dseq').notNull(),
    hash: text().notNull(),
    /** How far the signatures inside batches have been checked (signature-check.ts). */
    verified: ms('verified').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.device, t.inc] })],
);

/** What makes a push idempotent for ever: every changeset HQ has ever answered. */
export const changeSeen = pgTable(
  'change_seen',
  {
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: ms('dseq').notNull(),
    hash: text().notNull(),
    verdict: text().$type<'accepted' | 'flagged' | 'refused'>().notNull(),
    reason: text(),
  },
  (t) => [primaryKey({ columns: [t.device, t.inc, t.dseq] })],
);

/** Refused changesets with their reasons; only HQ retries or dismisses them. */
export const quarantine = pgTable(
  'quarantine',
  {
    id: text().primaryKey(),
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: ms('dseq').notNull(),
    scope: text().notNull(),
    type: text().notNull(),
    text: text().notNull(),
    hash: text().notNull(),
    sig: text().notNull(),
    reason: text().notNull(),
    detail: text().notNull(),
    at: ms('at').notNull(),
    state: text().$type<'open' | 'retried' | 'dismissed'>().notNull(),
    decidedAt: ms('decided_at'),
    decidedBy: text('decided_by'),
    decidedWhy: text('decided_why'),
  },
  (t) => [index('quarantine_by_state').on(t.state, t.at)],
);

/** Accepted facts that a person should look at: made without authority, clock far off, oversold. */
export const flag = pgTable(
  'flag',
  {
    id: text().primaryKey(),
    device: text().notNull(),
    inc: integer().notNull(),
    dseq: ms('dseq').notNull(),
    reason: text().notNull(),
    detail: text().notNull(),
    at: ms('at').notNull(),
    /** When a person at HQ had looked at it, and who; null until then. */
    reviewedAt: ms('reviewed_at'),
    reviewedBy: text('reviewed_by'),
  },
  (t) => [index('flag_to_review').on(t.at, t.id).where(isNull(t.reviewedAt))],
);

export const enrolmentCode = pgTable('enrolment_code', {
  /** sha-256 of the code: the code itself is shown once. */
  codeHash: text('code_hash').primaryKey(),
  tillId: text('till_id').notNull(),
  expiresAt: ms('expires_at').notNull(),
  usedAt: ms('used_at'),
  usedBy: text('used_by'),
});

/** A till's database key, sealed to the org's offline recovery key (HPKE). */
export const sealedKey = pgTable(
  'sealed_key',
  { device: text().notNull(), inc: integer().notNull(), sealed: text().notNull(), at: ms('at').notNull() },
  (t) => [primaryKey({ columns: [t.device, t.inc] })],
);

/** The pepper of each store: given to its tills at enrolment, in no scope and no snapshot. */
export const storePepper = pgTable('store_pepper', {
  storeId: text('store_id').primaryKey(),
  pepper: text().notNull(),
});

/** Last contact of each device. */
export const deviceContact = pgTable('device_contact', {
  device: text().primaryKey(),
  seenAt: ms('seen_at').notNull(),
  pushedAt: ms('pushed_at'),
  /** What the till said is still waiting, and how far it has read. */
  waiting: integer(),
  oldestAt: ms('oldest_at'),
  version: text(),
  /** Milliseconds the device's clock was ahead of HQ's when it last pushed. */
  skewMs: ms('skew_ms'),
});

/** How far a device said it has read a scope, and whether its digest of the log up to there is HQ's. */
export const deviceScope = pgTable(
  'device_scope',
  {
    device: text().notNull(),
    scope: text().notNull(),
    seq: ms('seq').notNull(),
    equal: boolean().notNull(),
    at: ms('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.device, t.scope] })],
);

/** Digests of a scope's log at some numbers, so that any other is summed from the nearest one below. */
export const scopeDigest = pgTable(
  'scope_digest',
  { scope: text().notNull(), seq: ms('seq').notNull(), digest: text().notNull() },
  (t) => [primaryKey({ columns: [t.scope, t.seq] })],
);

/** Each time this database became HQ: first, and after every restore from a backup. */
export const hqEpoch = pgTable('hq_epoch', {
  epoch: text().primaryKey(),
  since: ms('since').notNull(),
  why: text().notNull(),
});

/** Keys of people's personal fields, apart from everything that is replicated; a destroyed one has no key any more. */
export const subjectKey = pgTable('subject_key', {
  subjectId: text('subject_id').primaryKey(),
  /** AES-256 key, base64url. */
  key: text(),
  madeAt: ms('made_at').notNull(),
  destroyedAt: ms('destroyed_at'),
});

/** Files of unsent work that were carried to HQ. */
export const outageBundle = pgTable('outage_bundle', {
  /** SHA-256 of the file. */
  id: text().primaryKey(),
  device: text().notNull(),
  inc: integer().notNull(),
  changesets: integer().notNull(),
  accepted: integer().notNull(),
  duplicates: integer().notNull(),
  refused: integer().notNull(),
  at: ms('at').notNull(),
  actor: text().notNull(),
});

/** Who held which role at a store since when: filled by triggers on staff and role (authority as of the act). */
export const staffPeriod = pgTable(
  'staff_period',
  {
    staffId: text('staff_id').notNull(),
    storeId: text('store_id').notNull(),
    personId: text('person_id').notNull(),
    roleId: text('role_id').notNull(),
    active: boolean().notNull(),
    since: ms('since').notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.since] }), index('staff_period_by_person').on(t.personId)],
);
export const rolePeriod = pgTable(
  'role_period',
  { roleId: text('role_id').notNull(), permissions: jsonb().notNull(), since: ms('since').notNull() },
  (t) => [primaryKey({ columns: [t.roleId, t.since] })],
);

/** The sum of movements by batch, kept in the statement that adds them. A store's movements touch its own rows only. */
export const onHand = pgTable(
  'on_hand',
  {
    batchId: text('batch_id').notNull(),
    storeId: text('store_id').notNull(),
    packId: text('pack_id').notNull(),
    qtyBase: ms('qty_base').notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeId, t.batchId] }), index('on_hand_by_store').on(t.storeId, t.packId)],
);

export const importProfile = pgTable('import_profile', {
  id: text().primaryKey(),
  name: text().notNull(),
  profile: jsonb().notNull(),
  updatedAt: ms('updated_at').notNull(),
});

export const importJob = pgTable('import_job', {
  id: text().primaryKey(),
  kind: text().$type<'catalogue' | 'stock'>().notNull(),
  state: text().$type<'reading' | 'checked' | 'applying' | 'applied' | 'cancelled' | 'failed'>().notNull(),
  profile: jsonb().notNull(),
  files: jsonb().notNull(),
  rowsDone: ms('rows_done').notNull(),
  rowsTotal: ms('rows_total'),
  summary: jsonb(),
  startedBy: text('started_by').notNull(),
  startedAt: ms('started_at').notNull(),
  endedAt: ms('ended_at'),
  cancelAsked: boolean('cancel_asked').notNull().default(false),
});
