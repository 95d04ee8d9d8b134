import { copyFileSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { countMigrations, listMigrations, migrateFrom } from './migrate.ts';
import { quickCheck } from './quick-check.ts';

export type OpenFailure =
  | { readonly code: 'WRONG_KEY_OR_DAMAGED' }
  /** SQLite's own check failed after a stop that was not clean. */
  | { readonly code: 'DAMAGED'; readonly detail: string }
  /** Written by a newer Pestle: opening it could lose what this version does not know. */
  | { readonly code: 'NEWER_SCHEMA' }
  | { readonly code: 'UNSAFE_SQLITE'; readonly detail: string };

export type OpenOptions = {
  readonly file: string;
  /** 256-bit database key in hex. */
  readonly keyHex: string;
  /** Folder of the SQLite migrations: comes from the host, because paths move when bundled. */
  readonly migrations: string;
};

/** The oldest SQLite without the WAL-reset corruption bug. */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const;

/**
 * Opens the till's encrypted database as its one writer: keyed before the first read, WAL, `synchronous=FULL` and
 * `temp_store=MEMORY` set and read back (neither is the build's default: NORMAL loses acknowledged sales in a power
 * cut, temporary files would hold plain names), a verified copy before any migration.
 */
export function openDatabase({
  file,
  keyHex,
  migrations,
}: OpenOptions): Result<Database.Database, OpenFailure> {
  const unclean = existsSync(`${file}-wal`);
  const db = new Database(file);
  const failed = prepare(db, keyHex) ?? (unclean ? damage(db) : null);
  if (failed) {
    db.close();
    return err(failed);
  }
  return migrateForward(db, { file, keyHex, migrations });
}

/** A stop that was not clean leaves its WAL: the file is checked before anything is sold from it. */
function damage(db: Database.Database): OpenFailure | null {
  const detail = quickCheck(db);
  return detail === null ? null : { code: 'DAMAGED', detail };
}

function prepare(db: Database.Database, keyHex: string): OpenFailure | null {
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
  try {
    db.pragma("journal_mode='wal'");
  } catch {
    return { code: 'WRONG_KEY_OR_DAMAGED' };
  }
  db.pragma('synchronous=FULL');
  db.pragma('temp_store=MEMORY');
  db.pragma('foreign_keys=ON');
  db.pragma('secure_delete=FAST');
  tuneFor(db, 'counter');
  const unsafe = unsafeSetting(db);
  return unsafe === null ? null : { code: 'UNSAFE_SQLITE', detail: unsafe };
}

/**
 * Memory and checkpoints for a counter at work, or for taking in its first base, when nobody sells: pages then stay in
 * memory until they are full, and go from the WAL to the file once, not every 4 MB. What is committed lasts in both.
 */
export function tuneFor(db: Database.Database, work: 'counter' | 'first-base'): void {
  const first = work === 'first-base';
  db.pragma(`cache_size=${first ? -131_072 : -32_768}`);
  db.pragma(`wal_autocheckpoint=${first ? 16_000 : MOST_IN_WAL}`);
}

/** Only what a thread of its own has not moved in time (checkpoint.ts): without one, this often and a long wait. */
const MOST_IN_WAL = 8_000;

function unsafeSetting(db: Database.Database): string | null {
  if (db.pragma('synchronous', { simple: true }) !== 2) return 'synchronous is not FULL';
  if (db.pragma('temp_store', { simple: true }) !== 2) return 'temp_store is not MEMORY';
  if (db.pragma('journal_mode', { simple: true }) !== 'wal') return 'journal_mode is not WAL';
  const version = String(db.prepare('select sqlite_version()').pluck().get());
  const [a = 0, b = 0, c = 0] = version.split('.').map(Number);
  const [x, y, z] = OLDEST_SAFE_SQLITE;
  return a * 1e6 + b * 1e3 + c >= x * 1e6 + y * 1e3 + z ? null : `SQLite ${version}`;
}

function migrateForward(
  db: Database.Database,
  { file, keyHex, migrations }: OpenOptions,
): Result<Database.Database, OpenFailure> {
  const applied = countMigrations(db);
  const known = listMigrations(migrations).length;
  if (applied > known) {
    db.close();
    return err({ code: 'NEWER_SCHEMA' });
  }
  if (applied > 0 && applied < known) {
    db.pragma('wal_checkpoint(TRUNCATE)');
    const detail = copyVerified(file, { copy: `${file}.before-${known}`, keyHex });
    if (detail !== null) {
      db.close();
      return err({ code: 'DAMAGED', detail });
    }
  }
  if (applied < known) migrateFrom(db, migrations);
  return ok(db);
}

/** The copy that a migration gone wrong is mended from: opened with its key and checked before it is relied on. */
function copyVerified(file: string, { copy, keyHex }: { copy: string; keyHex: string }): string | null {
  copyFileSync(file, copy);
  const db = new Database(copy, { readonly: true });
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
  const detail = quickCheck(db);
  db.close();
  return detail;
}
