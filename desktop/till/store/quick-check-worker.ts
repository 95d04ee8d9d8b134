import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { copyForTraining, trainingCopyJob } from '../training-copy.ts';
import { backupJob, makeBackup } from './backup.ts';
import { checkpointNow, LOOK_MS } from './checkpoint.ts';
import { quickCheck } from './quick-check.ts';

/**
 * Work on a till's database beside its writer, over a connection of its own, so that the cashier waits for nothing: looks
 * it over once, makes a backup of it or a database to practise on, or moves what was committed from the WAL to the file until it is told to stop.
 */
const { file, keyHex, work, job, training } = z
  .object({
    ...{ file: z.string(), keyHex: z.string(), work: z.enum(['check', 'checkpoint', 'backup', 'training']) },
    job: backupJob.optional(),
    training: trainingCopyJob.optional(),
  })
  .parse(workerData);
if (work === 'backup') parentPort?.postMessage(makeBackup(backupJob.parse(job)));
else if (work === 'training') parentPort?.postMessage(copyForTraining(trainingCopyJob.parse(training)));
else workOver(new Database(file, { readonly: work === 'check' }));

function workOver(db: Database.Database): void {
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
  if (work === 'check') {
    const found = quickCheck(db);
    db.close();
    parentPort?.postMessage(found);
  } else {
    db.pragma('synchronous=FULL');
    // What it copies it does not read again.
    db.pragma('cache_size=-512');
    const timer = setInterval(() => checkpointNow(db), LOOK_MS);
    parentPort?.once('message', () => {
      clearInterval(timer);
      db.close();
    });
  }
}
