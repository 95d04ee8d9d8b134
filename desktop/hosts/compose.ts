import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Uptime } from '#shared/kernel/clock.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { HungDevices, KeyVault, Log, ReceiptPrinter, TillPorts } from '../till/ports.ts';
import { openSubjectKeys } from '../till/sales/subject-keys.ts';
import { makeBackup } from '../till/store/backup.ts';
import { backUpAside } from '../till/store/backup-aside.ts';
import { type Checkpoints, checkpointAside } from '../till/store/checkpoint.ts';
import { type OpenFailure, openDatabase } from '../till/store/open.ts';
import { quickCheckAside } from '../till/store/quick-check.ts';
import { createTill, type Till } from '../till/till.ts';
import { createTraining, type Training } from '../till/training.ts';
import { findBackups, listDrives } from './drives.ts';
import { eagerFetch } from './eager-fetch.ts';
import { restoreTill } from './restore.ts';
import { readSupportFiles } from './support-files.ts';
import { createPractice } from './training.ts';
import { systemUptime } from './uptime.ts';

export type Composition = {
  /** The till's own folder. */
  readonly folder: string;
  readonly migrations: string;
  readonly vault: KeyVault;
  readonly printer: ReceiptPrinter;
  /** What else hangs on this counter. */
  readonly devices?: (HungDevices & Pick<TillPorts, 'papers' | 'fiscal' | 'scanners' | 'setup'>) | undefined;
  readonly log: Log;
  readonly version: string;
  readonly clock?: Clock;
  readonly uptime?: Uptime;
  readonly plainFeed?: boolean;
  /** store/quick-check-worker's file, for backups; without it they are made in this thread. */
  readonly worker?: string;
  /** Folder of the log files; in the till's own where it is left out. */
  readonly logs?: string;
};

export type RunningTill = {
  readonly till: Till & { readonly training: Training };
  readonly close: () => Promise<void>;
  /**
   * Once the till can be scanned at: threads of their own look the database over, telling the log what they find, and do
   * its checkpoints from then on. `worker` is store/quick-check-worker's file.
   */
  readonly checkAside: (worker: string) => Promise<void>;
};

/** Puts a till together from what its host gives it: the same under Node, Electron and test. */
export function composeTill({
  folder,
  migrations,
  vault,
  printer,
  devices = {},
  log,
  version,
  clock = systemClock,
  uptime = systemUptime(),
  plainFeed,
  worker: backupWorker,
  logs = join(folder, 'logs'),
}: Composition): Result<RunningTill, OpenFailure> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'till.db');
  const keyHex = databaseKey(vault, file);
  if (keyHex === null) return err({ code: 'KEY_LOST' });
  const opened = openDatabase({ file, keyHex, migrations });
  if (!opened.ok) return opened;
  let db = opened.value;
  const random = { bytes: (n: number) => new Uint8Array(randomBytes(n)) };
  const keysFile = join(folder, 'keys.db');
  let subjectKeys = openSubjectKeys({ file: keysFile, keyHex });
  /** As the vault has it now: a till that was restored has the key of its backup. */
  const keyNow = () => vault.get('database-key') ?? keyHex;

  const restore: TillPorts['restore'] = async (backup, papers) => {
    const outcome = await restoreTill({
      ...{ folder, migrations, backup, vault, papers, log, version },
      makeRoom: () => {
        db.close();
        subjectKeys.close();
        for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
        // Keys of people under another key are nobody's any more; HQ has them.
        if (papers) rmSync(keysFile, { force: true });
      },
    }).catch((problem: unknown) => onDisk(problem));
    if (!db.open) {
      const again = openDatabase({ file, keyHex: keyNow(), migrations });
      if (!again.ok) throw new Error(again.error.code);
      db = again.value;
      subjectKeys = openSubjectKeys({ file: keysFile, keyHex: keyNow() });
    }
    return { db, subjectKeys, outcome };
  };

  const ports: TillPorts = {
    ...{ restore, findBackups, drives: listDrives },
    supportFiles: () => readSupportFiles({ logs, crashes: join(folder, 'crashes') }),
    backUp: async (job) => {
      const whole = { ...job, file, keyHex: keyNow() };
      return backupWorker ? backUpAside(backupWorker, whole) : makeBackup(whole);
    },
    fetch: eagerFetch,
    clock,
    uptime,
    random,
    vault,
    subjectKeys,
    printer,
    ...devices,
    log,
    version,
    plainFeed,
    practice: createPractice({ folder, file, keyNow, migrations, worker: backupWorker, log }),
  };
  const till = withTraining(createTill(db, ports), ports);
  let checkpoints: Checkpoints | null = null;
  return ok({
    till,
    close: async () => {
      await till.training.stop();
      await till.stop();
      subjectKeys.close();
      // The last connection to close leaves no WAL behind, which would be a stop that was not clean.
      await checkpoints?.stop();
      db.close();
    },
    checkAside: async (worker) => {
      onceWhole(till, () => {
        const onEnd = (problem: string) => log.warn('checkpoints-ended', { problem });
        if (db.open) checkpoints ??= checkpointAside({ worker, file, keyHex: keyNow(), onEnd });
      });
      const found = await quickCheckAside({ worker, file, keyHex }).catch(String);
      if (found !== null) log.warn('database-check', { found });
    },
  });
}

/** A till that somebody practises at is in the middle of something too. */
function withTraining(till: Till, ports: TillPorts): RunningTill['till'] {
  const training = createTraining(till, ports);
  const standing = () => {
    const now = till.standing();
    return { ...now, upkeep: now.upkeep || training.current() !== null };
  };
  return { ...till, standing, training };
}

/** A disk that fails is an answer; anything else is a bug. */
function onDisk(problem: unknown) {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code))
    return err({ code: 'STORAGE', reason: 'disk-full' as const });
  if (/^(E[A-Z]+|SQLITE_\w+)$/.test(code)) return err({ code: 'STORAGE', reason: 'io' as const });
  throw problem;
}

/** Now, or when the first base is in: until then nobody waits, and its pages go to the file once (open.ts, tuneFor). */
function onceWhole({ live, state }: Till, start: () => void): void {
  let forget = () => {};
  const look = (): void => {
    if (['first-run', 'joining'].includes(state().phase)) return;
    forget();
    start();
  };
  forget = live.listen('state', look);
  look();
}

const systemClock: Clock = { nowMs: () => Date.now() };

/** The database key: random, made once, in the vault before the database exists. Null where only the key is gone. */
function databaseKey(vault: KeyVault, file: string): string | null {
  const kept = vault.get('database-key');
  if (kept !== null) return kept;
  if (existsSync(file)) return null;
  const made = randomBytes(32).toString('hex');
  vault.set('database-key', made);
  return made;
}
