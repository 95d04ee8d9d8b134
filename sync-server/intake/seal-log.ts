import type pg from 'pg';
import type { Change } from '#shared/replica/changeset.ts';
import { logSeal, type SealedRow, sealKey, sealRows } from '#shared/replica/log-seal.ts';
import { inTransaction } from '../store/pool.ts';
import { sha256Hex } from '../store/signing.ts';
import { writeChanges } from '../store/writer.ts';

/** Rows of a scope in one seal at most: 4 bytes each in the changeset that holds it. */
const MOST_ROWS = 20_000;

/**
 * Seals what each scope's log has gained since its last seal (shared/replica/log-seal.ts): one signed row per scope.
 * Returns how many scopes there was something to seal in; where a scope has gained more than fits, call it again.
 * What lies behind the last seal is open to a change of its number, epoch or times, so this is to be run often.
 */
export async function sealLog(pool: pg.Pool): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows: scopes } = await client.query<{ scope: string; value: unknown }>(
      `SELECT h.scope, s.value FROM scope_head h LEFT JOIN setting s ON s.id = $1 || ' ' || h.scope ORDER BY h.scope`,
      [sealKey],
    );
    const changes: Change[] = [];
    for (const { scope, value } of scopes) {
      const last = logSeal.safeParse(value);
      const change = await sealing(client, scope, last.success ? last.data.to : 0);
      if (change) changes.push(change);
    }
    await writeChanges(client, { actor: 'hq', type: 'seal' }, changes);
    return changes.length;
  });
}

async function sealing(client: pg.PoolClient, scope: string, after: number): Promise<Change | null> {
  const { rows } = await client.query<SealedRow & { readonly type: string }>(
    `SELECT seq, epoch, eff_hlc AS "effHlc", (extract(epoch FROM at) * 1000000)::bigint AS "atMicros", hash, type
       FROM change_log WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    [scope, after, MOST_ROWS],
  );
  // A seal is itself of the log: alone, it is no reason for another.
  if (rows.every(({ type }) => type === 'seal')) return null;
  const value = sealRows(scope, rows, sha256Hex);
  const storeId = scope.startsWith('store:') ? scope.slice('store:'.length) : null;
  return { t: 'setting', op: 'set', id: `${sealKey} ${scope}`, cols: { storeId, key: sealKey, value } };
}
