import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { auditCalls } from './calls-audit.ts';
import { badgeCalls } from './calls-badges.ts';
import { deviceCalls } from './calls-devices.ts';
import { printerCalls } from './calls-printers.ts';
import { scannerTillCalls } from './calls-scanners.ts';
import { storeSettingCalls } from './calls-store-settings.ts';
import { upkeepTillCalls } from './calls-upkeep.ts';
import { permissions } from './permissions.ts';
import { waitingKinds } from './waiting-kinds.ts';

/** A command's own id (UUID): repeated after a lost answer, it is answered again but not carried out again. */
export const commandId = z.uuid();
const instant = z.int().nonnegative();

/** Errors every call of a till may answer with. */
export const tillErrors = {
  NOT_ENROLLED: {},
  NOT_SIGNED_IN: {},
  MISSING_RIGHT: { data: z.object({ permission: z.enum(permissions) }) },
  STORAGE: { data: z.object({ reason: z.enum(['disk-full', 'io']) }) },
} as const;

/** A colleague's PIN, typed where the work is done: it lends a right to one act. */
export const inPlace = z.object({ personId: z.string(), pin: z.string().max(12) });
export type InPlace = z.infer<typeof inPlace>;

/** What may be wrong with a PIN given in place. */
export const inPlaceErrors = {
  WRONG_PIN: { data: z.object({ failures: z.int() }) },
  LOCKED: { data: z.object({ untilMs: z.int(), waitMs: z.int() }) },
  NO_PIN: {},
} as const;

export const storeView = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  zone: z.string(),
  currency: z.string(),
  minorDigits: z.int(),
  cashStepMinor: z.int(),
  taxMode: z.enum(['inclusive', 'exclusive']),
  language: z.string(),
});

const personTile = z.object({
  personId: z.string(),
  name: z.string(),
  shortName: z.string(),
  roleName: z.string(),
  /** May hand over what needs a pharmacist: a colleague looks for this mark. */
  pharmacist: z.boolean(),
});
export type PersonTile = z.infer<typeof personTile>;

export const session = z.object({
  personId: z.string(),
  name: z.string(),
  shortName: z.string(),
  roleName: z.string(),
  permissions: z.array(z.enum(permissions)),
  since: instant,
});
export type Session = z.infer<typeof session>;

/** What the till is ready for: the screen shown follows from it. */
export const tillState = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('first-run') }),
  /**
   * Its database lies in its folder, and its key is gone: the vault has none, another that does not open it (or the file
   * is damaged), or its recovery was begun and cut off. Instants and bytes are the file's own.
   */
  z.object({
    phase: z.literal('key-lost'),
    why: z.enum(['gone', 'other', 'begun']),
    lastWrittenAt: instant,
    bytes: z.int(),
    folder: z.string(),
  }),
  z.object({
    phase: z.literal('joining'),
    step: z.enum(['keys', 'snapshot', 'index', 'history']),
    rowsDone: z.int(),
    rowsTotal: z.int(),
  }),
  /** HQ has taken this till's rights; what it has not sent is still taken. */
  z.object({ phase: z.literal('revoked'), waiting: z.int() }),
  z.object({
    phase: z.literal('sign-in'),
    store: storeView,
    tillName: z.string(),
    people: z.array(personTile),
  }),
  z.object({
    phase: z.literal('ready'),
    store: storeView,
    tillName: z.string(),
    people: z.array(personTile),
    session,
  }),
]);
export type TillState = z.infer<typeof tillState>;

/**
 * Why the link is not as it should be. `restarting`, `busy` and `unreachable` pass by themselves; `forked`, `restored`
 * and `diverged` the till mends by itself; `revoked` and `upgrade` need a person.
 */
const syncTroubles = [
  'unreachable',
  'restarting',
  'busy',
  'refused',
  'revoked',
  'upgrade',
  'forked',
  'restored',
  'diverged',
] as const;
export type SyncTrouble = (typeof syncTroubles)[number];

/** The chip and what stands behind it. Instants are epoch milliseconds of this till. */
export const syncState = z.object({
  link: z.enum(['online', 'offline', 'off']),
  trouble: z.enum(syncTroubles).nullable(),
  /** When the till tries again by itself; null while it is connected, taken off by hand, or trying. */
  nextTryAt: instant.nullable(),
  /** Since when the link is as it is. */
  since: instant,
  waiting: z.int(),
  oldestWaitingAt: instant.nullable(),
  attention: z.int(),
  lastPushAt: instant.nullable(),
  lastPullAt: instant.nullable(),
  scopes: z.array(z.object({ scope: z.string(), seq: z.int() })),
});
export type SyncState = z.infer<typeof syncState>;

/** A changeset of this till that HQ refused. What it says of `by` and `subject` is read from the changeset itself. */
const refusedChange = z.object({
  device: z.string(),
  inc: z.int(),
  dseq: z.int(),
  hash: z.string(),
  /** To be read out on the phone: `S01-T02A/4503`, till, incarnation and number in its chain. */
  number: z.string(),
  type: z.string(),
  /** The receipt number, batch or setting it is about. */
  subject: z.string().nullable(),
  by: z.string().nullable(),
  at: instant,
  /** Goods, money or another fact: it stands, whatever HQ says. Otherwise an edit, which is not used. */
  stands: z.boolean(),
  /** HQ's code, as planIntake gives it (`BAD_ROW`), and what it says about it. */
  reason: z.string(),
  detail: z.string(),
});
export type RefusedChange = z.infer<typeof refusedChange>;

/** What stands behind the chip, at length. Instants are epoch milliseconds of this till. */
const syncReport = z.object({
  /** When this was true. */
  at: instant,
  /** The end of this till's chain, and up to where HQ has all of it; with the last receipt at or before each. */
  made: z.object({ dseq: z.int(), receiptNo: z.string().nullable() }),
  atHq: z.object({ dseq: z.int(), receiptNo: z.string().nullable() }),
  /** When the feed last brought something; survives a restart. */
  receivedAt: instant.nullable(),
  /** Documents, not changesets: a sale counts once for itself and once for each stock movement. None with 0. */
  kinds: z.array(z.object({ kind: z.enum(waitingKinds), changes: z.int(), oldestAt: instant })),
  /** Waiting for a person at HQ, the latest first; at most 100, `refusedCount` says how many there are. */
  refused: z.array(refusedChange),
  refusedCount: z.int(),
  /** Refused, and given up at HQ since; the latest first, at most 20. */
  settled: z.array(refusedChange),
});
export type SyncReport = z.infer<typeof syncReport>;

/** How the till stands with the time (shared/replica/till-time.ts). All in milliseconds. */
export const timeState = z.object({
  /** What this machine's clock shows beyond till time: a screen takes it off its own clock. */
  aheadMs: z.int(),
  /** How far this machine's clock is ahead of HQ's; null until HQ has been heard since the machine started. */
  skewMs: z.int().nullable(),
  /** A manager is to say which date is right: the clock's or the till's. Selling goes on by the till's. */
  confirm: z.object({ clockMs: z.int(), tillMs: z.int(), clockMayBeRight: z.boolean() }).nullable(),
});
export type TimeState = z.infer<typeof timeState>;

export const authTillCalls = {
  scanners: scannerTillCalls,
  ...upkeepTillCalls,
  printers: printerCalls,
  devices: deviceCalls,
  storeSettings: storeSettingCalls,
  audit: auditCalls,
  badges: badgeCalls,
  state: oc.output(eventIterator(tillState)),
  join: oc
    .input(
      z.object({ hqUrl: z.url(), code: z.string().trim().min(8).max(9), fingerprint: z.string().optional() }),
    )
    .output(z.object({ storeName: z.string(), tillName: z.string() }))
    .errors({
      HQ_UNREACHABLE: {},
      /** Plain http anywhere but on loopback. */
      INSECURE_URL: {},
      CODE_REFUSED: { data: z.object({ reason: z.enum(['unknown', 'expired', 'used']) }) },
      WRONG_FINGERPRINT: {},
      ALREADY_ENROLLED: {},
      STORAGE: tillErrors.STORAGE,
    }),
  /** Puts a till that HQ has revoked to work again, with all it has: as a new device, under its next letter. */
  rejoin: oc
    .input(z.object({ code: z.string().trim().min(8).max(9) }))
    .output(z.object({}))
    .errors({
      NOT_ENROLLED: {},
      NOT_REVOKED: {},
      HQ_UNREACHABLE: {},
      INSECURE_URL: {},
      CODE_REFUSED: { data: z.object({ reason: z.enum(['unknown', 'expired', 'used']) }) },
      /** A good code, and stays so: it is another till's. */
      OTHER_TILL: {},
      /** What answers at HQ's address is another HQ. */
      OTHER_HQ: {},
      STORAGE: tillErrors.STORAGE,
    }),
  signIn: oc
    .input(z.object({ personId: z.string(), pin: z.string().min(1).max(32) }))
    .output(session)
    .errors({
      NOT_ENROLLED: {},
      WRONG_PIN: { data: z.object({ failures: z.int() }) },
      /** Too many tries; the delay doubles and survives a restart. */
      LOCKED: { data: z.object({ untilMs: instant, waitMs: z.int() }) },
      NO_PIN: {},
      STORAGE: tillErrors.STORAGE,
    }),
  signOut: oc.output(z.object({})),
  sync: oc.output(eventIterator(syncState)),
  /** Takes the link to HQ off and on again by hand (the palette's *network off*, and tests). */
  setLink: oc.input(z.object({ on: z.boolean() })).output(z.object({})),
  /** Tries to push and pull now instead of at the next turn. */
  syncNow: oc.output(z.object({})),
  /** What waits by kind, and what HQ refused: asked for again when `sync` has changed. */
  syncReport: oc.output(syncReport).errors({ NOT_ENROLLED: {} }),
  /** All unsent work as one file that only HQ can read, to be carried over when the network stays away. */
  saveUnsent: oc.output(z.object({ fileName: z.string(), base64: z.string(), changesets: z.int() })).errors({
    NOT_ENROLLED: {},
    NOT_SIGNED_IN: {},
    NOTHING_WAITING: {},
    /** This till has not been told HQ's key yet: it has never been in contact. */
    NO_HQ_KEY: {},
  }),
  /** How till time stands; again when the clock was set, when HQ was heard, when a manager has answered. */
  time: oc.output(eventIterator(timeState)),
  /** A manager says which date is right, with the PIN typed in place; whoever is signed in stays so. */
  confirmTime: oc
    .input(
      z.object({ personId: z.string(), pin: z.string().min(1).max(32), right: z.enum(['clock', 'till']) }),
    )
    .output(z.object({}))
    .errors({
      NOT_ENROLLED: {},
      WRONG_PIN: { data: z.object({ failures: z.int() }) },
      LOCKED: { data: z.object({ untilMs: instant, waitMs: z.int() }) },
      NO_PIN: {},
      MISSING_RIGHT: tillErrors.MISSING_RIGHT,
      /** Nobody is asked any more: HQ was heard, the clock was put right, or another has answered. */
      NOTHING_TO_CONFIRM: {},
      /** HQ has signed a later time than the clock's. */
      BEFORE_HQ: {},
      STORAGE: tillErrors.STORAGE,
    }),
};
