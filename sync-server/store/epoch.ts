import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { changeChannel } from './number.ts';
import { inTransaction } from './pool.ts';

/**
 * Why HQ believes that its database was restored from a backup: somebody said so, the mark beside its data is ahead of
 * the database, or a device has read further than the log goes.
 */
export type EpochCause = 'operator' | 'mark' | 'device';

/** What a device has read in `epoch` that HQ has not got. */
export type AheadClaim = { readonly scope: string; readonly seq: number; readonly epoch: string };

/**
 * Opens a new epoch (SYNC.md, HQ restored): HQ's own chain goes on under a new incarnation, because the numbers behind
 * the backup were used once already; its HLC stays. Every node sees it with its next look at `hq_identity`; followers
 * are woken. Nothing happens where the epoch is no longer `was`: another node has been quicker (the row's lock lets one
 * through). Null then, else the new epoch.
 */
export function openNewEpoch(
  pool: pg.Pool,
  { was, why }: { readonly was: string; readonly why: EpochCause },
): Promise<string | null> {
  return inTransaction(pool, async (client) => {
    if ((await lockEpoch(client)).epoch !== was) return null;
    return writeEpoch(client, was, why);
  });
}

/** The epoch as it is now: every node may open a new one, so nobody keeps it. */
export async function readEpoch(client: Pick<pg.Pool, 'query'>): Promise<string> {
  const { rows } = await client.query<{ epoch: string }>('SELECT epoch FROM hq_identity WHERE one = 1');
  if (!rows[0]) throw new Error('this database has no org yet');
  return rows[0].epoch;
}

/** A device that lies gets one epoch out of us, not one a minute: the others only cost every till a snapshot. */
const QUIET_MS = 10 * 60_000;

/**
 * Takes claims of devices (with a valid token) that HQ has lost what they read. However many come, at however many
 * nodes, one epoch is opened; a claim of a former epoch, or of what is here after all, opens none.
 */
export function createAheadOfUs(
  pool: pg.Pool,
  {
    quietMs = QUIET_MS,
    onError,
  }: { readonly quietMs?: number; readonly onError: (problem: unknown) => void },
) {
  let underWay: Promise<void> | null = null;
  return {
    claim(claim: AheadClaim): void {
      underWay ??= judge(pool, claim, quietMs)
        .catch(onError)
        .finally(() => {
          underWay = null;
        });
    },
    /** Resolves when what was claimed has been judged. */
    settled: async (): Promise<void> => {
      await underWay;
    },
  };
}

function judge(pool: pg.Pool, { scope, seq, epoch }: AheadClaim, quietMs: number): Promise<void> {
  return inTransaction(pool, async (client) => {
    const held = await lockEpoch(client);
    if (held.epoch !== epoch || (held.why === 'device' && held.nowMs - held.since < quietMs)) return;
    const { rowCount } = await client.query('SELECT 1 FROM scope_head WHERE scope = $1 AND seq >= $2', [
      scope,
      seq,
    ]);
    if (rowCount === 0) await writeEpoch(client, epoch, 'device');
  });
}

type Held = {
  readonly epoch: string;
  readonly nowMs: number;
  readonly since: number;
  readonly why: string | null;
};

async function lockEpoch(client: pg.PoolClient): Promise<Held> {
  await client.query('SELECT 1 FROM hq_identity WHERE one = 1 FOR UPDATE');
  // A second statement, so that it sees what the last holder of the lock committed.
  const { rows } = await client.query<Held>(
    `SELECT hq.epoch, (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs",
            coalesce(e.since, 0) AS since, e.why
       FROM hq_identity hq LEFT JOIN hq_epoch e ON e.epoch = hq.epoch WHERE hq.one = 1`,
  );
  if (!rows[0]) throw new Error('this database has no org yet');
  return rows[0];
}

async function writeEpoch(client: pg.PoolClient, was: string, why: EpochCause): Promise<string> {
  const epoch = randomBytes(8).toString('hex');
  await client.query({
    text: `WITH identity AS (UPDATE hq_identity SET epoch = $2, inc = inc + 1 WHERE one = 1),
           epochs AS (
             INSERT INTO hq_epoch (epoch, since, why)
             VALUES ($1, 0, 'first'), ($2, (extract(epoch FROM clock_timestamp()) * 1000)::bigint, $3)
             ON CONFLICT (epoch) DO NOTHING
           )
           SELECT pg_notify($4, '')`,
    values: [was, epoch, why, changeChannel],
  });
  return epoch;
}
