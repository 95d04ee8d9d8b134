import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { fastCounter } from './counter.ts';
import { type Found, stepsOf, trySeed } from './sequence.ts';
import type { Told } from './worker.ts';

const help = `npm run sequences [-- --seeds N --from K --threads N | --seed S]
  Does sequences of what hands do at a counter (sell, discount, hold, recall, pay by any mix, take back, void, exchange,
  shifts, undo, a card terminal that may say nothing, crashes in the middle of a command) at a real till and in a model
  in plain arithmetic, and holds the till against the model after every step and its books against themselves at the end.
  --seeds N    how many (1000)
  --from K     the first seed (1)
  --threads N  threads (one for each core)
  --seed S     one seed, step by step; where it goes wrong, with the fewest of its steps that still do`;

const { values } = parseArgs({
  options: {
    ...{ seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } },
    ...{ threads: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  },
});

if (values.help) console.log(help);
else if (values.seed === undefined) process.exitCode = await many();
else process.exitCode = await one(Number(values.seed));

async function one(seed: number): Promise<number> {
  const counter = await fastCounter(Math.floor(seed / 2) % 2 !== 0);
  const found = await trySeed(counter, seed, new Map());
  await counter.close();
  if (found) console.log(wordsOf(found));
  else console.log(`seed ${seed}: ${stepsOf(seed).length} steps, and the till is right`);
  return found ? 1 : 0;
}

async function many(): Promise<number> {
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  const threads = Number(values.threads ?? availableParallelism());
  console.log(
    `${seeds} sequences from seed ${from} on ${threads} threads of ${cpus()[0]?.model ?? 'unknown'}`,
  );
  const started = performance.now();
  const tally = { done: 0, found: 0, steps: new Map<string, number>() };
  const heard = (told: Told): void => {
    if ('seen' in told) {
      for (const [what, n] of told.seen) tally.steps.set(what, (tally.steps.get(what) ?? 0) + n);
      return;
    }
    for (const found of told.found) console.log(wordsOf(found));
    tally.found += told.found.length;
    const before = tally.done;
    tally.done += told.done;
    if (Math.floor(before / 1000) < Math.floor(tally.done / 1000)) console.log(`  ${tally.done} done`);
  };
  await Promise.all(
    Array.from({ length: threads }, (_, i) =>
      run({ from: from + i, to: from + seeds, every: threads }, heard),
    ),
  );
  const steps = [...tally.steps].toSorted(([, a], [, b]) => b - a);
  for (const [what, n] of steps) console.log(`  ${String(n).padStart(8)}  ${what}`);
  const took = ((performance.now() - started) / 1000).toFixed(0);
  const all = steps.reduce((sum, [, n]) => sum + n, 0);
  console.log(`${tally.done} sequences, ${all} steps in ${took} s: ${tally.found} wrong`);
  return tally.found === 0 ? 0 : 1;
}

function run(job: { from: number; to: number; every: number }, heard: (told: Told) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: job });
    worker.on('message', heard);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}

function wordsOf({ seed, steps, words }: Found): string {
  const list = steps.map((step) => `    ${JSON.stringify(step)}`).join('\n');
  return `seed ${seed}: ${words}\n${list}`;
}
