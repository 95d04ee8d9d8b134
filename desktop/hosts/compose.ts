import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Uptime } from '#shared/kernel/clock.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { HungDevices, KeyVault, Log, ReceiptPrinter, TillPorts } from '../till/ports.ts';
import { makeBackup } from '../till/store/backup.ts';
import { backUpAside } from '../till/store/backup-aside.ts';
import { type Checkpoints, checkpointAside } from '../till/store/checkpoint.ts';
import type { OpenFailure } from '../till/store/open.ts';
import { quickCheckAside } from '../till/store/quick-check.ts';
import { createTill, type Till } from '../till/till.ts';
import { createTraining, type Training } from '../till/training.ts';
import { findBackups, listDrives } from './drives.ts';
import { eagerFetch } from './eager-fetch.ts';
import { readSupportFiles } from './support-files.ts';
import { openTillStore } from './till-store.ts';
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
  readonly fetchedUpdate?: TillPorts['fetchedUpdate'];
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

/**
 * Puts a till together from what its host gives it: the same under Node, Electron and test. One whose database is here and
 * whose key is gone comes up too, and says so (`key-lost`).
 */
export function composeTill({
  folder,
  migrations,
  vault,
  printer,
  devices = {},
  log,
  version,
  fetchedUpdate,
  clock = systemClock,
  uptime = systemUptime(),
  plainFeed,
  worker: backupWorker,
  logs = join(folder, 'logs'),
}: Composition): Result<RunningTill, OpenFailure> {
  mkdirSync(folder, { recursive: true });
  const opened = openTillStore({ folder, migrations, vault, log, version });
  if (!opened.ok) return opened;
  const store = opened.value;
  const { keyNow, restore, lost } = store;
  const file = join(folder, 'till.db');
  const random = { bytes: (n: number) => new Uint8Array(randomBytes(n)) };
  const ports: TillPorts = {
    ...{ restore, lost, findBackups, drives: listDrives },
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
    subjectKeys: store.subjectKeys(),
    printer,
    ...devices,
    log,
    version,
    fetchedUpdate,
    plainFeed,
    practice: createPractice({ folder, file, keyNow, migrations, worker: backupWorker, log }),
  };
  const till = withTraining(createTill(store.db(), ports), ports);
  let checkpoints: Checkpoints | null = null;
  return ok({
    till,
    close: async () => {
      await till.training.stop();
      await till.stop();
      // The last connection to close leaves no WAL behind, which would be a stop that was not clean.
      await checkpoints?.stop();
      store.close();
    },
    checkAside: async (worker) => {
      onceWhole(till, () => {
        const onEnd = (problem: string) => log.warn('checkpoints-ended', { problem });
        if (store.db().open) checkpoints ??= checkpointAside({ worker, file, keyHex: keyNow(), onEnd });
      });
      if (lost) return; // whoever brings it back checks the whole of it first
      const found = await quickCheckAside({ worker, file, keyHex: keyNow() }).catch(String);
      if (found !== null) log.warn('database-check', { found });
    },
  });
}

/** A till that somebody practises at is in the middle of something too. */
function withTraining(till: Till, ports: TillPorts): RunningTill['till'] {
  const training = createTraining(till, ports);
  const standing = () => {
    const now = till.standing();
    return now && { ...now, upkeep: now.upkeep || training.current() !== null };
  };
  return { ...till, standing, training };
}

/** Now, or when the first base is in: until then nobody waits, and its pages go to the file once (open.ts, tuneFor). */
function onceWhole({ live, state }: Till, start: () => void): void {
  let forget = () => {};
  const look = (): void => {
    if (['first-run', 'key-lost', 'joining'].includes(state().phase)) return;
    forget();
    start();
  };
  forget = live.listen('state', look);
  look();
}

const systemClock: Clock = { nowMs: () => Date.now() };
