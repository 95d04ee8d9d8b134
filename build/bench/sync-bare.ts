import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import pg from 'pg';
import type { Row, Sealed } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { root } from '../tools.ts';
import { factsOf } from './sync-raw.ts';

/** A plain SQLite file with the till's tables and FULL: what the library alone does with the same rows. */
export type BareTill = {
  readonly db: Database.Database;
  /** Inserts rows of one table; the caller has the transaction. */
  readonly insert: (table: string, rows: readonly Row[]) => void;
  readonly close: () => void;
};

export function openBareTill(): BareTill {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-bench-bare-'));
  const db = new Database(join(folder, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  migrate(drizzle(db), { migrationsFolder: join(root, 'migrations/sqlite') });
  const statements = new Map<string, Insert>();
  return {
    db,
    insert(table, rows) {
      const insert = statements.get(table) ?? insertInto(db, table);
      statements.set(table, insert);
      for (const row of rows) insert(row);
    },
    close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Milliseconds to insert the rows of these changesets, so many changesets in a transaction. */
export function insertBare(changesets: readonly Sealed[], perTransaction: number): number {
  const bare = openBareTill();
  const from = performance.now();
  for (let at = 0; at < changesets.length; at += perTransaction)
    bare.db.transaction(() => {
      for (const [table, rows] of factsOf(changesets.slice(at, at + perTransaction)))
        bare.insert(table, rows);
    })();
  const took = performance.now() - from;
  bare.close();
  return took;
}

/**
 * The way of a sale from till to till with nothing of ours: HTTP POST, one INSERT with NOTIFY in Postgres, LISTEN and
 * SELECT, the rows into SQLite. Milliseconds from the POST to the commit, one for each changeset.
 */
export async function bareChain(
  databaseUrl: string,
  changesets: readonly Sealed[],
): Promise<readonly number[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  await pool.query('CREATE TABLE bare (n serial PRIMARY KEY, text text NOT NULL)');
  const listener = new pg.Client({ connectionString: databaseUrl });
  await listener.connect();
  await listener.query('LISTEN bare');
  const server = createServer(async (request, response) => {
    await pool.query(
      `WITH added AS (INSERT INTO bare (text) VALUES ($1) RETURNING n) SELECT pg_notify('bare', n::text) FROM added`,
      [await text(request)],
    );
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const bare = openBareTill();
  const times: number[] = [];
  for (const sealed of changesets) {
    const arrived = new Promise<number>((resolve) => {
      listener.once('notification', async ({ payload }) => {
        const { rows } = await pool.query<{ text: string }>('SELECT text FROM bare WHERE n = $1', [payload]);
        const taken = [{ ...sealed, text: rows[0]?.text ?? '' }];
        bare.db.transaction(() => {
          for (const [table, facts] of factsOf(taken)) bare.insert(table, facts);
        })();
        resolve(performance.now());
      });
    });
    const from = performance.now();
    await fetch(url, { method: 'POST', body: sealed.text });
    times.push((await arrived) - from);
    await pause(10);
  }
  bare.close();
  server.close();
  await listener.end();
  await pool.end();
  return times;
}

type Insert = (row: Row) => void;

const REPLICA = [
  { property: 'deleted', column: 'deleted', kind: 'bool' },
  { property: 'stamps', column: 'stamps', kind: 'json' },
] as const;

function insertInto(db: Database.Database, table: string): Insert {
  const facts = tableFacts.get(table);
  const columns = [...(facts?.columns ?? []), ...(facts?.policy === 'lww' ? REPLICA : [])];
  const names = columns.map(({ column }) => column);
  const statement = db.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map(() => '?')})`);
  return (row) =>
    statement.run(
      columns.map(({ property, kind }) => {
        const value = row[property] ?? null;
        if (kind === 'bool') return value === true ? 1 : 0;
        return kind === 'json' && value !== null ? JSON.stringify(value) : value;
      }),
    );
}
