import { oc } from '@orpc/contract';
import { z } from 'zod';
import { storeView } from './calls.ts';
import { roleHqCalls } from './calls-roles.ts';
import { permissions } from './permissions.ts';
import {
  decisionErrors,
  flagRow,
  listCursor,
  outageErrors,
  outageImport,
  quarantined,
  quarantineRow,
  retryOutcome,
  reviewErrors,
  syncFigures,
  takenFigures,
} from './sync-health.ts';

const instant = z.int().nonnegative();

const tillRow = z.object({
  tillId: z.string(),
  code: z.string(),
  name: z.string(),
  enrolled: z.boolean(),
  incarnation: z.string().nullable(),
  lastSeenAt: instant.nullable(),
  lastPushAt: instant.nullable(),
  waiting: z.int().nullable(),
  oldestAt: instant.nullable(),
  lag: z.enum(['current', 'lagging', 'offline', 'never']),
  /** Version of Pestle the till last said it runs. */
  version: z.string().nullable(),
  /** Milliseconds its clock was ahead of HQ's when it last pushed. */
  skewMs: z.int().nullable(),
  /** Numbers HQ has given in its scopes that it had not read when it last said so. */
  behind: z.int().nullable(),
});
export type TillRow = z.infer<typeof tillRow>;

const storeInput = storeView.omit({ id: true }).extend({
  addressLines: z.array(z.string()),
  licence: z.string(),
  taxNumber: z.string(),
  receiptFooter: z.string(),
  dayStartHour: z.int().min(0).max(23),
  minShelfLifeDays: z.int().min(0),
});

const storeOverview = storeInput.extend({
  id: z.string(),
  /** How far the figures of every enrolled till reach; null while a till has never been heard of. */
  dataTo: instant.nullable(),
  tills: z.array(tillRow),
});
export type StoreOverview = z.infer<typeof storeOverview>;

/** A person's decision about a refused changeset; the reason stands in the audit. */
const quarantineDecision = z.object({ id: z.string(), reason: z.string().trim().min(3).max(300) });

export const authHqCalls = {
  me: oc.output(
    z.object({
      ...{ name: z.string(), email: z.string(), orgName: z.string() },
      rights: z.array(z.enum(permissions)),
    }),
  ),
  stores: oc.output(z.array(storeOverview)),
  saveStore: oc
    .input(storeInput.extend({ id: z.string().optional() }))
    .output(z.object({ id: z.string() }))
    .errors({ CODE_TAKEN: {}, BAD_ZONE: {}, NOT_FOUND: {} }),
  saveTill: oc
    .input(
      z.object({
        id: z.string().optional(),
        storeId: z.string(),
        code: z.string().regex(/^T\d{2}$/),
        name: z.string().min(1),
      }),
    )
    .output(z.object({ id: z.string() }))
    .errors({ CODE_TAKEN: {}, NOT_FOUND: {} }),
  /** An enrolment code: shown once, valid ten minutes, good for one till. */
  newCode: oc
    .input(z.object({ tillId: z.string() }))
    .output(
      z.object({
        code: z.string(),
        expiresAt: instant,
        fingerprint: z.string(),
        qr: z.string(),
        qrSvg: z.string(),
      }),
    )
    .errors({ NOT_FOUND: {} }),
  revokeDevice: oc
    .input(z.object({ tillId: z.string() }))
    .output(z.object({}))
    .errors({ NOT_FOUND: {} }),
  people: oc.output(
    z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        active: z.boolean(),
        places: z.array(z.object({ storeId: z.string(), roleId: z.string(), hasPin: z.boolean() })),
      }),
    ),
  ),
  ...roleHqCalls,
  savePerson: oc
    .input(
      z.object({
        id: z.string().optional(),
        name: z.string().min(1).max(80),
        active: z.boolean(),
        places: z.array(z.object({ storeId: z.string(), roleId: z.string() })),
        /** Digits; six or more for any role above cashier. Left out = unchanged. */
        pin: z
          .string()
          .regex(/^\d{4,12}$/)
          .optional(),
      }),
    )
    .output(z.object({ id: z.string() }))
    .errors({ PIN_TOO_SHORT: { data: z.object({ atLeast: z.int() }) }, NOT_FOUND: {} }),
  syncHealth: oc.output(syncFigures),
  changesetsTaken: oc.output(takenFigures),
  /** Refused changesets of one state, the last to arrive first, a page at a time. */
  quarantine: oc
    .input(z.object({ state: z.enum(['open', 'retried', 'dismissed']), after: listCursor.optional() }))
    .output(z.object({ rows: z.array(quarantineRow), next: listCursor.nullable() })),
  quarantined: oc
    .input(z.object({ id: z.string() }))
    .output(quarantined)
    .errors({ NOT_FOUND: {} }),
  /** Judges a refused changeset again, with what HQ knows now. */
  retryQuarantined: oc.input(quarantineDecision).output(retryOutcome).errors(decisionErrors),
  /** Gives a refused changeset up. It is kept. */
  dismissQuarantined: oc.input(quarantineDecision).output(z.object({})).errors(decisionErrors),
  /** What was taken in and nobody has reviewed yet, the last first, a page at a time. */
  flags: oc
    .input(z.object({ after: listCursor.optional() }))
    .output(z.object({ rows: z.array(flagRow), next: listCursor.nullable() })),
  /** Says that a person has looked at a flag: it leaves the list. What was taken stands as before. */
  reviewFlag: oc
    .input(z.object({ id: z.string() }))
    .output(z.object({}))
    .errors(reviewErrors),
  /** Takes in a till's file of unsent work that was uploaded. */
  importOutageFile: oc
    .input(z.object({ uploadId: z.string() }))
    .output(outageImport)
    .errors(outageErrors),
  /** The last files of unsent work that were taken in. */
  outageFiles: oc.output(z.array(outageImport)),
};
