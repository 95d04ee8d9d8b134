import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { KeyVault, Log, Practice, PracticeFailure, TillPorts, VaultName } from '../till/ports.ts';
import { deviceKeyIn } from '../till/replication/device-key.ts';
import { openSubjectKeys } from '../till/sales/subject-keys.ts';
import { openDatabase } from '../till/store/open.ts';
import {
  copyForTraining,
  removeTraining,
  type TrainingCopyJob,
  trainingCopyOutcome,
} from '../till/training-copy.ts';

type Place = {
  /** The till's own folder; the databases of a training lie in it beside the real ones. */
  readonly folder: string;
  /** The real database, and its key as the vault has it now. */
  readonly file: string;
  readonly keyNow: () => string;
  readonly migrations: string;
  /** store/quick-check-worker's file; without it the copy is made in this thread. */
  readonly worker: string | undefined;
  readonly log: Log;
};

/**
 * Makes databases to practise on. Each is encrypted under a random key that is in this process's memory and nowhere else:
 * what a kill leaves behind nobody can open again, and it is taken off the disk here, at the next start.
 */
export function createPractice({
  folder,
  file,
  keyNow,
  migrations,
  worker,
  log,
}: Place): TillPorts['practice'] {
  const at = { file: join(folder, 'training.db'), keys: join(folder, 'training-keys.db') };
  const remove = (): void => {
    for (const name of Object.values(at)) removeTraining(name);
  };
  remove();
  return async (): Promise<Result<Practice, PracticeFailure>> => {
    const keyHex = randomBytes(32).toString('hex');
    const job = { file, keyHex: keyNow(), to: at.file, toKeyHex: keyHex, migrations };
    const copied = worker ? await copyAside(worker, job, log) : copyForTraining(job);
    const opened = copied.ok ? openDatabase({ file: at.file, keyHex, migrations }) : null;
    if (!copied.ok || !opened?.ok) {
      remove();
      return err({ code: 'STORAGE', reason: copied.ok ? 'io' : copied.error });
    }
    const db = opened.value;
    const subjectKeys = openSubjectKeys({ file: at.keys, keyHex });
    const close = (): void => {
      subjectKeys.close();
      db.close();
      remove();
    };
    return ok({ db, subjectKeys, vault: vaultInMemory(), close });
  };
}

/** In a thread of its own, so that nobody at the counter waits for it. */
function copyAside(
  worker: string,
  job: TrainingCopyJob,
  log: Log,
): Promise<ReturnType<typeof copyForTraining>> {
  return new Promise((resolve) => {
    const { file, keyHex } = job;
    const thread = new Worker(worker, { workerData: { work: 'training', file, keyHex, training: job } });
    thread.once('message', (outcome) => resolve(trainingCopyOutcome.parse(outcome)));
    thread.once('error', (problem) => {
      log.warn('training-not-made', { problem: String(problem) });
      resolve(err('io'));
    });
    // After a message this changes nothing.
    thread.once('exit', () => resolve(err('io')));
    thread.unref();
  });
}

/** With a device key of its own, made now: what it signs, HQ takes from nobody. */
function vaultInMemory(): KeyVault {
  const values = new Map<VaultName, string>();
  const vault: KeyVault = {
    get: (name) => values.get(name) ?? null,
    set: (name, value) => {
      values.set(name, value);
    },
  };
  deviceKeyIn(vault, 'device-key');
  return vault;
}
