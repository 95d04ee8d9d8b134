import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createBase } from './base.ts';
import { simulate } from './simulate.ts';

/** One thread of pool.ts: plays the seeds it is given and answers each. */
const options = z
  .object({ startMs: z.int(), steps: z.int().optional(), tills: z.int().optional() })
  .parse(workerData);
const base = await createBase(options.startMs);

parentPort?.on('message', async (seed: number) => {
  const started = performance.now();
  const { broken, changesets, steps } = await simulate({ ...options, seed, base });
  parentPort?.postMessage({
    seed,
    broken,
    changesets,
    steps,
    ms: performance.now() - started,
  } satisfies Played);
});

export type Played = {
  readonly seed: number;
  readonly broken: Awaited<ReturnType<typeof simulate>>['broken'];
  readonly changesets: number;
  readonly steps: number;
  readonly ms: number;
};
