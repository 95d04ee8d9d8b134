import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Uptime } from '#shared/kernel/clock.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { KeyVault, Log, ReceiptPrinter } from '../till/ports.ts';
import { openSubjectKeys } from '../till/sales/subject-keys.ts';
import { type OpenFailure, openDatabase } from '../till/store/open.ts';
import { quickCheckAside } from '../till/store/quick-check.ts';
import { createTill, type Till } from '../till/till.ts';
import { systemUptime } from './uptime.ts';

export type Composition = {
  /** The till's own folder. */
  readonly folder: string;
  readonly migrations: string;
  readonly vault: KeyVault;
  readonly printer: ReceiptPrinter;
  readonly log: Log;
  readonly version: string;
  readonly clock?: Clock;
  readonly uptime?: Uptime;
  readonly plainFeed?: boolean;
};

export type RunningTill = {
  readonly till: Till;
  readonly close: () => Promise<void>;
  /** Looks the database over in a thread of its own, once the till can be scanned at; tells the log what it finds. */
  readonly checkAside: (worker: string) => Promise<void>;
};

/** Puts a till together from what its host gives it: the same under Node, Electron and test. */
export function composeTill({
  folder,
  migrations,
  vault,
  printer,
  log,
  version,
  clock = systemClock,
  uptime = systemUptime(),
  plainFeed,
}: Composition): Result<RunningTill, OpenFailure> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'till.db');
  const keyHex = databaseKey(vault, file);
  if (keyHex === null) return err({ code: 'KEY_LOST' });
  const opened = openDatabase({ file, keyHex, migrations });
  if (!opened.ok) return opened;
  const db = opened.value;
  const random = { bytes: (n: number) => new Uint8Array(randomBytes(n)) };
  const subjectKeys = openSubjectKeys({ file: join(folder, 'keys.db'), keyHex });
  const ports = { clock, uptime, random, vault, subjectKeys, printer, log, version, fetch, plainFeed };
  const till = createTill(db, ports);
  return ok({
    till,
    close: async () => {
      await till.stop();
      subjectKeys.close();
      db.close();
    },
    checkAside: async (worker) => {
      const found = await quickCheckAside({ worker, file, keyHex }).catch(String);
      if (found !== null) log.warn('database-check', { found });
    },
  });
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
