import { Worker } from 'node:worker_threads';
import { err, type Result } from '#shared/kernel/result.ts';
import { type BackupFailure, type BackupJob, type BackupMade, backupOutcome } from './backup.ts';

/** Makes a backup in a thread of its own, so that the cashier waits for nothing. `worker` is quick-check-worker's file. */
export function backUpAside(worker: string, job: BackupJob): Promise<Result<BackupMade, BackupFailure>> {
  return new Promise((resolve) => {
    const { file, keyHex } = job;
    const thread = new Worker(worker, { workerData: { work: 'backup', file, keyHex, job } });
    thread.once('message', (found) => resolve(backupOutcome.parse(found)));
    thread.once('error', () => resolve(err('io')));
    // After a message this changes nothing.
    thread.once('exit', () => resolve(err('io')));
    // A till that ends does not wait: an unfinished copy bears no backup's name.
    thread.unref();
  });
}
