import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Envelope } from '#shared/replica/changeset.ts';
import type { JournalCopy, JournalRow } from '#shared/replica/verify-journal.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';

/** A till's journal with the public keys the till knows, by device. */
export type ReadJournal = { readonly copy: JournalCopy; readonly keys: ReadonlyMap<string, string> };

/**
 * Reads a till's journal without touching its folder: the database and its WAL are copied away first, because opening
 * them in place would finish what a stop that was not clean has left.
 */
export function readTill(folder: string): ReadJournal {
  const vault = openFileVault(join(folder, 'vault.json'));
  const away = mkdtempSync(join(tmpdir(), 'pestle-verify-'));
  try {
    for (const name of ['till.db', 'till.db-wal'])
      if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(away, name));
    const db = openCopy(join(away, 'till.db'), vault.get('database-key') ?? '');
    const read = readJournal(db, deviceKey.parse(JSON.parse(vault.get('device-key') ?? '{}')).publicKey);
    db.close();
    return read;
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}

const deviceKey = z.object({ publicKey: z.string() });

/** Opens a till's database as it is: no migration, no setting of its own. */
export function openCopy(file: string, keyHex: string): Database.Database {
  const db = new Database(file, { fileMustExist: true });
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
  return db;
}

/** The journal, and where the till's identity says its chain ends. `publicKey` is the vault's, base64url. */
export function readJournal(db: Database.Database, publicKey: string): ReadJournal {
  const me = db
    .prepare<[], { device: string; inc: number; dseq: number; hash: string }>(
      `SELECT device, inc, dseq, head_hash AS hash FROM identity WHERE one = 1`,
    )
    .get();
  if (!me) throw new Error('this till has not been enrolled: it has no journal');
  const found = db
    .prepare<[string], JournalRow>(
      `SELECT ? AS device, inc, dseq, scope, NULL AS seq, type, hlc, text, hash, sig, state, reason,
              subject_id AS "subjectId", made_at AS "madeAt" FROM journal ORDER BY inc, dseq`,
    )
    .all(me.device);
  const former = formerDevices(found, me.inc);
  const rows = found.map((row) => ({ ...row, device: former.get(row.inc) ?? row.device }));
  const keyOf = db.prepare<[string], string>(`SELECT public_key FROM device WHERE id = ?`).pluck();
  const older = [...new Set(rows.map(({ inc }) => inc))].filter((inc) => inc !== me.inc);
  return {
    copy: { rows, ends: [me, ...older.map((inc) => lastOf(rows, inc))] },
    keys: new Map([
      ...[...former.values()].map((device) => [device, keyOf.get(device) ?? ''] as const),
      [me.device, publicKey],
    ]),
  };
}

/**
 * The devices this till has been before it was put to work again, by incarnation: what most of a chain says of itself,
 * because one row of it may have been tampered with.
 */
function formerDevices(rows: readonly JournalRow[], current: number): ReadonlyMap<number, string> {
  const said = new Map<number, Map<string, number>>();
  for (const { inc, text } of rows) {
    const device = inc === current ? null : (/"device":"([^"]*)"/.exec(text)?.[1] ?? null);
    if (device === null) continue;
    const counts = said.get(inc) ?? new Map<string, number>();
    said.set(inc, counts.set(device, (counts.get(device) ?? 0) + 1));
  }
  return new Map(
    [...said].map(([inc, counts]) => [inc, [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '']),
  );
}

/** Of an earlier incarnation the till keeps no end: the last there is must serve. HQ's record tells of more. */
function lastOf(rows: readonly JournalRow[], inc: number) {
  const last = rows.filter((row) => row.inc === inc).at(-1);
  return { device: last?.device ?? '', inc, dseq: last?.dseq ?? 0, hash: last?.hash ?? '' };
}

/** A changeset that makes a sale is about that sale. */
export function subjectOf({ body }: Envelope): string | null {
  const sale = body.changes.find((change) => change.op === 'insert' && change.t === 'sale');
  return sale?.op === 'insert' ? String(sale.row.id) : null;
}
