import type pg from 'pg';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { RowOf } from '#shared/schema.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';

export type ReviewProblem =
  | { readonly code: 'NOT_FOUND' }
  /** By whom, and when (UTC ms). */
  | { readonly code: 'ALREADY_REVIEWED'; readonly by: string; readonly at: number };

/**
 * Says that a person has looked at what was accepted with a flag. It changes nothing of what was accepted, and is
 * audited at the store. Of two people at once the row's lock lets one through; the other is told of them.
 */
export function reviewFlag(
  pool: pg.Pool,
  { id, actor, auditId }: { readonly id: string; readonly actor: string; readonly auditId: string },
): Promise<Result<null, ReviewProblem>> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Reviewed>(REVIEW, [id, actor]);
    const reviewed = rows[0];
    if (!reviewed) return err(await problemOf(client, id));
    const { nowMs, storeId, tillId, zone, dayStartHour, reason, type } = reviewed;
    const audit: RowOf<'audit_entry'> = {
      ...{ id: auditId, storeId, tillId, at: nowMs, actorId: actor, subjectId: id, reason: null },
      businessDate: businessDate(nowMs, zone, dayStartHour),
      action: 'sync.flag-reviewed',
      details: { reason, type },
    };
    await writeChanges(client, { actor, type: 'quarantine' }, [
      { t: 'audit_entry', op: 'insert', row: audit },
    ]);
    return ok(null);
  });
}

async function problemOf(client: pg.PoolClient, id: string): Promise<ReviewProblem> {
  const { rows } = await client.query<{ by: string; at: number }>(REVIEWED_BY, [id]);
  return rows[0] ? { code: 'ALREADY_REVIEWED', ...rows[0] } : { code: 'NOT_FOUND' };
}

type Reviewed = {
  readonly nowMs: number;
  readonly storeId: string;
  readonly tillId: string;
  readonly zone: string;
  readonly dayStartHour: number;
  readonly reason: string;
  readonly type: string;
};

const REVIEW = `
  UPDATE flag f SET reviewed_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint, reviewed_by = $2
    FROM device d JOIN store s ON s.id = d.store_id
   WHERE f.id = $1 AND f.reviewed_at IS NULL AND d.id = f.device
  RETURNING f.reviewed_at AS "nowMs", d.store_id AS "storeId", d.till_id AS "tillId", s.zone,
            s.day_start_hour AS "dayStartHour", f.reason, split_part(f.detail, ' ', 1) AS type`;

const REVIEWED_BY = `
  SELECT coalesce(u.name, f.reviewed_by, '') AS by, f.reviewed_at AS at
    FROM flag f LEFT JOIN hq_user u ON u.id = f.reviewed_by WHERE f.id = $1 AND f.reviewed_at IS NOT NULL`;
