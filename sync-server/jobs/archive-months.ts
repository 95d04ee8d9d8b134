import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { syncFolderOf, writeDurably } from '../store/durable-file.ts';
import { inTransaction } from '../store/pool.ts';

type Options = {
  /** HQ's data folder: files go to `archive/` in it. */
  readonly dataDir: string;
  /** Months that ended before this are archived. */
  readonly before: Date;
};

/** What stands beside an archived month: of the lines before they were compressed. */
type Content = { readonly rows: number; readonly sha256: string };

/**
 * Takes the log's old months out of what is searched: those that ended before `before` and lie below every floor. Each
 * is written to `archive/<partition>.ndjson.gz` (a line per changeset, in order) with its checksum beside it, read back,
 * and only then detached and moved to the schema `archive`: moved, never dropped. Cut off anywhere, the next run begins
 * that month again. Answers the partitions moved.
 */
export async function archiveMonths(pool: pg.Pool, { dataDir, before }: Options): Promise<string[]> {
  const folder = join(dataDir, 'archive');
  const moved: string[] = [];
  for (const partition of await monthsBefore(pool, before)) {
    if (!(await isBelowFloors(pool, partition))) continue;
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${partition}.ndjson.gz`);
    const written = await writeMonth(pool, partition, file);
    const read = await readContent(file);
    if (read.rows !== written.rows || read.sha256 !== written.sha256)
      throw new Error(`${file} reads otherwise than it was written: the month stays in the log`);
    await writeDurably(join(folder, `${partition}.json`), JSON.stringify({ partition, ...written }));
    await detach(pool, partition, written.rows);
    moved.push(partition);
  }
  return moved;
}

/** Partitions of whole months, oldest first, by the bound in their name. The default partition has no month. */
async function monthsBefore(pool: pg.Pool, before: Date): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'change_log'::regclass AND c.relname ~ '^change_log_[0-9]{4}_[0-9]{2}$'
        AND to_timestamp(right(c.relname, 7) || '+00', 'YYYY_MM TZH') + interval '1 month' <= $1
      ORDER BY c.relname`,
    [before],
  );
  return rows.map(({ name }) => name);
}

async function isBelowFloors(pool: pg.Pool, partition: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM ${pg.escapeIdentifier(partition)} l LEFT JOIN scope_head h ON h.scope = l.scope
      WHERE l.seq > coalesce(h.floor, 0) LIMIT 1`,
  );
  return rowCount === 0;
}

function writeMonth(pool: pg.Pool, partition: string, file: string): Promise<Content> {
  const draft = `${file}.draft`;
  return inTransaction(pool, async (client) => {
    const content = { rows: 0, hash: createHash('sha256') };
    await pipeline(Readable.from(lines(client, partition, content)), createGzip(), createWriteStream(draft));
    const handle = await open(draft, 'r+');
    await handle.sync();
    await handle.close();
    await rename(draft, file);
    await syncFolderOf(file);
    return { rows: content.rows, sha256: content.hash.digest('hex') };
  });
}

/** Changesets at once: an import's are 1 MB each. */
const FETCH = 50;

async function* lines(
  client: pg.PoolClient,
  partition: string,
  content: { rows: number; readonly hash: Hash },
): AsyncGenerator<string> {
  await client.query(
    `DECLARE month NO SCROLL CURSOR FOR
     SELECT row_to_json(l)::text AS line FROM ${pg.escapeIdentifier(partition)} l ORDER BY scope, seq`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${FETCH} FROM month`);
    const text = rows.map(({ line }) => `${line}\n`).join('');
    content.rows += rows.length;
    content.hash.update(text);
    yield text;
    if (rows.length < FETCH) return;
  }
}

const NEWLINE = 10;

async function readContent(file: string): Promise<Content> {
  const hash = createHash('sha256');
  let rows = 0;
  await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === NEWLINE) rows += 1;
    }
  });
  return { rows, sha256: hash.digest('hex') };
}

/** Waits only a moment for the log's lock: intake would wait behind it. Tomorrow is another day. */
async function detach(pool: pg.Pool, partition: string, rows: number): Promise<void> {
  const name = pg.escapeIdentifier(partition);
  await inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = '2s'`);
    await client.query(`ALTER TABLE change_log DETACH PARTITION ${name}`);
    const { rows: counted } = await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${name}`);
    if (counted[0]?.n !== rows) throw new Error(`${partition} has grown while it was archived`);
    await client.query(
      `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${name}
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
    await client.query(`ALTER TABLE ${name} SET SCHEMA archive`);
  });
}
