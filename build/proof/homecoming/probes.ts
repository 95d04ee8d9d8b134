import { setTimeout as pause } from 'node:timers/promises';
import { hqRssOf } from '../../bench/sync-followers.ts';
import { connectHq } from '../../clients.ts';
import type { LightTill } from './light-till.ts';
import type { Watch } from './watch.ts';

export type Probes = {
  /** Resident memory of HQ in MB, the highest seen. */
  readonly peakMb: () => number;
  readonly stop: () => Promise<void>;
};

type Deps = {
  readonly url: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** A till that sells on while the others come home. */
  readonly till: LightTill;
  /** Business dates to ask reports of, in turn. */
  readonly days: readonly string[];
  readonly watch: Watch;
};

const EVERY_MS = 1_000;

/**
 * Asks HQ every second what people and machines ask it: whether it is well, a sign-in of the back office, a day's report,
 * one sale of a till at work (made until taken, with what it is told to wait), its memory. Each goes on by itself; where
 * one takes longer than a second, its next begins when it has ended.
 */
export async function startProbes({ url, admin, till, days, watch }: Deps): Promise<Probes> {
  const office = await connectHq(url, admin);
  const over = new AbortController();
  let peakMb = 0;

  async function everySecond(what: string, probe: (n: number) => Promise<unknown>): Promise<void> {
    for (let n = 0; !over.signal.aborted; n++) {
      const from = performance.now();
      try {
        await probe(n);
        watch.note(what, 200, performance.now() - from);
      } catch (problem) {
        watch.note(`${what} (${problem instanceof Error ? problem.message : problem})`, 0, 0);
      }
      const left = EVERY_MS - (performance.now() - from);
      await pause(Math.max(0, left), undefined, { signal: over.signal }).catch(() => {});
    }
  }

  const running = [
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
  return {
    peakMb: () => peakMb,
    async stop() {
      over.abort();
      await Promise.all(running);
    },
  };
}
