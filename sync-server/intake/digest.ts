import type pg from 'pg';
import { emptyDigest, type LogDigest } from '#shared/replica/log-digest.ts';

/** One sum is kept for so many changesets: what lies between two is summed when somebody asks. */
const EVERY = 5_000;

/**
 * The digest of a scope's log up to `seq` (shared/replica/log-digest.ts), summed in SQL from the nearest one kept below.
 * Null where the log does not reach that far. `keep`: where the caller may write.
 */
export async function digestAt(
  client: Pick<pg.Pool, 'query'>,
  { scope, seq, keep = true }: { readonly scope: string; readonly seq: number; readonly keep?: boolean },
): Promise<LogDigest | null> {
  if (seq === 0) return emptyDigest;
  const { rows } = await client.query<{ from: number; digest: string; head: number }>({
    name: 'digest at',
    text: DIGEST,
    values: [scope, seq],
  });
  const found = rows[0];
  if (!found || found.head < seq) return null;
  if (keep && seq - found.from >= EVERY)
    await client.query(
      `INSERT INTO scope_digest (scope, seq, digest) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [scope, seq, found.digest],
    );
  return found.digest;
}

const PIECE = `('x' || left(encode(sha256(convert_to(seq || ' ' || hash, 'UTF8')), 'hex'), 16))::bit(64)::bigint`;

const DIGEST = `
  WITH kept AS (
    SELECT seq, ('x' || digest)::bit(64)::bigint AS bits FROM scope_digest
     WHERE scope = $1 AND seq <= $2 ORDER BY seq DESC LIMIT 1
  ),
  since AS (SELECT coalesce((SELECT seq FROM kept), 0) AS seq, coalesce((SELECT bits FROM kept), 0) AS bits),
  summed AS (
    SELECT coalesce(bit_xor(${PIECE}), 0) AS bits FROM change_log
     WHERE scope = $1 AND seq > (SELECT seq FROM since) AND seq <= $2
  )
  SELECT since.seq AS "from", lpad(to_hex(since.bits # summed.bits), 16, '0') AS digest,
         coalesce((SELECT seq FROM scope_head WHERE scope = $1), 0) AS head
    FROM since, summed`;
