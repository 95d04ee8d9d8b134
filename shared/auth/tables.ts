import { bool, id, int, json, jsonOpt, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import type { Permission } from './permissions.ts';

/** The chain of pharmacies: one per database. */
export const org = defineTable(
  'org',
  {
    id: id(),
    name: text(),
    /** Ed25519 public key (base64url) with which HQ signs its own changesets. */
    signingKey: text(),
    /** X25519 public key (base64url); its private half is kept offline and opens a till whose keystore is lost. */
    recoveryKey: text(),
  },
  { policy: 'lww', scope: 'org', writers: ['hq'] },
);

export const store = defineTable(
  'store',
  {
    id: id(),
    /** 'S01', the first part of receipt numbers. */
    code: text(),
    name: text(),
    addressLines: json<readonly string[]>(),
    licence: text(),
    taxNumber: text(),
    receiptFooter: text(),
    /** IANA zone, e.g. 'Europe/Paris'. */
    zone: text(),
    dayStartHour: int(),
    /** ISO 4217. */
    currency: text(),
    /** Digits after the decimal sign: 2 for EUR, 0 for JPY, 3 for TND. */
    minorDigits: int(),
    cashStepMinor: int(),
    taxMode: oneOf('inclusive', 'exclusive'),
    minShelfLifeDays: int(),
    /** Language of receipts: 'en', 'fr', 'ar'. */
    language: text(),
  },
  {
    policy: 'lww',
    scope: 'org',
    writers: ['hq'],
    checks: {
      day_start: 'day_start_hour between 0 and 23',
      cash_step: 'cash_step_minor > 0',
      digits: 'minor_digits between 0 and 4',
    },
  },
);

export const till = defineTable(
  'till',
  { id: id(), storeId: text(), code: text(), name: text() },
  { policy: 'lww', scope: 'org', writers: ['hq'], indexes: [['storeId']] },
);

/** A till's full copy as an enrolled identity. A restored or replaced till gets a new device row or incarnation. */
export const device = defineTable(
  'device',
  {
    id: id(),
    tillId: text(),
    storeId: text(),
    /** Ed25519 public key, base64url. */
    publicKey: text(),
    /** Incarnation: 1 is letter A in receipt numbers, 2 is B, … */
    inc: int(),
    enrolledAt: int(),
    revoked: bool(),
  },
  { policy: 'lww', scope: 'org', writers: ['hq'], indexes: [['tillId']] },
);

export const role = defineTable(
  'role',
  { id: id(), name: text(), permissions: json<readonly Permission[]>() },
  { policy: 'lww', scope: 'org', writers: ['hq'] },
);

/** The public part of a person: who may be shown as a tile. */
export const person = defineTable(
  'person',
  { id: id(), name: text(), shortName: text(), language: textOpt(), active: bool() },
  { policy: 'lww', scope: 'org', writers: ['hq'] },
);

/** A person's place in one store, with the PIN verifier that is worth something only with that store's pepper. */
export const staff = defineTable(
  'staff',
  {
    id: id(),
    storeId: text(),
    personId: text(),
    roleId: text(),
    /** Argon2id string over the peppered PIN; null until the person has set one. */
    pinVerifier: textOpt(),
    active: bool(),
  },
  { policy: 'lww', scope: 'store', writers: ['hq'], indexes: [['personId']] },
);

/** A setting of the org (no store) or of one store; its key and value are checked by settings.ts. */
export const setting = defineTable(
  'setting',
  { id: id(), storeId: textOpt(), key: text(), value: json<unknown>() },
  { policy: 'lww', scope: 'org-or-store', writers: ['hq', 'till'], indexes: [['key']] },
);

/**
 * What a person at HQ decided about a changeset that was refused: taken after all, or given up. The till that made it
 * hears of it here; the changeset itself is named by its chain.
 */
export const quarantineDecision = defineTable(
  'quarantine_decision',
  {
    id: id(),
    storeId: text(),
    device: text(),
    inc: int(),
    dseq: int(),
    decision: oneOf('retried', 'dismissed'),
    reason: text(),
    at: int(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['hq'] },
);

/** Who did something privileged, when, and to what. */
export const auditEntry = defineTable(
  'audit_entry',
  {
    id: id(),
    storeId: text(),
    tillId: textOpt(),
    at: int(),
    businessDate: text(),
    actorId: text(),
    action: text(),
    subjectId: textOpt(),
    reason: textOpt(),
    details: jsonOpt<Readonly<Record<string, string | number>>>(),
  },
  { policy: 'append', scope: 'store', writers: ['till', 'hq'], indexes: [['at']] },
);
