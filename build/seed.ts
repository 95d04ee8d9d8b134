import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ok, type Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import { demoCatalogue } from './demo-data/catalogue.ts';
import { type Demo, demoOrg, stockAndPeopleFor } from './demo-data/demo.ts';
import { type DemoChange, type DemoOptions, inChunks } from './demo-data/rows.ts';
import { type CodedRegister, type RegisterFailure, readRegisterRows } from './seed-register.ts';

export type SeedOptions = {
  /** NDJSON to write. */
  readonly file: string;
  /** A medicine register to stock instead of the demo's own catalogue; HQ imports it itself. */
  readonly catalog?: string | undefined;
  readonly nowMs: number;
  /** Any whole number; the same number and day give the same demo. */
  readonly seed?: number;
  /** Without the 90 days of sales, where a test has no use for them. */
  readonly history?: boolean;
};
export type Seed = {
  readonly demo: Demo;
  /** What it was made from: parts of the demo can be made again, alike. */
  readonly options: DemoOptions;
  readonly register: CodedRegister;
  readonly bytes: number;
};

/**
 * Writes the demo as a file that HQ can begin with: lines of `{actor, type, changes}` and one of `{pins}`, so that HQ
 * makes the PIN verifiers with peppers of its own. The history ends the day before `nowMs`. The file is whole or absent.
 */
export async function writeSeed({
  file,
  catalog,
  nowMs,
  seed = 1,
  history = true,
}: SeedOptions): Promise<Result<Seed, RegisterFailure>> {
  const options: DemoOptions = { seed, todayIso: businessDate(nowMs, ZONE, LATEST_DAY_START) };
  const read = catalog === undefined ? ok(demoCatalogue(options)) : await readRegisterRows(catalog);
  if (!read.ok) return read;
  const demo = catalog === undefined ? demoOrg(options) : stockAndPeopleFor(options, read.value);
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.part`;
  await pipeline(lines(demo, history), createWriteStream(part, { mode: 0o600 }));
  await rename(part, file);
  return ok({ demo, options, register: read.value, bytes: (await stat(file)).size });
}

/** The demo's stores are all there; the first of them to be in today has the latest start of a business day. */
const ZONE = 'Europe/Paris';
const LATEST_DAY_START = 4;

/** Changes on one line: HQ cuts them into changesets of 500 and writes a line with a few statements. */
const LINE = 5_000;

function* lines(demo: Demo, history: boolean): Generator<string> {
  yield* linesOf('demo', demo.org());
  for (const store of demo.stores) yield* linesOf('demo', store.setUp());
  if (history) for (const store of demo.stores) yield* linesOf('history', flat(store.history()));
  const pins = demo.signIns.map(({ staffId, pin }) => ({ staffId, pin }));
  yield `${JSON.stringify({ pins })}\n`;
}

function* linesOf(type: string, changes: Iterable<DemoChange>): Generator<string> {
  for (const chunk of inChunks(changes, LINE))
    yield `${JSON.stringify({ actor: 'hq', type, changes: chunk })}\n`;
}

function* flat<T>(parts: Iterable<readonly T[]>): Generator<T> {
  for (const part of parts) yield* part;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: '.data/demo-seed.ndjson' }, catalog: { type: 'string' } },
  });
  const written = await writeSeed({ file: values.out, catalog: values.catalog, nowMs: Date.now() });
  console.log(JSON.stringify(written.ok ? { file: values.out, bytes: written.value.bytes } : written.error));
  process.exitCode = written.ok ? 0 : 1;
}
