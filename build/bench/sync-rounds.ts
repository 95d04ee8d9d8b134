import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sealed } from '#shared/replica/changeset.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { BenchOrg } from './hq-catalogue.ts';
import type { BenchPostgres } from './hq-host.ts';
import type { ActualPeer } from './peers/actual.ts';
import type { PouchPeer } from './peers/pouch.ts';
import { bareChain, insertBare } from './sync-bare.ts';
import { BATCH, type Pushing, pushAll } from './sync-push.ts';
import { type RawLimit, rawBatches } from './sync-raw.ts';
import { type BenchTill, follow, scan, tillToTill } from './sync-tills.ts';

export const ROUNDS = 5;
/** Batches of each device in a round: 4 devices send 4,000 changesets. */
export const PER_ROUND = 20;
/** Actual takes a hundredth of a second for a sale: it gets fewer of them in a round. */
const ACTUALS_BATCHES = 3;
const SALES = 60;
const WARM_UP = 10;
const SCAN_EVERY_MS = 15;

export type World = {
  readonly org: BenchOrg;
  readonly a: BenchTill;
  readonly b: BenchTill;
  readonly hqDatabase: string;
  readonly postgres: BenchPostgres;
  readonly pushing: readonly Pushing[];
  readonly raw: RawLimit;
  readonly pouch: PouchPeer | null;
  readonly actual: ActualPeer | null;
};

/** What each did in each round: rates per second, or milliseconds of each sale or scan. */
export type Rounds = {
  readonly push: Lists<'pestle' | 'pouchdb' | 'actual' | 'raw' | 'copy'>;
  readonly catchUp: Lists<'pestle' | 'pouchdb' | 'actual' | 'raw'>;
  readonly tillToTill: Lists<'pestle' | 'pouchdb' | 'raw'>;
  readonly scans: Lists<'idle' | 'meanwhile'>;
};
type Lists<Name extends string> = Readonly<Record<Name, number[]>>;

/** Every contender does the same sales in every round, one after the other, so that a busy minute meets them all. */
export async function salesRounds(world: World, say: (line: string) => void): Promise<Rounds> {
  const rounds: Rounds = {
    push: { pestle: [], pouchdb: [], actual: [], raw: [], copy: [] },
    catchUp: { pestle: [], pouchdb: [], actual: [], raw: [] },
    tillToTill: { pestle: [], pouchdb: [], raw: [] },
    scans: { idle: [], meanwhile: [] },
  };
  for (let round = 0; round < ROUNDS; round++) {
    say(`Sales, round ${round + 1} of ${ROUNDS}`);
    const mine = world.pushing.map(({ device, batches }) => ({
      device,
      batches: batches.slice(round * PER_ROUND, (round + 1) * PER_ROUND),
    }));
    for (const till of [world.a, world.b]) await till.client.auth.setLink({ on: false });
    await pushRound(world, mine, rounds.push);
    await catchUpRound(world, mine, rounds);
    await tillToTillRound(world, mine, rounds.tillToTill);
  }
  return rounds;
}

async function pushRound(world: World, mine: readonly Pushing[], push: Rounds['push']): Promise<void> {
  const { pouch, actual, raw } = world;
  const n = changesetsOf(mine).length;
  const batches = mine.map((device) => device.batches);
  push.pestle.push(perSecond(n, await pushAll(mine)));
  if (pouch) push.pouchdb.push(perSecond(n, await pouch.push(batches)));
  if (actual) push.actual.push(perSecond(fewer(batches).flat(2).length, await actual.push(fewer(batches))));
  const rows = await rawBatches(world.hqDatabase, mine);
  push.raw.push(perSecond(n, await raw.insert(rows)));
  push.copy.push(perSecond(n, await raw.copy(rows)));
}

/** Actual's share of a round. */
const fewer = (devices: readonly (readonly (readonly Sealed[])[])[]) =>
  devices.map((batches) => batches.slice(0, ACTUALS_BATCHES));

/** What the devices of B's store have sold while B was away, and B's cashier scanning before and meanwhile. */
async function catchUpRound(world: World, mine: readonly Pushing[], rounds: Rounds): Promise<void> {
  const { org, a, b, pouch, actual } = world;
  const { catchUp, scans } = rounds;
  const scope = storeScope(org.store.row.id);
  const missed = changesetsOf(mine.filter(({ device }) => storeScope(device.identity.storeId) === scope));
  const [at, also] = [await follow(b, scope), await follow(a, scope)];
  await at.reached(1);
  const target = at.seq() + missed.length;
  await a.client.auth.setLink({ on: true });
  await also.reached(target);
  also.end();
  for (let n = 0; n < missed.length / BATCH; n++) await timedScan(b, org, scans.idle);
  const from = performance.now();
  await b.client.auth.setLink({ on: true });
  while (at.seq() < target) await timedScan(b, org, scans.meanwhile);
  catchUp.pestle.push(perSecond(missed.length, (await at.reached(target)) - from));
  at.end();
  const pulled = await pouch?.catchUp();
  if (pulled) catchUp.pouchdb.push(perSecond(pulled.docs, pulled.ms));
  const applied = await actual?.catchUp();
  const sales = fewer(mine.map(({ batches }) => batches)).flat(2).length;
  if (applied) catchUp.actual.push(perSecond(sales, applied.ms));
  catchUp.raw.push(perSecond(missed.length, insertBare(missed, BATCH)));
}

async function tillToTillRound(
  { org, a, b, pouch, postgres }: World,
  mine: readonly Pushing[],
  times: Rounds['tillToTill'],
): Promise<void> {
  const scope = storeScope(org.store.row.id);
  times.pestle.push(...(await tillToTill({ a, b, scope }, org, { sales: SALES, warmUp: WARM_UP })));
  const same = changesetsOf(mine).slice(0, SALES + WARM_UP);
  if (pouch) times.pouchdb.push(...(await pouch.tillToTill(same)).slice(WARM_UP));
  times.raw.push(...(await bareChain(await postgres.database('empty'), same)).slice(WARM_UP));
}

/** One scan of a cashier in a hurry; a cart of ten lines is put aside. */
async function timedScan({ client }: BenchTill, org: BenchOrg, times: number[]): Promise<void> {
  if (times.length % 10 === 0) await client.sales.clear({ commandId: randomUUID() });
  const from = performance.now();
  await scan(client, org, (times.length * 7_919) % 100_000);
  times.push(performance.now() - from);
  await pause(SCAN_EVERY_MS);
}

const changesetsOf = (pushing: readonly Pushing[]) => pushing.flatMap(({ batches }) => batches.flat());
const perSecond = (count: number, ms: number): number => (count / ms) * 1000;
