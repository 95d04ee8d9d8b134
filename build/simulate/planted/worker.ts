import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { Harm } from '../safety.ts';
import { bugs } from './bugs.ts';
import { plant } from './plant.ts';

/** One thread of planted.ts: plants its bug, then plays seeds until one of them breaks. */
const options = z.object({ startMs: z.int(), bug: z.int(), from: z.int(), most: z.int() }).parse(workerData);
const bug = bugs[options.bug];
if (!bug) throw new RangeError(`no bug ${options.bug}`);
const { planted } = plant(bug);
const { createBase } = await import('../base.ts');
const { simulate } = await import('../simulate.ts');
planted();

const base = await createBase(options.startMs);
let caught: Caught['caught'] = null;
for (let n = 1; n <= options.most && caught === null; n++) {
  const seed = options.from + n - 1;
  const { broken } = await simulate({ seed, base });
  if (broken) caught = { seed, after: n, harm: broken.harm, what: broken.what.split('\n')[0] ?? '' };
}
parentPort?.postMessage({ name: bug.name, caught } satisfies Caught);

/** `after`: how many seeds it took; null where none of them broke. */
export type Caught = {
  readonly name: string;
  readonly caught: {
    readonly seed: number;
    readonly after: number;
    readonly harm: Harm | 'crashed';
    readonly what: string;
  } | null;
};
