import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, fsyncFigure, type Report } from './figures.ts';
import { benchOrg } from './hq-catalogue.ts';
import { codesOf, startBenchHq, startBenchPostgres } from './hq-host.ts';
import { type ActualPeer, startActual } from './peers/actual.ts';
import { installPeers } from './peers/install.ts';
import { type PouchPeer, startPouch } from './peers/pouch.ts';
import { bootstrap } from './sync-bootstrap.ts';
import { comparedTable } from './sync-compare.ts';
import { fanOut } from './sync-fan-out.ts';
import { bootstrapFigure, fanOutFigure, idleFigures, roundFigures } from './sync-figures.ts';
import { signInFleet } from './sync-fleet.ts';
import { idleTills } from './sync-idle.ts';
import { prepareSales } from './sync-push.ts';
import { openRawLimit } from './sync-raw.ts';
import { PER_ROUND, ROUNDS, salesRounds } from './sync-rounds.ts';
import type { BenchTill } from './sync-tills.ts';

type Stop = () => unknown;

/**
 * Sales on their way, with real tills, a real HQ and its Postgres as processes of their own, and beside them, in turns,
 * what a shop would take instead (PouchDB, Actual) and the raw limit of the same database.
 */
export async function syncBench(report: Report): Promise<void> {
  const stops: Stop[] = [];
  const figures: Figure[] = [];
  const keep: Report = (figure) => {
    figures.push(figure);
    report(figure);
  };
  try {
    console.error(`Load average at the start: ${loadavg().map((load) => load.toFixed(1))}`);
    await measure(keep, stops);
    console.error(comparedTable(figures.filter(({ peers }) => peers)));
    console.error(
      `In brackets: how many times we are ahead. Load average at the end: ${loadavg()[0]?.toFixed(1)}`,
    );
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function measure(report: Report, stops: Stop[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-bench-sync-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  report(fsyncFigure(folder));
  const postgres = await startBenchPostgres(console.error);
  stops.push(postgres.stop);
  const { pouch, actual, peers, missing } = await startPeers(folder, stops);
  const org = benchOrg();
  const hqDatabase = await postgres.database('large-org');
  const hq = await startBenchHq(hqDatabase, '--codes');
  stops.push(hq.stop);
  const { first, other } = codesOf(hq);
  const pushing = await prepareSales(org, {
    ...{ url: hq.url, codes: [...first.slice(2, 4), ...other.slice(0, 2)], each: ROUNDS * PER_ROUND + 1 },
  });
  const device = pushing[0]?.device;
  if (!device) throw new Error('HQ gave no code');

  console.error('A new till, twice');
  const tills: BenchTill[] = [];
  const codes = [first[0] ?? '', first[1] ?? ''] as const;
  const started = (till: BenchTill) => {
    tills.push(till);
    stops.push(till.stop);
  };
  const base = await bootstrap({ org, hq, codes, device, pouch, actual, started });
  report(bootstrapFigure(base, missing));

  const [a, b] = tills;
  if (!a || !b) throw new Error('two tills have joined');
  const raw = await openRawLimit(postgres, pushing.length);
  stops.push(raw.stop);
  const world = { org, a, b, hqDatabase, postgres, pushing, raw, pouch, actual };
  for (const figure of roundFigures(await salesRounds(world, console.error), missing)) report(figure);
  for (const till of tills) await till.stop();

  console.error('200 tills that follow');
  const followers = await signInFleet({ url: hq.url, databaseUrl: hqDatabase, device }, 200);
  const sales = pushing[0]?.batches.at(-1) ?? [];
  report(
    fanOutFigure(await fanOut({ hqUrl: hq.url, device, tills: followers, sales, postgres, pouch }), missing),
  );
  await hq.stop();

  console.error('1,000 tills that wait, a minute');
  const own = peers === null ? null : { peers, folder: join(folder, 'pouch-idle') };
  for (const figure of idleFigures(await idleTills({ hqDatabase, device, postgres, peers: own }), missing))
    report(figure);
}

type Peers = {
  readonly pouch: PouchPeer | null;
  readonly actual: ActualPeer | null;
  readonly peers: string | null;
  /** Why they are not there. */
  readonly missing: string;
};

/** Each peer that could be installed and started here; the bench goes on without the others and says why. */
async function startPeers(folder: string, stops: Stop[]): Promise<Peers> {
  const installed = installPeers(console.error);
  if (!installed.ok) return { pouch: null, actual: null, peers: null, missing: installed.error };
  const peers = installed.value;
  const reasons: string[] = [];
  const started = async <P extends { readonly stop: Stop }>(starting: Promise<P>): Promise<P | null> => {
    try {
      const peer = await starting;
      stops.push(peer.stop);
      return peer;
    } catch (problem) {
      reasons.push(String(problem));
      return null;
    }
  };
  const pouch = await started(startPouch(peers, folder));
  const actual = await started(startActual(peers, folder));
  return { pouch, actual, peers: pouch && peers, missing: reasons.join('; ') };
}
