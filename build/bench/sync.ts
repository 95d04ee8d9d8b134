import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { storeScope } from '#shared/tables/scope.ts';
import { oneFigure, type Report, timesFigure } from './figures.ts';
import { type BenchOrg, benchOrg } from './hq-catalogue.ts';
import { type BenchHq, type BenchPostgres, codesOf, startBenchHq, startBenchPostgres } from './hq-host.ts';
import { bareChain, insertBare } from './sync-bare.ts';
import { BATCH, insertRaw, type Pushing, prepareSales, pushAll } from './sync-push.ts';
import { type BenchTill, follow, joinAndScan, scan, startTill, tillToTill } from './sync-tills.ts';

const SALES = 300;
const WARM_UP = 40;
/** Batches of each of the four devices: 12,000 changesets. */
const BATCHES = 60;
const IDLE_SCANS = 300;
const SCAN_EVERY_MS = 15;

/**
 * Sales on their way, with real tills, a real HQ and its Postgres as processes of their own: from till to till, from
 * many devices into HQ, and what a till had missed back into it while its cashier goes on scanning.
 */
export async function syncBench(report: Report): Promise<void> {
  const postgres = await startBenchPostgres(console.error);
  const org = benchOrg();
  const tills: BenchTill[] = [];
  try {
    const hq = await startBenchHq(await postgres.database('large-org'), '--codes');
    const { first, other } = codesOf(hq);
    const a = await joinedTill(org, { hq, code: first[0] ?? '', tills });
    const b = await joinedTill(org, { hq, code: first[1] ?? '', tills });
    const codes = [...first.slice(2, 4), ...other.slice(0, 2)];
    const pushing = await prepareSales(org, { url: hq.url, codes, each: BATCHES });
    await sales(report, org, { a, b, postgres, pushing });
    await a.client.auth.setLink({ on: false });
    await b.client.auth.setLink({ on: false });
    await push(report, { postgres, pushing });
    await catchUp(report, org, { b, pushing });
    for (const till of tills.splice(0)) await till.stop();
    await hq.stop();
  } finally {
    for (const till of tills) await till.stop();
    await postgres.stop();
  }
}

async function joinedTill(
  org: BenchOrg,
  { hq, code, tills }: { readonly hq: BenchHq; readonly code: string; readonly tills: BenchTill[] },
): Promise<BenchTill> {
  const till = await startTill();
  tills.push(till);
  await joinAndScan(till, org, { url: hq.url, code });
  return till;
}

type Running = {
  readonly a: BenchTill;
  readonly b: BenchTill;
  readonly postgres: BenchPostgres;
  readonly pushing: readonly Pushing[];
};

async function sales(report: Report, org: BenchOrg, { a, b, postgres, pushing }: Running): Promise<void> {
  const scope = scopeOf(org);
  const times = await tillToTill({ a, b, scope }, org, { sales: SALES, warmUp: WARM_UP });
  const same = changesetsOf(pushing).slice(0, SALES + WARM_UP);
  const bare = (await bareChain(await postgres.database('empty'), same)).slice(WARM_UP);
  report(timesFigure('till_to_till', times, { bare, at: 'p50' }));
}

async function push(report: Report, { postgres, pushing }: Omit<Running, 'a' | 'b'>): Promise<void> {
  const n = pushing.reduce((sum, { batches }) => sum + batches.length * BATCH, 0);
  const rate = perSecond(n, await pushAll(pushing));
  const baseline = perSecond(n, await insertRaw(await postgres.database('large-org'), pushing));
  report(oneFigure('push', rate, { unit: 'per s', n, baseline }));
}

/** What the devices of B's store have sold while B was away, and B's cashier scanning before and meanwhile. */
async function catchUp(
  report: Report,
  org: BenchOrg,
  { b, pushing }: Pick<Running, 'b' | 'pushing'>,
): Promise<void> {
  const scope = scopeOf(org);
  const missed = pushing.filter(({ device }) => storeScope(device.identity.storeId) === scope);
  const changesets = changesetsOf(missed);
  const follower = await follow(b, scope);
  await follower.reached(1);
  const target = follower.seq() + changesets.length;
  const idle: number[] = [];
  while (idle.length < IDLE_SCANS) await timedScan(b, org, idle);
  const meanwhile: number[] = [];
  const from = performance.now();
  await b.client.auth.setLink({ on: true });
  while (follower.seq() < target) await timedScan(b, org, meanwhile);
  const took = (await follower.reached(target)) - from;
  follower.end();
  const n = changesets.length;
  const baseline = perSecond(n, insertBare(changesets, BATCH));
  report(oneFigure('catch_up', perSecond(n, took), { unit: 'per s', n, baseline }));
  report(timesFigure('scan_during_catch_up', meanwhile, { bare: idle, at: 'p99' }));
}

/** One scan of a cashier in a hurry; a cart of ten lines is put aside. */
async function timedScan({ client }: BenchTill, org: BenchOrg, times: number[]): Promise<void> {
  if (times.length % 10 === 0) await client.sales.clear({ commandId: randomUUID() });
  const from = performance.now();
  await scan(client, org, (times.length * 7_919) % 100_000);
  times.push(performance.now() - from);
  await pause(SCAN_EVERY_MS);
}

const scopeOf = (org: BenchOrg): string => storeScope(org.store.row.id);
const changesetsOf = (pushing: readonly Pushing[]) => pushing.flatMap(({ batches }) => batches.flat());
const perSecond = (count: number, ms: number): number => (count / ms) * 1000;
