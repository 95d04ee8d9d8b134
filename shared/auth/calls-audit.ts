import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { permissions } from './permissions.ts';

const instant = z.int().nonnegative();

/** What of the audit is looked at: left out is all. Dates are business dates, both included. */
const filter = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  actorId: z.string().optional(),
  action: z.string().optional(),
});
export type AuditFilter = z.infer<typeof filter>;

const cursor = z.object({ at: instant, id: z.string() });
export type AuditCursor = z.infer<typeof cursor>;

/** Somebody did something privileged. Names and numbers are as this till knows them; '' or null where it does not. */
const auditRow = z.object({
  id: z.string(),
  at: instant,
  businessDate: z.iso.date(),
  actorId: z.string(),
  /** The person; where it was the till or HQ itself, their word (`till`). */
  actor: z.string(),
  tillName: z.string(),
  action: z.string(),
  /** The receipt, return or Z-report it is about. */
  subject: z.string().nullable(),
  reason: z.string().nullable(),
  /** Who lent the right with a PIN in place. */
  authorisedBy: z.string().nullable(),
  details: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })),
});
export type AuditRow = z.infer<typeof auditRow>;

const verified = z.object({
  done: z.int(),
  total: z.int(),
  faults: z.int(),
  /** The fault found first: where in this till's chain (`S01-T02A/4503`), what is wrong, and which column or number. */
  first: z
    .object({ number: z.string(), what: z.string(), detail: z.string(), at: instant.nullable() })
    .nullable(),
  finished: z.boolean(),
});
export type VerifiedView = z.infer<typeof verified>;

const errors = {
  NOT_ENROLLED: {},
  NOT_SIGNED_IN: {},
  MISSING_RIGHT: { data: z.object({ permission: z.enum(permissions) }) },
  STORAGE: { data: z.object({ reason: z.enum(['disk-full', 'io']) }) },
} as const;

/** The audit of this store as this till has it: for who has `auth.audit.read`. Nothing in it can be changed. */
export const auditCalls = {
  /** The latest first, a page at a time. */
  list: oc
    .input(filter.extend({ after: cursor.optional(), limit: z.int().min(1).max(200).default(50) }))
    .output(z.object({ rows: z.array(auditRow), next: cursor.nullable() }))
    .errors(errors),
  /** Who and what there is to filter by. */
  choices: oc
    .output(
      z.object({
        people: z.array(z.object({ actorId: z.string(), name: z.string() })),
        actions: z.array(z.string()),
      }),
    )
    .errors(errors),
  csv: oc
    .input(filter)
    .output(z.object({ fileName: z.string(), text: z.string() }))
    .errors(errors),
  /** Looks over all this till ever wrote: texts, hashes, signatures, the chain. Tells how far it is, then what came of it. */
  verify: oc.output(eventIterator(verified)).errors(errors),
};
