import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { quickCheck } from './quick-check.ts';

/** What a key is to a database. */
export type KeyFit =
  | { readonly fits: true }
  /** It is another database's key, or not even the first page is whole. */
  | { readonly fits: false; readonly why: 'does-not-open' }
  /** The key opens it, and SQLite finds it damaged. */
  | { readonly fits: false; readonly why: 'damaged'; readonly detail: string };

/**
 * Tries a key on a copy beside the database (and its WAL), so that the database itself stays as it lies, whatever the
 * key is. Needs as much room on the disk once more.
 *
 * @param keyHex 256 bits in hex
 */
export function tryKey(file: string, keyHex: string): KeyFit {
  const away = mkdtempSync(join(dirname(file), '.try-key-'));
  try {
    const copy = join(away, 'till.db');
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    return fitOf(copy, keyHex);
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}

/** The same on the file itself: a backup, or a copy that is nobody's but ours. */
export function fitOf(copy: string, keyHex: string): KeyFit {
  const db = new Database(copy);
  try {
    keyed(db, keyHex);
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch {
    db.close();
    return { fits: false, why: 'does-not-open' };
  }
  try {
    const detail = quickCheck(db);
    return detail === null ? { fits: true } : { fits: false, why: 'damaged', detail };
  } catch (problem) {
    return { fits: false, why: 'damaged', detail: problem instanceof Error ? problem.message : '' };
  } finally {
    db.close();
  }
}

/** Whether a till has this database open: nobody else may hold it while it changes hands. */
export function isInUse(file: string, keyHex: string): boolean {
  const db = new Database(file, { timeout: 200 });
  try {
    keyed(db, keyHex);
    // In WAL mode this needs the file for itself, and gives it back when it is closed.
    db.pragma('locking_mode=EXCLUSIVE');
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && String(problem.code).startsWith('SQLITE_BUSY'))
      return true;
    throw problem;
  } finally {
    db.close();
  }
}

function keyed(db: Database.Database, keyHex: string): void {
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
}
