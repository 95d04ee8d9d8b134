import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type pg from 'pg';
import { z } from 'zod';
import { emptyDigest } from '#shared/replica/log-digest.ts';
import { type SnapshotReply, snapshotReply } from '#shared/replica/wire.ts';
import { digestAt } from './digest.ts';
import { readBeyond, readHeads, readQuarantined } from './heads.ts';
import { historySince, type Section, sectionsOf } from './snapshot-sql.ts';

export type Snapshots = {
  /** The scope's snapshot at its present head, made now if no till has asked since the last change. */
  readonly of: (scope: string) => Promise<SnapshotReply>;
  /**
   * The file of an announced snapshot, if it is of one of these scopes: another node may have announced it, then it is
   * made here where it is still the present one.
   */
  readonly file: (id: string, scopes: readonly string[]) => Promise<SnapshotFile | null>;
};

/** `sha256` of the file, hex: two nodes may make one snapshot with other bytes, and a till must not join them. */
export type SnapshotFile = { readonly scope: string; readonly file: string; readonly sha256: string };

const ROWS_PER_LINE = 500;
const FETCH = 4 * ROWS_PER_LINE;
/** Of each scope the last few stay, for tills that are still loading one. */
const KEPT = 3;

type Deps = { readonly pool: pg.Pool; readonly dataDir: string; readonly now: () => number };

/**
 * Snapshots of a scope as NDJSON, gzipped: files named by scope, epoch and seq, so that one that is there is right, and
 * a broken download goes on with Range. Made from one REPEATABLE READ transaction: rows and watermark are of one moment.
 */
export function createSnapshots({ pool, dataDir, now }: Deps): Snapshots {
  const folder = join(dataDir, 'snapshots');
  const making = new Map<string, Promise<SnapshotReply>>();
  return {
    of(scope) {
      const shared = making.get(scope);
      if (shared) return shared;
      const work = currentOf({ pool, folder, now }, scope).finally(() => making.delete(scope));
      making.set(scope, work);
      return work;
    },
    async file(id, scopes) {
      const scope = scopes.find((one) => isIdOf(one, id));
      if (scope === undefined) return null;
      const there = (await announced(folder, id)) ?? (await makeAgain(this, { folder, scope, id }));
      return there && { scope, file: join(folder, `${id}.ndjson.gz`), sha256: there.sha256 };
    },
  };
}

const scopeHash = (scope: string): string => createHash('sha256').update(scope).digest('hex').slice(0, 16);
const isIdOf = (scope: string, id: string): boolean =>
  id.startsWith(`${scopeHash(scope)}-`) && /^[0-9a-f-]{1,80}$/.test(id);

type Making = { readonly pool: pg.Pool; readonly folder: string; readonly now: () => number };

async function currentOf(deps: Making, scope: string): Promise<SnapshotReply> {
  await mkdir(deps.folder, { recursive: true });
  const client = await deps.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const mark = await readMark(client, scope);
    const id = `${scopeHash(scope)}-${mark.epoch}-${mark.seq}`;
    const reply = (await announced(deps.folder, id)) ?? (await make(client, deps, { scope, id, ...mark }));
    await client.query('COMMIT');
    return reply;
  } catch (problem) {
    broken = problem instanceof Error ? problem : new Error(String(problem));
    throw problem;
  } finally {
    client.release(broken);
  }
}

async function readMark(client: pg.PoolClient, scope: string): Promise<{ seq: number; epoch: string }> {
  const { rows } = await client.query<{ seq: number; epoch: string }>(
    `SELECT epoch, coalesce((SELECT seq FROM scope_head WHERE scope = $1), 0) AS seq FROM hq_identity WHERE one = 1`,
    [scope],
  );
  if (!rows[0]) throw new Error('this database has no org yet');
  return rows[0];
}

/** What stands beside a finished file; written last, so that what it announces is whole. */
async function announced(folder: string, id: string): Promise<Announced | null> {
  const text = await readFile(join(folder, `${id}.json`), 'utf8').catch(() => null);
  const parsed = text === null ? null : announcedSchema.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : null;
}
const announcedSchema = snapshotReply.extend({ sha256: z.string() });
type Announced = z.infer<typeof announcedSchema>;

/** Another node has announced it: it is made here, where it is still the present one. */
async function makeAgain(
  snapshots: Pick<Snapshots, 'of'>,
  { folder, scope, id }: { readonly folder: string; readonly scope: string; readonly id: string },
): Promise<Announced | null> {
  const present = await snapshots.of(scope);
  return present.id === id ? announced(folder, id) : null;
}

type Wanted = { readonly scope: string; readonly id: string; readonly seq: number; readonly epoch: string };

async function make(client: pg.PoolClient, { folder, now }: Making, wanted: Wanted): Promise<SnapshotReply> {
  const { scope, id, seq, epoch } = wanted;
  const since = historySince(now());
  const values = [scope.startsWith('store:') ? scope.slice('store:'.length) : '', since];
  const sections = sectionsOf(scope);
  const rows = await countRows(client, sections, values);
  const heads = await readHeads(client, [scope]);
  const head = {
    ...{ scope, seq, epoch, rows, since, heads },
    digest: (await digestAt(client, { scope, seq, keep: false })) ?? emptyDigest,
    beyond: await readBeyond(client, heads),
    quarantined: await readQuarantined(client, scope),
  };
  const target = join(folder, `${id}.ndjson.gz`);
  const draft = `${target}.${randomUUID()}`;
  try {
    const hash = createHash('sha256');
    await pipeline(
      Readable.from(lines(client, { head, sections, values })),
      createGzip({ level: constants.Z_BEST_SPEED + 2 }),
      async function* (bytes: AsyncIterable<Buffer>) {
        for await (const piece of bytes) {
          hash.update(piece);
          yield piece;
        }
      },
      createWriteStream(draft),
    );
    const { size } = await stat(draft);
    await rename(draft, target);
    const reply: SnapshotReply = { id, scope, seq, epoch, bytes: size, rows };
    const beside: Announced = { ...reply, sha256: hash.digest('hex') };
    await writeFile(join(folder, `${id}.json`), JSON.stringify(beside));
    await dropOld(folder, scope);
    return reply;
  } finally {
    await rm(draft, { force: true });
  }
}

async function countRows(
  client: pg.PoolClient,
  sections: readonly Section[],
  values: unknown[],
): Promise<number> {
  let rows = 0;
  for (const { from } of sections) {
    const { rows: counted } = await client.query<{ n: number }>(`SELECT count(*) AS n ${from}`, values);
    rows += counted[0]?.n ?? 0;
  }
  return rows;
}

/** The file's lines. Postgres writes the JSON of the rows; nothing is parsed on the way. */
async function* lines(
  client: pg.PoolClient,
  { head, sections, values }: { head: { rows: number }; sections: readonly Section[]; values: unknown[] },
): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  for (const { t, from, columns } of sections) {
    await client.query(
      `DECLARE section NO SCROLL CURSOR FOR
       SELECT row_to_json(line)::text AS line FROM (SELECT ${columns} ${from} ORDER BY 1) AS line`,
      values,
    );
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`FETCH ${FETCH} FROM section`);
      for (let i = 0; i < rows.length; i += ROWS_PER_LINE) {
        const some = rows.slice(i, i + ROWS_PER_LINE).map(({ line }) => line);
        yield `{"t":"${t}","rows":[${some.join(',')}]}\n`;
      }
      if (rows.length < FETCH) break;
    }
    await client.query('CLOSE section');
  }
  yield `{"end":${head.rows}}\n`;
}

async function dropOld(folder: string, scope: string): Promise<void> {
  const mine = (await readdir(folder)).filter(
    (name) => name.startsWith(`${scopeHash(scope)}-`) && name.endsWith('.json'),
  );
  const dated = await Promise.all(
    mine.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  for (const { name } of dated.sort((a, b) => b.at - a.at).slice(KEPT)) {
    await rm(join(folder, name), { force: true });
    await rm(join(folder, name.replace(/\.json$/, '.ndjson.gz')), { force: true });
  }
}
