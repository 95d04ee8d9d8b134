import { Worker } from 'node:worker_threads';
import { startMs } from '../pool.ts';
import type { Caught } from './worker.ts';

/** Plants one bug after the other, each in a thread of its own, and plays up to `most` seeds with it. */
export async function playPlanted({
  chosen,
  ...seeds
}: {
  /** Their places in bugs.ts. */
  readonly chosen: readonly number[];
  readonly from: number;
  readonly most: number;
  readonly threads: number;
  readonly onPlayed?: (caught: Caught) => void;
}): Promise<readonly Caught[]> {
  const waiting = [...chosen];
  const played = new Map<number, Caught>();
  const thread = async () => {
    for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
      const caught = await playOne(bug, seeds);
      played.set(bug, caught);
      seeds.onPlayed?.(caught);
    }
  };
  await Promise.all(Array.from({ length: seeds.threads }, thread));
  return chosen.flatMap((bug) => played.get(bug) ?? []);
}

function playOne(bug: number, { from, most }: { from: number; most: number }): Promise<Caught> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { startMs, bug, from, most },
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** The table of docs/proofs-sync.md. */
export const tableOf = (played: readonly Caught[]): string =>
  [
    '| planted | caught as | after seeds | by |',
    '|---|---|---|---|',
    ...played.map(({ name, caught }) =>
      caught
        ? `| ${name} | ${caught.harm} | ${caught.after} | ${caught.what.replaceAll('|', '/').slice(0, 110)} |`
        : `| ${name} | **not caught** | – | |`,
    ),
  ].join('\n');
