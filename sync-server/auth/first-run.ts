import type pg from 'pg';
import { inTransaction } from '../store/pool.ts';
import { loadSeed } from '../store/seed.ts';
import { bootstrapOrg, hasOrg, type NewOrg } from './bootstrap.ts';
import { pinVerifier } from './pins.ts';

/**
 * Makes an empty database an org, with the rows of a seed where one is given, in one transaction: it is all there or
 * the next start begins again. Null when there is an org already.
 */
export function firstRun(
  pool: pg.Pool,
  { name, seed, nowMs }: { readonly name: string; readonly seed: string | undefined; readonly nowMs: number },
): Promise<NewOrg | null> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['first run']);
    if (await hasOrg(client)) return null;
    const org = await bootstrapOrg(client, { name, nowMs, withRoles: seed === undefined });
    if (seed !== undefined) await loadSeed(client, seed, { orgId: org.orgId, pinVerifier });
    return org;
  });
}
