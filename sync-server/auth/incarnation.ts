import type pg from 'pg';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';

export type IncarnationWish = {
  readonly device: string;
  readonly why: 'fork' | 'restored';
  /** What a restored till took for itself while HQ was away. */
  readonly wanted?: number | undefined;
};

/**
 * Gives a device an incarnation nobody has used: its chain was used twice (a cloned disk) or its database is older than
 * what HQ has of it (a restored backup). The others of its incarnations stay good, because HQ cannot know which of two
 * machines is the right one: a person is told, and may revoke.
 */
export function newIncarnation(
  pool: pg.Pool,
  { device, why, wanted = 0 }: IncarnationWish,
  nowMs: number,
): Promise<Result<{ inc: number }, { code: 'UNKNOWN_DEVICE' | 'REVOKED' }>> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ storeId: string; revoked: boolean; highest: number }>(
      `SELECT d.store_id AS "storeId", d.revoked,
              greatest((SELECT max(o.inc) FROM device o WHERE o.till_id = d.till_id),
                       (SELECT max(h.inc) FROM chain_head h WHERE h.device = d.id)) AS highest
         FROM device d WHERE d.id = $1 FOR UPDATE`,
      [device],
    );
    const found = rows[0];
    if (!found) return err({ code: 'UNKNOWN_DEVICE' } as const);
    if (found.revoked) return err({ code: 'REVOKED' } as const);
    const inc = Math.max(found.highest + 1, Math.min(wanted, found.highest + 100));
    await writeChanges(client, { actor: 'hq', type: 'incarnation' }, [
      { t: 'device', op: 'set', id: device, cols: { inc } },
    ]);
    await client.query(
      `INSERT INTO flag (id, device, inc, dseq, reason, detail, at) VALUES ($1, $2, $3, 0, $4, $5, $6)`,
      [
        `${device}/${inc}/0`,
        device,
        inc,
        why === 'fork' ? 'FORKED' : 'RESTORED',
        `incarnation ${inc}`,
        nowMs,
      ],
    );
    return ok({ inc });
  });
}
