import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { runningUrl } from '../../../sync-server/store/embedded.ts';
import { openPool } from '../../bench/hq-host.ts';
import { createWorld } from '../../demo/world.ts';
import { readToTheEnd, wrongAtHq } from './at-hq.ts';
import { type ChainOrg, chainOrg } from './chain-org.ts';
import { createTurns, enrolLightTill, type LightTill } from './light-till.ts';
import { openProbes } from './probes.ts';
import { bothSums, createPushed, type Sums } from './pushed.ts';
import { BUSY, countOf, createWatch, errorsIn, type Seen } from './watch.ts';

export type Homecoming = {
  readonly sums: Sums;
  /** From the first push until HQ had answered the last, in seconds. */
  readonly drained: number;
  /** Pushes of the tills that came home that were taken, and those told to come again later. */
  readonly pushes: Seen;
  readonly busy: number;
  /** What was asked beside it each second, before and meanwhile. */
  readonly calm: ReadonlyMap<string, Seen>;
  readonly meanwhile: ReadonlyMap<string, Seen>;
  /** Of HQ's process, in MB. */
  readonly restMb: number;
  readonly peakMb: number;
  /** Answers of HQ that were neither good nor 429, and whatever HQ has otherwise than the tills; nothing, or it failed. */
  readonly wrong: readonly string[];
};
export type Away = {
  readonly tills: number;
  readonly days: number;
  readonly perDay: number;
  /** How long HQ is watched before they come, for comparison. */
  readonly calmMs?: number;
};

const DAY_MS = 86_400_000;

/**
 * Many tills come home at one moment after days without a network, each with all its sales, to one HQ with its own
 * Postgres, in processes of their own; and HQ is asked the whole time what it is asked on any day.
 */
export async function homecoming(away: Away, say: (line: string) => void): Promise<Homecoming> {
  const world = createWorld();
  try {
    const org = chainOrg(away.tills + 1);
    const seed = join(world.folder, 'seed.ndjson');
    await pipeline(org.lines(), createWriteStream(seed));
    const { url, stores = [] } = await world.startHq('--seed', seed, '--codes');
    const databaseUrl = runningUrl(join(world.folder, 'hq/database'));
    if (databaseUrl === null) throw new Error('HQ has no database of its own');
    const pool = openPool(databaseUrl);
    try {
      // The seed is from now; these people have worked here for longer than the tills were away.
      await pool.query('UPDATE staff_period SET since = 0');
      await pool.query('UPDATE role_period SET since = 0');
      const codes = stores.flatMap(({ tills }) => tills.flatMap(({ enrolmentCode }) => enrolmentCode ?? []));
      return await comeHome({ ...away, url, codes, org, pool, admin: world.hqSignIn() }, say);
    } finally {
      await pool.end();
    }
  } finally {
    await world.end();
  }
}

type Scene = Away & {
  readonly url: string;
  readonly codes: readonly string[];
  readonly org: ChainOrg;
  readonly pool: ReturnType<typeof openPool>;
  readonly admin: { readonly email: string; readonly password: string };
};

async function comeHome(scene: Scene, say: (line: string) => void): Promise<Homecoming> {
  const { url, codes, org, pool, admin, days, perDay, calmMs = 5_000 } = scene;
  const [first = '', ...others] = codes;
  const [pushed, watch, inTurn] = [createPushed(), createWatch(), createTurns()];
  const tills: LightTill[] = [];
  for (const [n, code] of others.entries())
    tills.push(await enrolLightTill({ url, code }, { org, pushed, watch, inTurn, name: `H${n}` }));
  const instants = instantsOf(days, perDay);
  const businessDays = [...new Set(instants.map((at) => new Date(at).toISOString().slice(0, 10)))];
  const probes = await openProbes({ url, code: first, admin, tills: codes.length, days: businessDays });
  try {
    const quiet = probes.start();
    await pause(calmMs);
    const calm = await quiet.stop();
    await Promise.all(tills.map((till) => till.signIn()));

    say(`${tills.length} tills come home with ${instants.length} sales each`);
    const probing = probes.start();
    const from = performance.now();
    const told = setInterval(() => say(`  ${taken(pushed.sums())} taken`), 10_000);
    await Promise.all(tills.map((till) => till.handUp(instants)));
    const drained = (performance.now() - from) / 1000;
    clearInterval(told);
    const meanwhile = await probing.stop();

    say('Holding HQ against what was made');
    const sums = bothSums(pushed.sums(), meanwhile.sums);
    const chains = [...tills.map(({ device, head }) => ({ device, ...head() })), meanwhile.till];
    const wrong = [...(await wrongAtHq(pool, { org, chains, sums })), ...(await apart(pool, tills))];
    wrong.push(...[...sums.verdicts].filter(([v]) => v !== 'accepted').map(([v, n]) => `${n} were ${v}`));
    wrong.push(...[watch.seen(), calm.seen, meanwhile.seen].flatMap(errorsIn));
    const pushes = watch.seen().get('/sync/push') ?? { statuses: new Map(), took: [] };
    return {
      ...{ sums, drained, pushes, busy: countOf(pushes, BUSY), wrong },
      ...{ calm: calm.seen, meanwhile: meanwhile.seen, restMb: calm.peakMb, peakMb: meanwhile.peakMb },
    };
  } finally {
    await probes.end();
  }
}

/** The moments of a till's sales, the last just now. */
function instantsOf(days: number, perDay: number): readonly number[] {
  const from = Date.now() - days * DAY_MS;
  return Array.from({ length: days * perDay }, (_, n) => Math.floor(from + (n * DAY_MS) / perDay));
}

const taken = ({ verdicts }: Sums): number => [...verdicts.values()].reduce((sum, n) => sum + n, 0);

/** Each till says how far it would have read, and its digest of that; HQ says where its own is another. */
async function apart(pool: Scene['pool'], tills: readonly LightTill[]): Promise<string[]> {
  const wrong: string[] = [];
  const reads = new Map<string, Awaited<ReturnType<typeof readToTheEnd>>>();
  for (const { device, storeId, tell } of tills) {
    const read = reads.get(storeId) ?? (await readToTheEnd(pool, storeId));
    reads.set(storeId, read);
    wrong.push(...(await tell([read])).map((scope) => `${device} has ${scope} otherwise than HQ`));
  }
  return wrong;
}
