import pg from 'pg';
import type { Row, Sealed } from '#shared/replica/changeset.ts';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { type BenchPostgres, openPool, startBenchHq } from './hq-host.ts';
import type { Pushing } from './sync-push.ts';

/** The rows that one pushed batch leaves at HQ, by table, parents first: values as Postgres' text. */
type RawBatch = ReadonlyMap<
  string,
  { readonly columns: readonly string[]; readonly rows: readonly Values[] }
>;
type Values = readonly (string | null)[];

/** Postgres alone with the rows of a push: the facts, the log's and the ledger of what was seen. */
export type RawLimit = {
  /** Multi-row `INSERT … ON CONFLICT DO NOTHING`, a transaction for each batch, a connection for each device: ms. */
  readonly insert: (batches: readonly (readonly RawBatch[])[]) => Promise<number>;
  /** The same by `COPY … FROM STDIN`, which cannot be repeated: ms. */
  readonly copy: (batches: readonly (readonly RawBatch[])[]) => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Two databases like HQ's own, one for each way. */
export async function openRawLimit(postgres: BenchPostgres, connections: number): Promise<RawLimit> {
  const open = async () => {
    const url = await postgres.database('large-org');
    // HQ brings its schema and this month's partitions up to date when it starts.
    await (await startBenchHq(url)).stop();
    return openPool(url, connections);
  };
  const [inserting, copying] = [await open(), await open()];
  return {
    insert: (batches) => eachBatch(inserting, batches, insertBatch),
    copy: (batches) => eachBatch(copying, batches, copyBatch),
    async stop() {
      await inserting.end();
      await copying.end();
    },
  };
}

/** What HQ made of batches it has taken: read back from its own tables, so that they are the same rows. */
export async function rawBatches(
  databaseUrl: string,
  pushing: readonly Pushing[],
): Promise<readonly (readonly RawBatch[])[]> {
  const client = new pg.Client({ connectionString: databaseUrl, types: { getTypeParser: () => asText } });
  await client.connect();
  const all: RawBatch[][] = [];
  for (const { device, batches } of pushing) {
    const mine: RawBatch[] = [];
    for (const batch of batches) {
      const dseqs = batch.flatMap(({ text }) => dseqOf(text));
      const of = [device.identity.device, device.identity.inc, dseqs[0], dseqs.at(-1)];
      const rows = new Map(
        [...factsOf(batch)].map(([table, facts]) => [table, asValues(table, facts)] as const),
      );
      for (const table of ['change_log', 'change_seen']) {
        const found = await client.query<(string | null)[]>({
          rowMode: 'array',
          text: readBack(table),
          values: of,
        });
        rows.set(table, { columns: found.fields.map(({ name }) => name), rows: found.rows });
      }
      mine.push(rows);
    }
    all.push(mine);
  }
  await client.end();
  return all;
}

/** The facts of changesets, by table, parents first. */
export function factsOf(changesets: readonly Sealed[]): ReadonlyMap<string, readonly Row[]> {
  const facts = new Map<string, Row[]>();
  for (const { text } of changesets) {
    const opened = openEnvelope(text);
    for (const change of opened.ok ? opened.value.body.changes : []) {
      if (change.op !== 'insert') continue;
      const rows = facts.get(change.t);
      if (rows) rows.push(change.row);
      else facts.set(change.t, [change.row]);
    }
  }
  return facts;
}

const asText = (value: string | Buffer): string => String(value);
const readBack = (table: string): string =>
  `SELECT * FROM ${table} WHERE device = $1 AND inc = $2 AND dseq BETWEEN $3 AND $4 ORDER BY dseq`;

function dseqOf(text: string): number[] {
  const opened = openEnvelope(text);
  return opened.ok ? [opened.value.dseq] : [];
}

function asValues(table: string, facts: readonly Row[]): { columns: string[]; rows: Values[] } {
  const columns = tableFacts.get(table)?.columns ?? [];
  const rows = facts.map((row) =>
    columns.map(({ property, kind }) => {
      const value = row[property] ?? null;
      if (value === null) return null;
      return kind === 'json' ? JSON.stringify(value) : String(value);
    }),
  );
  return { columns: columns.map(({ column }) => column), rows };
}

/** Each device's batches on a connection of its own, each batch in a transaction: milliseconds. */
async function eachBatch(
  pool: pg.Pool,
  devices: readonly (readonly RawBatch[])[],
  write: (client: pg.PoolClient, batch: RawBatch) => Promise<void>,
): Promise<number> {
  const clients = await Promise.all(devices.map(() => pool.connect()));
  const from = performance.now();
  await Promise.all(
    clients.map(async (client, n) => {
      for (const batch of devices[n] ?? []) {
        await client.query('BEGIN');
        await write(client, batch);
        await client.query('COMMIT');
      }
    }),
  );
  const took = performance.now() - from;
  for (const client of clients) client.release();
  return took;
}

async function insertBatch(client: pg.PoolClient, batch: RawBatch): Promise<void> {
  for (const [table, { columns, rows }] of batch) {
    const tuples = rows.map((_, r) => `(${columns.map((_c, c) => `$${r * columns.length + c + 1}`)})`);
    await client.query({
      // Every batch is as large: Postgres plans each statement once.
      name: `raw ${table} ${rows.length}`,
      text: `INSERT INTO ${table} (${columns}) VALUES ${tuples} ON CONFLICT DO NOTHING`,
      values: rows.flat(),
    });
  }
}

async function copyBatch(client: pg.PoolClient, batch: RawBatch): Promise<void> {
  for (const [table, { columns, rows }] of batch) {
    const lines = rows.map((row) => `${row.map(copyText).join('\t')}\n`).join('');
    await copyIn(client, `COPY ${table} (${columns}) FROM STDIN`, Buffer.from(lines));
  }
}

const copyText = (value: string | null): string =>
  value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c);
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** `COPY … FROM STDIN` with pg's own connection; it has no call of its own for it. */
function copyIn(client: pg.PoolClient, text: string, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query({
      submit: (connection: pg.Connection) => connection.query(text),
      handleCopyInResponse(connection: CopyConnection) {
        connection.sendCopyFromChunk(data);
        connection.endCopyFrom();
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve(),
      handleError: (problem: Error) => reject(problem),
    });
  });
}

type CopyConnection = {
  readonly sendCopyFromChunk: (data: Buffer) => void;
  readonly endCopyFrom: () => void;
};
