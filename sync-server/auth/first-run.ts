import type pg from 'pg';
import { inTransaction } from '../store/pool.ts';
import { loadSeed } from '../store/seed.ts';
import { bootstrapOrg, hasOrg, type NewOrg } from './bootstrap.ts';
import { pinVerifier } from './pins.ts';

/**
 * Makes an empty database an org, with the rows of a seed where one is given, in one transaction: it is all there or
 * the next start begins again. Null when there is an org already. `keep` is given the org before it is there for good:
 * its recovery key exists nowhere else.
 */
export function firstRun(pool: pg.Pool, { name, seed, nowMs, keep }: FirstRun): Promise<NewOrg | null> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['first run']);
    if (await hasOrg(client)) return null;
    const org = await bootstrapOrg(client, { name, nowMs, withRoles: seed === undefined });
    if (seed !== undefined) await loadSeed(client, seed, { orgId: org.orgId, pinVerifier });
    await keep?.(org);
    return org;
  });
}

type FirstRun = {
  readonly name: string;
  readonly seed: string | undefined;
  readonly nowMs: number;
  readonly keep?: (org: NewOrg) => Promise<unknown>;
};
