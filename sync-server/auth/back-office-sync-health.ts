import type { InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { authHqCalls } from '#shared/auth/calls.ts';

export type SyncHealth = InferContractRouterOutputs<typeof authHqCalls>['syncHealth'];

/** What lies in quarantine, what was taken in but wants a look, and how far each scope has been numbered. */
export async function readSyncHealth(pool: pg.Pool): Promise<SyncHealth> {
  const [quarantine, flags, scopes] = await Promise.all([
    pool.query<SyncHealth['quarantine'][number]>(
      `SELECT q.id, coalesce(${TILL_NAME}, q.device) AS "tillName", q.type, q.reason, q.detail, q.at
         FROM quarantine q ${DEVICE_OF('q')} WHERE q.state = 'open' ORDER BY q.at DESC, q.id LIMIT 200`,
    ),
    pool.query<SyncHealth['flags'][number]>(
      `SELECT f.id, coalesce(${TILL_NAME}, f.device) AS "tillName", f.reason, f.detail, f.at
         FROM flag f ${DEVICE_OF('f')} ORDER BY f.at DESC, f.id LIMIT 200`,
    ),
    pool.query<SyncHealth['scopes'][number]>('SELECT scope, seq FROM scope_head ORDER BY scope'),
  ]);
  return { quarantine: quarantine.rows, flags: flags.rows, scopes: scopes.rows };
}

const TILL_NAME = `s.code || '-' || t.code`;
const DEVICE_OF = (row: 'q' | 'f'): string =>
  `LEFT JOIN device d ON d.id = ${row}.device LEFT JOIN till t ON t.id = d.till_id LEFT JOIN store s ON s.id = d.store_id`;
