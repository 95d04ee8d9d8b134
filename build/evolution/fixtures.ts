import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type FeedRow, feedRow } from '#shared/replica/wire.ts';
import { type EndState, endStateOf } from './end-state.ts';
import { type Shape, shapeSchema } from './shape.ts';

/** One version's changesets and snapshots as they were written then. Never edited: what is out in the world is so for ever. */
export type Fixtures = {
  readonly version: number;
  /** The time of the last act. */
  readonly atMs: number;
  readonly storeId: string;
  readonly scopes: readonly Scope[];
  /** All rows once every scope is taken in. */
  readonly rows: EndState;
  readonly shape: Shape;
};
export type Scope = {
  readonly scope: string;
  readonly rows: readonly FeedRow[];
  /** The scope's snapshot at its head, line by line. */
  readonly snapshot: readonly string[];
};

export const FOLDER = fileURLToPath(new URL('../../shared/replica/fixtures', import.meta.url));
export const SUMS = join(FOLDER, 'SHA256SUMS');

/** Recorded versions, oldest first. */
export const versions = (): number[] =>
  existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .flatMap((name) => (/^v\d+$/.test(name) ? [Number(name.slice(1))] : []))
        .sort((a, b) => a - b)
    : [];

/** The files of a version by name, as text. */
export function filesOf({
  atMs,
  storeId,
  scopes,
  rows,
  shape,
}: Omit<Fixtures, 'version'>): Map<string, string> {
  const about = { atMs, storeId, scopes: scopes.map(({ scope }) => scope) };
  const files = new Map([
    ['about.json', text(about)],
    ['rows.json', text(rows)],
    ['shape.json', text(shape)],
  ]);
  for (const { scope, rows: feed, snapshot } of scopes) {
    const name = scope.replace(':', '-');
    files.set(`${name}.feed.ndjson`, `${feed.map((row) => JSON.stringify(row)).join('\n')}\n`);
    files.set(`${name}.snapshot.ndjson`, `${snapshot.join('\n')}\n`);
  }
  return files;
}

const text = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

export function readFixtures(version: number): Fixtures {
  const read = (name: string): string => readFileSync(join(FOLDER, `v${version}`, name), 'utf8');
  const about = aboutSchema.parse(JSON.parse(read('about.json')));
  const { tables, onHand } = rowsSchema.parse(JSON.parse(read('rows.json')));
  return {
    ...{ version, atMs: about.atMs, storeId: about.storeId },
    scopes: about.scopes.map((scope) => {
      const name = scope.replace(':', '-');
      return {
        scope,
        rows: linesOf(read(`${name}.feed.ndjson`)).map((line) => feedRow.parse(JSON.parse(line))),
        snapshot: linesOf(read(`${name}.snapshot.ndjson`)),
      };
    }),
    rows: endStateOf(Object.entries(tables), onHand),
    shape: shapeSchema.parse(JSON.parse(read('shape.json'))),
  };
}

/** One line per file of every version, as sha256sum writes and checks them. */
export const sumsOf = (): string =>
  versions()
    .flatMap((version) =>
      readdirSync(join(FOLDER, `v${version}`))
        .sort()
        .map((name) => `v${version}/${name}`),
    )
    .map(
      (path) =>
        `${createHash('sha256')
          .update(readFileSync(join(FOLDER, path)))
          .digest('hex')}  ${path}\n`,
    )
    .join('');

const linesOf = (file: string): string[] => file.split('\n').filter((line) => line !== '');
const rowSchema = z.record(z.string(), z.unknown());
const aboutSchema = z.object({ atMs: z.int(), storeId: z.string(), scopes: z.array(z.string()) });
const rowsSchema = z.object({ tables: z.record(z.string(), z.array(rowSchema)), onHand: z.array(rowSchema) });
