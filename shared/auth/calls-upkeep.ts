import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { permissions } from './permissions.ts';
import { updateWaits } from './update-policy.ts';

const instant = z.int().nonnegative();
const missingRight = { data: z.object({ permission: z.enum(permissions) }) };
const storage = { data: z.object({ reason: z.enum(['disk-full', 'io']) }) };

/** Where a till's backups go, how often by themselves (0: only by hand), and how many are kept. */
export const backupPlan = z.object({
  folder: z.string().min(1).max(500).nullable(),
  everyHours: z.int().min(0).max(168),
  keep: z.int().min(1).max(60),
});
export type BackupPlan = z.infer<typeof backupPlan>;

/** Why a folder takes no backup. `no-folder` also where the drive has been pulled out. */
const backupReason = z.enum(['no-folder', 'not-writable', 'disk-full', 'io', 'damaged', 'not-whole']);
export type BackupReason = z.infer<typeof backupReason>;

/** The last backup that was made: opened, checked and counted before it got its name. */
export const goodBackup = z.object({
  at: instant,
  folder: z.string(),
  fileName: z.string(),
  bytes: z.int(),
  changesets: z.int(),
  sales: z.int(),
});
export const failedBackup = z.object({ at: instant, reason: backupReason });

const backupState = z.object({
  plan: backupPlan,
  running: z.boolean(),
  lastGood: goodBackup.nullable(),
  /** The last try that failed, also where one has succeeded since. */
  lastFailed: failedBackup.nullable(),
  /** When the next one is due by itself; null where none is. */
  nextAt: instant.nullable(),
});
export type BackupState = z.infer<typeof backupState>;

/** A backup found in a folder or on a drive, for a till that is to be restored. */
const foundBackup = z.object({
  path: z.string(),
  /** `S01-T02A`: store, till, letter. */
  series: z.string(),
  at: instant,
  bytes: z.int(),
});
export type FoundBackup = z.infer<typeof foundBackup>;

/** What opens a till's database where its vault is gone: the texts of two files, and a new code of HQ. */
const recoveryPapers = z.object({
  sealed: z.string().max(200_000),
  recoveryKey: z.string().max(10_000),
  hqUrl: z.url(),
  code: z.string().trim().min(8).max(9),
});
export type RecoveryPapers = z.infer<typeof recoveryPapers>;

const counterSettings = z.object({
  idleLockMinutes: z.int().min(0).max(240),
  /** Minutes a locked counter still waits for who locked it; then it is anybody's. */
  signOutMinutes: z.int().min(0).max(240),
});

/** What keeps a till in working order: backups, restoring one, and what support is given to look at. */
export const upkeepTillCalls = {
  backup: oc.output(eventIterator(backupState)).errors({ NOT_ENROLLED: {} }),
  /** Makes one now. Answered when it is whole, which takes as long as the drive does; the till goes on meanwhile. */
  backUpNow: oc.output(goodBackup).errors({
    NOT_ENROLLED: {},
    NOT_SIGNED_IN: {},
    NO_BACKUP_FOLDER: {},
    BACKUP_RUNNING: {},
    BACKUP_FAILED: { data: z.object({ reason: backupReason }) },
    STORAGE: storage,
  }),
  /** Chooses folder and turn. A folder that cannot be written to is refused, and what was chosen before stays. */
  planBackups: oc
    .input(backupPlan)
    .output(z.object({}))
    .errors({
      NOT_ENROLLED: {},
      NOT_SIGNED_IN: {},
      MISSING_RIGHT: missingRight,
      BACKUP_FAILED: { data: z.object({ reason: backupReason }) },
      STORAGE: storage,
    }),
  /** Drives that are plugged in, to put backups on or to find them on. */
  drives: oc.output(z.array(z.object({ path: z.string(), freeBytes: z.int() }))),
  /** Backups in a folder, a file by itself, or on all drives; the newest first. On first run only. */
  findBackups: oc
    .input(z.object({ place: z.string().max(500).optional() }))
    .output(z.array(foundBackup))
    .errors({ ALREADY_ENROLLED: {} }),
  /**
   * Makes a till that belongs to no store that of a backup, under its next letter. With this machine's own vault the
   * backup is enough; elsewhere it needs the org's recovery key and HQ.
   */
  restore: oc
    .input(z.object({ path: z.string().min(1).max(500), papers: recoveryPapers.optional() }))
    .output(z.object({ letter: z.string(), waiting: z.int() }))
    .errors({
      ALREADY_ENROLLED: {},
      NO_BACKUP_FILE: {},
      /** The vault here does not open it, or is not that device's: recovery key and code are needed. */
      NEEDS_RECOVERY: {},
      NOT_A_BACKUP: {},
      /** It opens, and SQLite finds it damaged: another one may be whole. */
      BACKUP_DAMAGED: {},
      NEWER_SCHEMA: {},
      BAD_SEALED_FILE: {},
      BAD_RECOVERY_KEY: {},
      WRONG_RECOVERY_KEY: {},
      HQ_REFUSED: { data: z.object({ reason: z.string() }) },
      STORAGE: storage,
    }),
  /**
   * Opens this till's own database, whose key is gone, with the org's recovery key: it goes on as a new device under its
   * next letter, and what it had not sent goes up. Each try can be followed by another, with a new code where HQ may have
   * taken the first.
   */
  recover: oc
    .input(recoveryPapers)
    .output(z.object({ letter: z.string(), waiting: z.int() }))
    .errors({
      KEY_NOT_LOST: {},
      /** Another window of this till is at it. */
      UNDER_WAY: {},
      NO_DATABASE: {},
      /** Another process has the database open. */
      IN_USE: {},
      BAD_SEALED_FILE: {},
      BAD_RECOVERY_KEY: {},
      /** It opens none of the sealed keys: it is another organisation's, or mistyped. */
      WRONG_RECOVERY_KEY: {},
      /** The sealed keys are another till's, or the database is damaged from its first page on. */
      NO_KEY_FITS: {},
      /** The key is right and the database is not whole: a backup may be. */
      DAMAGED: {},
      NEWER_SCHEMA: {},
      /** The database has never belonged to an HQ. */
      NOT_ENROLLED: {},
      HQ_REFUSED: { data: z.object({ reason: z.string() }) },
      STORAGE: storage,
    }),
  /** Minutes after which the counter locks and then forgets who locked it, keeping the sale; 0 = never. */
  counterSettings: oc.output(counterSettings).errors({ NOT_ENROLLED: {} }),
  changeCounterSettings: oc
    .input(counterSettings)
    .output(z.object({}))
    .errors({ NOT_ENROLLED: {}, NOT_SIGNED_IN: {}, MISSING_RIGHT: missingRight, STORAGE: storage }),
  /** What support needs to see, without a person's name in it: one zip. */
  diagnostics: oc.output(z.object({ fileName: z.string(), base64: z.string() })),
  /** The Pestle that runs here, and the next one where it waits to be installed. */
  versions: oc.output(
    z.object({
      installed: z.string(),
      next: z.object({ version: z.string(), waitsFor: z.enum(updateWaits).nullable() }).nullable(),
    }),
  ),
};
