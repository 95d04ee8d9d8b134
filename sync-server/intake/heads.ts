import type pg from 'pg';
import type { ChainPlace, HeadsReply } from '#shared/replica/wire.ts';

type Queries = Pick<pg.Pool, 'query'>;

/**
 * Where HQ stands with the chains that write in a scope: of all tills in `org` and `party`, of the store's in a store's,
 * and HQ's own in each. After a restore tills hand up what lies above.
 */
export async function readHeads(client: Queries, scopes: readonly string[]): Promise<readonly ChainPlace[]> {
  const { rows } = await client.query<ChainPlace>(
    `SELECT h.device, h.inc, h.dseq, h.hash FROM chain_head h
       LEFT JOIN device d ON d.id = h.device
      WHERE $1::text[] && ARRAY['org', 'party'] OR d.id IS NULL
         OR EXISTS (SELECT 1 FROM device_store s WHERE s.device = d.id AND 'store:' || s.store_id = ANY ($1))
      ORDER BY h.device, h.inc`,
    [scopes],
  );
  return rows;
}

/** What HQ has answered of those chains behind a hole: handed up by others, while the author was not heard. */
export async function readBeyond(
  client: Queries,
  heads: readonly ChainPlace[],
): Promise<readonly ChainPlace[]> {
  const { rows } = await client.query<ChainPlace>(
    `SELECT s.device, s.inc, s.dseq, s.hash
       FROM unnest($1::text[], $2::int[], $3::bigint[]) AS h(device, inc, dseq)
       JOIN change_seen s ON s.device = h.device AND s.inc = h.inc AND s.dseq > h.dseq
      ORDER BY s.device, s.inc, s.dseq`,
    [heads.map((h) => h.device), heads.map((h) => h.inc), heads.map((h) => h.dseq)],
  );
  return rows;
}

/** What HQ has refused of a scope and not taken since: in no sum, and known to its till. */
export async function readQuarantined(client: Queries, scope: string): Promise<readonly ChainPlace[]> {
  const { rows } = await client.query<ChainPlace>(
    `SELECT device, inc, dseq, hash FROM quarantine WHERE state <> 'retried' AND scope = $1 ORDER BY device, inc, dseq`,
    [scope],
  );
  return rows;
}

export async function headsOf(pool: Queries, scopes: readonly string[]): Promise<HeadsReply> {
  const { rows } = await pool.query<{ epoch: string }>('SELECT epoch FROM hq_identity WHERE one = 1');
  if (!rows[0]) throw new Error('this database has no org yet');
  const heads = await readHeads(pool, scopes);
  return { epoch: rows[0].epoch, heads: [...heads], beyond: [...(await readBeyond(pool, heads))] };
}
