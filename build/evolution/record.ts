import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FOLDER, filesOf, SUMS, sumsOf, versions } from './fixtures.ts';
import { playHistory } from './history.ts';

/**
 * Records what this version writes as fixtures of the next number: `npm exec -- node build/evolution/record.ts`.
 * `--again` writes the newest version anew, which is right only as long as no release has gone out with it.
 */
const FIRST = 2;
const { values } = parseArgs({ options: { again: { type: 'boolean', default: false } } });
const newest = versions().at(-1);
const version = newest === undefined ? FIRST : values.again ? newest : newest + 1;
const folder = join(FOLDER, `v${version}`);
const files = filesOf(await playHistory());
if (values.again) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of files) writeFileSync(join(folder, name), text);
writeFileSync(SUMS, sumsOf());
const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
process.stdout.write(`v${version}: ${files.size} files, ${bytes} bytes\n`);
