import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from './open.ts';

const migrations = 'migrations/sqlite';
const keyHex = randomBytes(32).toString('hex');
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pestle-open-'));
  file = join(folder, 'till.db');
});

function open(options: { keyHex?: string; migrations?: string } = {}) {
  return openDatabase({ file, keyHex, migrations, ...options });
}

function opened(options: { migrations?: string } = {}): Database.Database {
  const result = open(options);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

test('every commit is synced, temporary data stay in memory, whatever the build would do by itself', () => {
  const db = opened();
  const pragma = (name: string) => db.pragma(name, { simple: true });
  expect([
    pragma('synchronous'),
    pragma('temp_store'),
    pragma('journal_mode'),
    pragma('foreign_keys'),
  ]).toEqual([...[2, 2, 'wal', 1]]);
  expect(String(db.prepare('select sqlite_version()').pluck().get())).toMatch(/^3\.(5[1-9]|[6-9]\d)\./);
  db.close();
});

test('the file is no SQLite database to anybody without the key', () => {
  opened().close();
  expect(readFileSync(file).subarray(0, 15).toString('latin1')).not.toContain('SQLite format');
  expect(open({ keyHex: randomBytes(32).toString('hex') })).toEqual({
    ...{ ok: false, error: { code: 'WRONG_KEY_OR_DAMAGED' } },
  });
  const plain = new Database(file, { readonly: true });
  expect(() => plain.prepare('select * from sqlite_master').all()).toThrow(/not a database/);
  plain.close();
  opened().close();
});

test('a file that is no database is refused and left as it is', () => {
  const bytes = randomBytes(8192);
  writeFileSync(file, bytes);
  expect(open()).toEqual({ ok: false, error: { code: 'WRONG_KEY_OR_DAMAGED' } });
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('a database of a newer version is refused and not touched', () => {
  const db = opened();
  db.prepare(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('newer', 9999999999999)`).run();
  db.close();
  const before = readFileSync(file);
  expect(open()).toEqual({ ok: false, error: { code: 'NEWER_SCHEMA' } });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('before an older database is migrated a copy is made that opens with the same key', () => {
  const old = join(folder, 'migrations');
  cpSync(migrations, old, { recursive: true });
  const journal = JSON.parse(readFileSync(join(old, 'meta/_journal.json'), 'utf8'));
  const all = journal.entries.length;
  writeFileSync(
    join(old, 'meta/_journal.json'),
    JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }),
  );
  const before = opened({ migrations: old });
  before.prepare(`INSERT INTO preference (key, value) VALUES ('kept', '1')`).run();
  before.close();
  const after = opened();
  expect(after.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()).toBe(all);
  expect(after.prepare('SELECT value FROM preference').pluck().get()).toBe('1');
  after.close();
  const copy = new Database(`${file}.before-${all}`, { readonly: true });
  copy.pragma("cipher='aegis'");
  copy.pragma(`hexkey='${keyHex}'`);
  expect(copy.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()).toBe(1);
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  copy.close();
});

test('migrations leave what the migrator of drizzle-kit, which wrote them, would leave', () => {
  const db = opened();
  const other = new Database(':memory:');
  migrate(drizzle(other), { migrationsFolder: migrations });
  for (const sql of [
    'SELECT hash, created_at FROM __drizzle_migrations ORDER BY created_at',
    `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name <> '__drizzle_migrations' ORDER BY name`,
  ])
    expect(db.prepare(sql).all()).toEqual(other.prepare(sql).all());
  db.close();
});
