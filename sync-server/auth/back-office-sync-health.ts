import type { InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { authHqCalls } from '#shared/auth/calls-hq.ts';

type Outputs = InferContractRouterOutputs<typeof authHqCalls>;
type SyncFigures = Outputs['syncHealth'];

const QUARTER_MS = 15 * 60_000;
/** Quarters of an hour that the chart shows: eight hours. */
const QUARTERS = 32;

/** How the chain's data stand, in figures: what is refused, what is to be looked at, whose logs are equal to HQ's. */
export async function readSyncFigures(pool: pg.Pool): Promise<SyncFigures> {
  const [counts, scopes, digests] = await Promise.all([
    pool.query<Counts>(COUNTS),
    pool.query<SyncFigures['scopes'][number]>('SELECT scope, seq FROM scope_head ORDER BY scope'),
    pool.query<{ tillName: string; equal: boolean }>(DIGESTS),
  ]);
  const { open = 0, retried = 0, dismissed = 0, toReview = 0 } = counts.rows[0] ?? {};
  return {
    quarantine: { open, retried, dismissed },
    toReview,
    scopes: scopes.rows,
    digests: {
      heard: digests.rows.length,
      equal: digests.rows.filter(({ equal }) => equal).length,
      differing: digests.rows.filter(({ equal }) => !equal).map(({ tillName }) => tillName),
    },
  };
}

/** Changesets taken by quarter of an hour. */
export async function readTaken(pool: pg.Pool, nowMs: number): Promise<Outputs['changesetsTaken']> {
  const from = (Math.floor(nowMs / QUARTER_MS) - QUARTERS + 1) * QUARTER_MS;
  const { rows } = await pool.query<Taken>(TAKEN, [from, nowMs - 3600_000]);
  const byQuarter = new Map(rows.map((row) => [row.from, row.count]));
  return {
    lastHour: rows.reduce((sum, { lastHour }) => sum + lastHour, 0),
    quarters: Array.from({ length: QUARTERS }, (_, i) => from + i * QUARTER_MS).map((at) => ({
      from: at,
      count: byQuarter.get(at) ?? 0,
    })),
  };
}

type Counts = {
  readonly open: number;
  readonly retried: number;
  readonly dismissed: number;
  readonly toReview: number;
};
type Taken = { readonly from: number; readonly count: number; readonly lastHour: number };

const COUNTS = `
  SELECT count(*) FILTER (WHERE state = 'open') AS open, count(*) FILTER (WHERE state = 'retried') AS retried,
         count(*) FILTER (WHERE state = 'dismissed') AS dismissed,
         (SELECT count(*) FROM flag WHERE reviewed_at IS NULL) AS "toReview"
    FROM quarantine`;

/**
 * The log has no index by time of arrival, but its numbers are dense: a few look-ups back from each scope's head find
 * a number from before the time asked for, and only what lies above it is read, from the index
 * alone. OFFSET 0 keeps a planner without statistics from reading the whole log instead.
 */
const TAKEN = `
  SELECT (extract(epoch FROM date_bin('15 minutes', l.at, 'epoch')) * 1000)::bigint AS "from", count(*) AS count,
         count(*) FILTER (WHERE l.at >= to_timestamp($2::double precision / 1000)) AS "lastHour"
    FROM scope_head h
    CROSS JOIN LATERAL (
      SELECT coalesce(max(b.seq), 0) AS seq
        FROM (VALUES (300), (3000), (30000), (300000)) AS back(by)
        JOIN change_log b ON b.scope = h.scope AND b.seq = h.seq - back.by
       WHERE b.at < to_timestamp($1::double precision / 1000)
    ) AS before
    CROSS JOIN LATERAL (
      SELECT at FROM change_log
       WHERE scope = h.scope AND seq > before.seq AND at >= to_timestamp($1::double precision / 1000)
       ORDER BY seq OFFSET 0
    ) AS l
   GROUP BY 1`;

const DIGESTS = `
  SELECT s.code || '-' || t.code AS "tillName", bool_and(ds.equal) AS equal
    FROM device_scope ds
    JOIN device d ON d.id = ds.device AND NOT d.revoked AND NOT d.deleted
    JOIN till t ON t.id = d.till_id JOIN store s ON s.id = d.store_id
   GROUP BY s.code, t.code, d.id ORDER BY 1`;
