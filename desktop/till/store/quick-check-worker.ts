import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { quickCheck } from './quick-check.ts';

/** Checks a till's database beside its writer: its own read-only connection, so that the cashier waits for nothing. */
const { file, keyHex } = z.object({ file: z.string(), keyHex: z.string() }).parse(workerData);
const db = new Database(file, { readonly: true });
db.pragma("cipher='aegis'");
db.pragma(`hexkey='${keyHex}'`);
const found = quickCheck(db);
db.close();
parentPort?.postMessage(found);
