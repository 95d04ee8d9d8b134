import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { createBase } from './base.ts';
import { bugs } from './planted/bugs.ts';
import { playPlanted, tableOf } from './planted/planted.ts';
import { playSeeds, startMs } from './pool.ts';
import { shrink } from './shrink.ts';

const help = `npm run simulate [-- --seeds N --from K --tills N --ops N --seed S --threads N]
  Plays histories of tills and HQ out of seeds, with every fault of the network, the clocks and the machines, and
  checks after each step and at the end that nothing is lost, counted twice or apart.
  --seeds N    how many (2000)
  --from K     the first seed (1); "fresh" draws one from the clock
  --seed S     one seed, with its trace; where it breaks, shrunk to its shortest form
  --tills N    tills at the start (3 to 8, by seed)
  --ops N      steps of the phase with faults (40 to 119, by seed); --steps is the same
  --threads N  threads (one for each core)
  --postgres   plays them to the production intake on Postgres too: the same verdicts, log and tables
  --planted [--bug TEXT --most N]
               plants bugs one at a time into the code and says which check catches each, after how many seeds (at most
               300); only those whose name contains TEXT`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    ...{
      tills: { type: 'string' },
      steps: { type: 'string' },
      ops: { type: 'string' },
      threads: { type: 'string' },
    },
    postgres: { type: 'boolean' },
    ...{ planted: { type: 'boolean' }, bug: { type: 'string' }, most: { type: 'string', default: '300' } },
    help: { type: 'boolean' },
  },
});

if (values.help) console.log(help);
else if (values.postgres) process.exitCode = await playOnPostgres();
else if (values.planted) process.exitCode = await playBugs();
else if (values.seed !== undefined) process.exitCode = await playOne(Number(values.seed));
else process.exitCode = await playMany();

async function playOne(seed: number): Promise<number> {
  const base = await createBase(startMs);
  const tills = numberOf(values.tills);
  const steps = numberOf(values.ops ?? values.steps);
  const found = await shrink({ base, seed, tills, steps });
  if (!found) {
    const { simulate } = await import('./simulate.ts');
    const { trace, changesets } = await simulate({ seed, base, tills, steps });
    console.log(trace.join('\n'));
    console.log(`seed ${seed}: ${changesets} changesets, nothing lost, nothing twice, nothing apart`);
    return 0;
  }
  const { history, weather } = found;
  console.log(history.trace.join('\n'));
  console.log(
    `seed ${seed} breaks at step ${history.broken?.step} of ${history.steps}: ${history.broken?.what}`,
  );
  console.log(
    `shrunk to --ops ${history.steps} without ${Object.keys(weather).join(', ') || 'anything left out'}`,
  );
  return 1;
}

async function playMany(): Promise<number> {
  const from = firstSeed();
  const seeds = Number(values.seeds);
  const threads = threadsWanted();
  console.log(
    `${seeds} seeds from ${from} on ${threads} threads of ${cpus()[0]?.model ?? 'an unknown processor'}`,
  );
  const tally = await playSeeds({
    ...{ from, seeds, threads, tills: numberOf(values.tills), steps: numberOf(values.ops ?? values.steps) },
    onPlayed: ({ seed, broken }, count) => {
      if (broken) console.log(`seed ${seed} at step ${broken.step}: ${broken.what.split('\n')[0]}`);
      if (count % 1000 === 0) console.log(`  ${count} played`);
    },
  });
  const harmed = (harm: string) => tally.broken.filter(({ broken }) => broken?.harm === harm).length;
  const harms = ['lost', 'duplicated', 'diverged', 'stuck', 'crashed'].map(
    (harm) => `${harmed(harm)} ${harm}`,
  );
  console.log(
    `${tally.seeds} histories, ${tally.steps} steps, ${tally.changesets} changesets in ${(tally.tookMs / 1000).toFixed(0)} s (a seed ${tally.medianMs.toFixed(1)} ms, p95 ${tally.p95Ms.toFixed(1)} ms in its thread): ${harms.join(', ')}`,
  );
  return tally.broken.length === 0 ? 0 : 1;
}

async function playOnPostgres(): Promise<number> {
  const { createPostgresTwin } = await import('./postgres.ts');
  const [from, seeds, started] = [firstSeed(), Number(values.seeds), performance.now()];
  const twin = await createPostgresTwin();
  let different = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const what = await twin.difference(seed);
    if (what === null) continue;
    different += 1;
    console.log(`seed ${seed}: ${what}`);
  }
  await twin.stop();
  const took = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${seeds} histories on Postgres in ${took} s: ${different} other than in memory`);
  return different === 0 ? 0 : 1;
}

async function playBugs(): Promise<number> {
  const chosen = bugs.flatMap(({ name }, place) => (name.includes(values.bug ?? '') ? [place] : []));
  const played = await playPlanted({
    ...{ chosen, from: firstSeed(), most: Number(values.most), threads: threadsWanted() },
    onPlayed: ({ name, caught }) =>
      console.log(`${caught ? `${caught.harm} after ${caught.after}` : 'NOT CAUGHT'}: ${name}`),
  });
  console.log(tableOf(played));
  return played.every(({ caught }) => caught !== null) ? 0 : 1;
}

function firstSeed(): number {
  return values.from === 'fresh' ? Math.floor(Date.now() / 1000) : Number(values.from);
}

function threadsWanted(): number {
  return numberOf(values.threads) ?? availableParallelism();
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
