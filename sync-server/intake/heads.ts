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

/** What HQ has refused of a scope and not taken since: in no sum, and known to its till. */
export async function readQuarantined(client: Queries, scope: string): Promise<readonly ChainPlace[]> {
  const { rows } = await client.query<ChainPlace>(
    `SELECT device, inc, dseq, hash FROM quarantine WHERE state = 'open' AND scope = $1 ORDER BY device, inc, dseq`,
    [scope],
  );
  return rows;
}

export async function headsOf(pool: Queries, scopes: readonly string[]): Promise<HeadsReply> {
  const { rows } = await pool.query<{ epoch: string }>('SELECT epoch FROM hq_identity WHERE one = 1');
  if (!rows[0]) throw new Error('this database has no org yet');
  return { epoch: rows[0].epoch, heads: [...(await readHeads(pool, scopes))] };
}
