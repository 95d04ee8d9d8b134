import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { checkpointNow, LOOK_MS } from './checkpoint.ts';
import { quickCheck } from './quick-check.ts';

/**
 * Work on a till's database beside its writer, over a connection of its own, so that the cashier waits for nothing: looks
 * it over once, or moves what was committed from the WAL to the file until it is told to stop.
 */
const { file, keyHex, work } = z
  .object({ file: z.string(), keyHex: z.string(), work: z.enum(['check', 'checkpoint']) })
  .parse(workerData);
const db = new Database(file, { readonly: work === 'check' });
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
