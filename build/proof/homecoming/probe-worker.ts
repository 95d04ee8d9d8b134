import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { hqRssOf } from '../../bench/sync-followers.ts';
import { connectHq } from '../../clients.ts';
import { chainOrg } from './chain-org.ts';
import { createTurns, enrolLightTill, type LightTill } from './light-till.ts';
import { createPushed, type Sums } from './pushed.ts';
import { createWatch, type Seen, type Watch } from './watch.ts';

/** One thread of probes.ts: 'start' and 'stop' come, what was seen between them goes back. */
const options = z
  .object({
    url: z.string(),
    code: z.string(),
    admin: z.object({ email: z.string(), password: z.string() }),
    /** Of the whole org. */
    tills: z.int(),
    /** Business dates to ask reports of, in turn. */
    days: z.array(z.string()),
  })
  .parse(workerData);
export type ProbeOptions = typeof options;

export type Probed = {
  readonly seen: ReadonlyMap<string, Seen>;
  /** Resident memory of HQ in MB, the highest seen. */
  readonly peakMb: number;
  /** Of the till that sells on, since it was enrolled. */
  readonly sums: Sums;
  readonly till: {
    readonly device: string;
    readonly storeId: string;
    readonly dseq: number;
    readonly hash: string;
  };
};

const EVERY_MS = 1_000;
const { url, admin, days } = options;

let watch = createWatch();
const pushed = createPushed();
const org = chainOrg(options.tills);
const counted: Watch = { ...watch, fetch: (input, init) => watch.fetch(input, init) };
const till = await enrolLightTill(
  { url, code: options.code },
  { org, pushed, watch: counted, name: 'P', inTurn: createTurns() },
);
const office = await connectHq(url, admin);
let over = new AbortController();
let running: readonly Promise<void>[] = [];
let peakMb = 0;

/**
 * Whether HQ is well, a sign-in of the back office, a day's report, one sale of a till at work (made until taken, with
 * what it is told to wait), HQ's memory. Each goes on by itself; where one takes longer than a second, its next begins
 * when it has ended.
 */
function start(): void {
  watch = createWatch();
  over = new AbortController();
  peakMb = 0;
  running = [
    everySecond('health', async () => {
      const { ok, status } = await fetch(new URL('/health', url));
      if (!ok) throw new Error(`HTTP ${status}`);
    }),
    everySecond('sign-in', () => connectHq(url, admin)),
    everySecond('report', (n) => office.reports.day({ businessDate: days[n % days.length] ?? '' })),
    everySecond('a sale until taken', () => till.handUp([Date.now()])),
    everySecond('metrics', async () => {
      peakMb = Math.max(peakMb, await hqRssOf(url));
    }),
  ];
}

async function everySecond(what: string, probe: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; !over.signal.aborted; n++) {
    const from = performance.now();
    try {
      await probe(n);
      watch.note(what, 200, performance.now() - from);
    } catch (problem) {
      watch.note(`${what} (${said(problem)})`, 0, 0);
    }
    const left = EVERY_MS - (performance.now() - from);
    await pause(Math.max(0, left), undefined, { signal: over.signal }).catch(() => {});
  }
}

async function stop(): Promise<Probed> {
  over.abort();
  await Promise.all(running);
  const { device, storeId }: LightTill = till;
  return { seen: watch.seen(), peakMb, sums: pushed.sums(), till: { device, storeId, ...till.head() } };
}

function said(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  return problem.cause instanceof Error ? `${problem.message}: ${problem.cause.message}` : problem.message;
}

parentPort?.on('message', (told: unknown) => {
  if (told === 'start') start();
  else void stop().then((probed) => parentPort?.postMessage(probed));
});
parentPort?.postMessage('ready');
