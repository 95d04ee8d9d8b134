import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Figure, Report } from './figures.ts';

/** `npm run bench -- GROUP …`: prints one JSON line for each figure; what it is doing goes to stderr. */
const GROUPS = ['till', 'search', 'screen', 'sync', 'hq'] as const;
const USAGE = `npm run bench [-- GROUP ...]
  Groups: ${GROUPS.join(' ')} (all of them when none is named).
  One JSON line a figure: {name,n,p50,p95,p99,value,unit,baseline,ratio,machine}; ms, MB, per s, shares from 0 to 1.
  sync adds spread and peers {pouchdb, actual, raw}: {value|p50,p95, spread, ratio, says}; null with the reason in says.
  The large till (100,000 packs, 300,000 batches) is made once and kept in .cache/bench.`;

const report: Report = ({ name, n, p50, p95, p99, value, unit, baseline, ratio, machine, ...more }: Figure) =>
  console.log(JSON.stringify({ name, n, p50, p95, p99, value, unit, baseline, ratio, machine, ...more }));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !GROUPS.some((group) => group === name));
if (unknown.length > 0) {
  console.log(USAGE);
  process.exitCode = wanted.includes('--help') ? 0 : 1;
} else {
  for (const group of GROUPS) if (wanted.length === 0 || wanted.includes(group)) await run(group);
}

/** A group is a file here that exports `<group>Bench(report)`. */
async function run(group: string): Promise<void> {
  const file = fileURLToPath(new URL(`${group}.ts`, import.meta.url));
  if (!existsSync(file)) return console.error(`There is no bench ${group} in this version.`);
  const { [`${group}Bench`]: bench }: Record<string, (report: Report) => unknown> = await import(file);
  if (!bench) throw new Error(`${file} exports no ${group}Bench`);
  await bench(report);
}
