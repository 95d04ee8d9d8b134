import type pg from 'pg';
import type { FeedRow } from '#shared/replica/wire.ts';

/** A piece of a scope's log behind `after`, in order. `atHead`: there was nothing behind it when it was read. */
export type Chunk = { readonly rows: readonly FeedRow[]; readonly last: number; readonly atHead: boolean };
export type Head = { readonly seq: number; readonly floor: number; readonly epoch: string };

export type Feed = ReturnType<typeof createFeed>;

/** Rows and bytes of one answer at most; one row is always given, however large. */
const MOST_ROWS = 1_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Reads the log. Followers of one scope that wake together share one reading. */
export function createFeed(pool: pg.Pool) {
  const underway = new Map<string, Promise<Chunk>>();
  return {
    /** The last number given in a scope, and the lowest `after` that is still served. */
    async head(scope: string): Promise<Head> {
      const { rows } = await pool.query<Head>({
        name: 'scope head',
        text: `SELECT coalesce(s.seq, 0) AS seq, coalesce(s.floor, 0) AS floor, hq.epoch
                 FROM hq_identity hq LEFT JOIN scope_head s ON s.scope = $1 WHERE hq.one = 1`,
        values: [scope],
      });
      if (!rows[0]) throw new Error('this database has no org yet');
      return rows[0];
    },
    read(scope: string, after: number, limit = MOST_ROWS): Promise<Chunk> {
      const key = `${scope} ${after} ${limit}`;
      const shared = underway.get(key);
      if (shared) return shared;
      const reading = readChunk(pool, { scope, after, limit: Math.min(limit, MOST_ROWS) }).finally(() =>
        underway.delete(key),
      );
      underway.set(key, reading);
      return reading;
    },
  };
}

async function readChunk(
  pool: pg.Pool,
  { scope, after, limit }: { readonly scope: string; readonly after: number; readonly limit: number },
): Promise<Chunk> {
  const { rows } = await pool.query<FeedRow & { readonly held: string }>({
    name: 'read log',
    text: READ,
    values: [scope, after, limit + 1, MOST_BYTES],
  });
  // One more than asked for was read: it says whether there is more. Rows left out for their bytes leave `held` higher.
  const more = rows.length > limit || Number(rows.at(-1)?.held ?? 0) > rows.length;
  const given = rows.slice(0, limit).map(({ held: _, ...row }) => row);
  return { rows: given, last: given.length > 0 ? Number(given.at(-1)?.seq) : after, atHead: !more };
}

/** Dense `seq` under the scope's lock: what is visible has no holes, so a reader needs nothing but its last number. */
// `measured.seq` in the last line is the number; `seq` alone would be the text given out, and 10 would come before 2.
const READ = `
  SELECT scope, seq::text, epoch, device, inc::text, dseq::text, type, v::text, eff_hlc, hash, sig, envelope, coalesce(counted, '') AS counted, held::text
    FROM (
      SELECT *, count(*) OVER () AS held, sum(octet_length(envelope)) OVER (ORDER BY seq) - octet_length(envelope) AS before
        FROM (SELECT * FROM change_log WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS piece
    ) AS measured
   WHERE before < $4 ORDER BY measured.seq`;
