import { Worker } from 'node:worker_threads';
import type { Played } from './worker.ts';

export type PoolOptions = {
  readonly from: number;
  readonly seeds: number;
  readonly threads: number;
  readonly steps?: number | undefined;
  readonly tills?: number | undefined;
  readonly onPlayed?: ((played: Played, count: number) => void) | undefined;
};

export type Tally = {
  readonly seeds: number;
  readonly steps: number;
  readonly changesets: number;
  readonly tookMs: number;
  /** Time of one seed in its thread: half took no longer, and 19 of 20. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly broken: readonly Played[];
};

/** The first day of every history. */
export const startMs = Date.UTC(2026, 2, 2, 8);

/** Plays many seeds on several threads; each history is of its seed alone, whatever thread it falls to. */
export async function playSeeds({
  from,
  seeds,
  threads,
  steps,
  tills,
  onPlayed,
}: PoolOptions): Promise<Tally> {
  const started = performance.now();
  let next = from;
  const played: Played[] = [];

  const thread = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { startMs, ...(steps !== undefined && { steps }), ...(tills !== undefined && { tills }) },
        resourceLimits: { maxYoungGenerationSizeMb: 64 },
      });
      const give = () => {
        if (next < from + seeds) worker.postMessage(next++);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('message', (one: Played) => {
        played.push(one);
        onPlayed?.(one, played.length);
        give();
      });
      worker.once('error', reject);
      give();
    });

  await Promise.all(Array.from({ length: Math.min(threads, seeds) }, thread));
  const sum = (of: (one: Played) => number) => played.reduce((total, one) => total + of(one), 0);
  const times = played.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    seeds: played.length,
    steps: sum((one) => one.steps),
    changesets: sum((one) => one.changesets),
    tookMs: performance.now() - started,
    medianMs: times[Math.floor(times.length * 0.5)] ?? 0,
    p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    broken: played.filter((one) => one.broken !== null).sort((a, b) => a.seed - b.seed),
  };
}
