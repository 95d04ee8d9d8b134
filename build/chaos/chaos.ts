import type { SaleView } from '#shared/sales/calls.ts';
import { createPool } from '../../sync-server/store/pool.ts';
import { connectHq } from '../clients.ts';
import { createCashier } from '../demo/cashier.ts';
import { compare } from '../demo/compare.ts';
import { employees } from '../demo-data/people.ts';
import { seeded } from '../demo-data/random.ts';
import { type Counter, openCounter } from './counter.ts';
import { type Fates, unleash } from './fates.ts';
import { type Carried, calm, storm } from './network.ts';
import { settle } from './settle.ts';
import { findFaults } from './verdict.ts';
import { openWorld, type World } from './world.ts';

export type ChaosOptions = {
  readonly seed: number;
  readonly stormMs: number;
  /** Between two kills, on average. */
  readonly killEveryMs: number;
  /** How long everything may take to drain once the faults have stopped. */
  readonly drainMs: number;
  readonly say: (line: string) => void;
};

export type ChaosResult = {
  readonly fates: Fates;
  readonly carried: Carried;
  readonly sales: number;
  readonly lost: number;
  readonly twice: number;
  readonly drainS: number;
  /** Faults found, one sentence each; empty when all is well. */
  readonly faults: readonly string[];
};

/**
 * Five tills, two nodes of HQ and a Postgres, all of them real processes, sell through a bad network while any of them is
 * killed at any moment. Then the faults stop, everything must drain by itself, and everything is compared.
 */
export async function chaos({
  seed,
  stormMs,
  killEveryMs,
  drainMs,
  say,
}: ChaosOptions): Promise<ChaosResult> {
  const since = Date.now();
  const world = await openWorld({ seed, say });
  const pool = createPool({ url: world.databaseUrl, max: 2, onError: () => {} });
  try {
    const counters = openCounters(world, seed);
    world.network.set(storm);
    say(`Selling at five tills; faults for ${Math.round(stormMs / 1000)} s`);
    const { victims, disk } = world;
    const fates = await unleash({
      ...{ draw: seeded(seed, 'fates'), victims, disk, forMs: stormMs, everyMs: killEveryMs },
    });
    world.network.set(calm);
    const calmAt = performance.now();
    say('The faults have stopped: draining');
    const stuck = await Promise.all(counters.map((counter) => counter.close(CLOSE_MS)));
    const unserved = stuck.filter((one) => one !== null);
    for (const one of unserved) say(one);
    const left = [...unserved, ...(await settle(world, pool, drainMs))];
    const drainS = (performance.now() - calmAt) / 1000;
    say(`${left.length === 0 ? 'Level' : 'Not level'} after ${drainS.toFixed(1)} s: comparing`);
    const acknowledged = counters.flatMap((counter) => counter.acknowledged());
    const faults = [
      ...left,
      ...(await compareRunning(world, acknowledged, since)),
      ...(await compareStopped(world, pool, since)),
      ...fallen(world),
    ];
    const count = await countSales(pool, acknowledged);
    return { fates, carried: world.network.carried(), sales: acknowledged.length, ...count, drainS, faults };
  } finally {
    await pool.end();
    await world.end();
  }
}

const REST_MS = 700;
/** What a last customer may take, with a till that has to start first. */
const CLOSE_MS = 30_000;

function openCounters({ shop, tills }: World, seed: number): Counter[] {
  const staff = employees.filter(({ stores, role }) => stores.includes(shop.storeCode) && role !== 'auditor');
  const pharmacist = staff.find(({ role }) => role === 'pharmacist');
  if (!pharmacist) throw new Error('the store has no pharmacist');
  const { items, cashStepMinor } = shop;
  return tills.map((till, i) => {
    const person = staff[i % staff.length] ?? pharmacist;
    const draw = seeded(seed, `customers ${till.name}`);
    const cashier = createCashier({ draw, items, cashStepMinor, pharmacist });
    return openCounter({
      ...{ name: till.name, till, cashier, person, restMs: REST_MS },
      draw: seeded(seed, `rests ${till.name}`),
    });
  });
}

/** HQ against the tills as people see them: day totals, reports, tables recounted, stock by batch, receipt numbers. */
async function compareRunning(
  { shop, backOffice, postgresLock, tills }: World,
  acknowledged: readonly SaleView[],
  since: number,
): Promise<readonly string[]> {
  const hq = await connectHq(backOffice.url, backOffice.signIn);
  const running = await Promise.all(
    tills.map(async ({ name, up }) => ({ name, till: (await up()).value.till })),
  );
  const { storeId } = shop;
  const { wrong } = await compare({ storeId, hq, postgresLock, tills: running, acknowledged, since });
  return wrong;
}

/** Tills and HQ as they lie on their disks. */
async function compareStopped(
  { tills, nodes, databaseUrl }: World,
  pool: Parameters<typeof findFaults>[0]['pool'],
  since: number,
): Promise<readonly string[]> {
  await Promise.all([...tills, ...nodes].map((one) => one.stop()));
  return findFaults({ tills, databaseUrl, pool, since });
}

/** Whoever ended without being killed, and what it said last. A till may end by itself on a full disk, and only there. */
function fallen({ tills, nodes }: World): string[] {
  return [...tills, ...nodes].flatMap(({ name, fell }) =>
    fell().map(
      ({ code, lastLines }) => `${name} ended by itself with ${code}: ${lastLines.slice(-5).join(' | ')}`,
    ),
  );
}

/** Acknowledged sales that HQ has not, and those it has more than once (one with the same number, or its twin). */
async function countSales(
  pool: Parameters<typeof findFaults>[0]['pool'],
  acknowledged: readonly SaleView[],
): Promise<{ lost: number; twice: number }> {
  const { rows } = await pool.query<{ receiptNo: string; n: number }>(
    `SELECT receipt_no AS "receiptNo", count(*)::int AS n FROM sale GROUP BY receipt_no`,
  );
  const there = new Map(rows.map(({ receiptNo, n }) => [receiptNo, n]));
  return {
    lost: acknowledged.filter(({ receiptNo }) => !there.has(receiptNo)).length,
    twice: [...there.values()].filter((n) => n > 1).length,
  };
}
