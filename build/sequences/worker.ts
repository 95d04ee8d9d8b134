import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { fastCounter } from './counter.ts';
import { type Found, trySeed } from './sequence.ts';

/** Every how many seeds a thread says how far it is. */
const AT_ONCE = 25;
const job = z.object({ from: z.int(), to: z.int(), every: z.int() }).parse(workerData);

export type Told =
  | { readonly done: number; readonly found: readonly Found[] }
  | { readonly seen: ReadonlyMap<string, number> };

const say = (told: Told) => parentPort?.postMessage(told);
const counters = [await fastCounter(false), await fastCounter(true)] as const;
const seen = new Map<string, number>();
let done = 0;
let found: Found[] = [];
for (let seed = job.from; seed < job.to; seed += job.every) {
  const wrong = await trySeed(counterOf(seed), seed, seen);
  if (wrong) found.push(wrong);
  done += 1;
  if (done < AT_ONCE && !wrong) continue;
  say({ done, found });
  done = 0;
  found = [];
}
say({ done, found });
for (const counter of counters) await counter.close();
say({ seen });

/** Seeds take turns in pairs, so that every thread has both kinds of shop: prices with tax and without. */
function counterOf(seed: number) {
  return counters[Math.floor(seed / 2) % 2 === 0 ? 0 : 1];
}
