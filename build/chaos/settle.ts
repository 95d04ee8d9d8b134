import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { SyncState } from '#shared/auth/calls.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { firstWhere } from '../clients.ts';
import type { World } from './world.ts';

const POLL_MS = 250;

/**
 * Waits until nothing waits at any till, every till has all that HQ has numbered, and HQ has held each till's digest of
 * each scope against its own at that number. Answers what is still missing when `withinMs` are over; nothing when level.
 */
export async function settle(
  world: Settling,
  pool: Pick<pg.Pool, 'query'>,
  withinMs: number,
): Promise<readonly string[]> {
  const until = performance.now() + withinMs;
  for (;;) {
    // What was killed last may still be on its way up: asked again.
    const missing = await look(world, pool).catch((problem: unknown) => [String(problem)]);
    if (missing.length === 0 || performance.now() > until) return missing;
    await pause(POLL_MS);
  }
}

async function look({ tills, shop }: Settling, pool: Pick<pg.Pool, 'query'>): Promise<readonly string[]> {
  const heads = await headsOf(pool, ['org', storeScope(shop.storeId), 'party']);
  const states = await Promise.all(
    tills.map(async (till) => ({ name: till.name, sync: await stateOf(till) })),
  );
  return [
    ...states.flatMap(({ name, sync }) => behind(name, sync, heads)),
    ...(await notHeldLevel(pool, heads, tills.length)),
  ];
}

type Settling = Pick<World, 'tills' | 'shop'>;
type Heads = ReadonlyMap<string, number>;

async function headsOf(pool: Pick<pg.Pool, 'query'>, scopes: readonly string[]): Promise<Heads> {
  const { rows } = await pool.query<{ scope: string; seq: number }>('SELECT scope, seq FROM scope_head');
  const there = new Map(rows.map(({ scope, seq }) => [scope, seq]));
  return new Map(scopes.map((scope) => [scope, there.get(scope) ?? 0]));
}

async function stateOf({ up }: World['tills'][number]): Promise<SyncState> {
  const { value } = await up();
  return firstWhere(value.till.auth.sync(), () => true, 10_000);
}

function behind(name: string, { waiting, scopes }: SyncState, heads: Heads): string[] {
  const short = scopes.filter(({ scope, seq }) => seq !== heads.get(scope));
  return [
    ...(waiting > 0 ? [`${name}: ${waiting} wait`] : []),
    ...short.map(({ scope, seq }) => `${name}: ${scope} at ${seq}, HQ at ${heads.get(scope)}`),
  ];
}

/** What HQ itself says of its devices: `device_scope.equal` at the scope's head, for every till and scope. */
async function notHeldLevel(pool: Pick<pg.Pool, 'query'>, heads: Heads, tills: number): Promise<string[]> {
  const { rows } = await pool.query<{ scope: string; seq: number; equal: boolean }>(
    'SELECT scope, seq, equal FROM device_scope',
  );
  return [...heads].flatMap(([scope, head]) => {
    const level = rows.filter((row) => row.scope === scope && row.seq === head && row.equal).length;
    return level === tills ? [] : [`HQ found ${level} of ${tills} tills equal in ${scope} at ${head}`];
  });
}
