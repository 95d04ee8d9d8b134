import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Change, openEnvelope } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { FOLDER, filesOf, readFixtures, versions } from './fixtures.ts';
import { playHistory } from './history.ts';
import { brokenPromises, type Shape, shapeOfToday } from './shape.ts';

const newest = readFixtures(versions().at(-1) ?? 0);
const envelopes = newest.scopes
  .flatMap(({ rows }) => rows)
  .map(({ envelope }) => openEnvelope(envelope))
  .flatMap((opened) => (opened.ok ? [opened.value] : []));
const RECORD = 'record a new version: npm exec -- node build/evolution/record.ts';

test('the newest fixtures have the tables of today', () => {
  expect(newest.shape, RECORD).toEqual(shapeOfToday());
});

test('they are, byte for byte, what today’s writers write', async () => {
  for (const [name, text] of filesOf(await playHistory()))
    expect(
      readFileSync(join(FOLDER, `v${newest.version}`, name), 'utf8') === text,
      `${name}: ${RECORD}`,
    ).toBe(true);
});

test('every table is in them, and every column with a value', () => {
  const met = new Set(envelopes.flatMap(({ body }) => body.changes.flatMap(columnsOf)));
  const wanted = [...tableFacts.values()].flatMap(({ name, columns }) =>
    columns.map(({ property }) => `${name}.${property}`),
  );
  expect(wanted.filter((column) => !met.has(column))).toEqual([]);
});

test('every kind of transaction that the sources write is in them', () => {
  const written = globSync('{desktop/till,sync-server}/**/*.ts', {
    exclude: ['**/*.test.ts', '**/test-*.ts'],
  })
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(TYPE)])
    .map((found) => found[1] ?? found[2] ?? '');
  const types = new Set(envelopes.map(({ type }) => type));
  expect(written.length).toBeGreaterThan(10);
  expect([...new Set(written)].filter((type) => !types.has(type))).toEqual([]);
});

/** `{ type: 'sale', actor…` of a till's record, `{ actor, type: 'store' }` of HQ's. */
const TYPE = /\btype: '([a-z.-]+)',\s*actor\b|\bactor(?:: [^,}]+)?,\s*type: '([a-z.-]+)'/g;

function columnsOf(change: Change): string[] {
  if (change.op === 'insert') return withValues(change.t, change.row);
  return change.op === 'set' ? withValues(change.t, { ...change.cols, id: change.id }) : [];
}
const withValues = (table: string, row: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(row).flatMap(([property, value]) => (value === null ? [] : [`${table}.${property}`]));

test('no version broke what it promised the one before', () => {
  const shapes = [...versions().map((version) => readFixtures(version).shape), shapeOfToday()];
  const broken = shapes.slice(1).flatMap((shape, i) => brokenPromises(shapes[i] ?? shape, shape));
  expect(broken).toEqual([]);
});

const text = { kind: 'text', optional: true, group: 'note' };
const shape = (tables: Shape['tables'], bodyVersion = 1): Shape => ({ bodyVersion, tables });
const register = (columns: Shape['tables'][string]['columns']) =>
  shape({ t: { policy: 'lww', scope: 'org', columns } });
const fact = (columns: Shape['tables'][string]['columns']) =>
  shape({ t: { policy: 'append', scope: 'org', columns } });

test('a register may get an optional column or a word, an org a new table', () => {
  expect(brokenPromises(register({}), register({ note: { ...text, group: '+note' } }))).toEqual([]);
  expect(brokenPromises(shape({}), fact({ note: text }))).toEqual([]);
  const kind = { ...text, words: ['a'] };
  expect(brokenPromises(fact({ kind }), fact({ kind: { ...kind, words: ['a', 'b'] } }))).toEqual([]);
});

test('anything else needs another version of the body', () => {
  const kind = { ...text, words: ['a', 'b'] };
  expect(brokenPromises(fact({}), fact({ note: text }))).toEqual(['t is a fact and got note']);
  expect(brokenPromises(register({}), register({ note: { ...text, optional: false } }))).toHaveLength(1);
  expect(brokenPromises(register({}), register({ note: text }))).toEqual([
    't.note is new and not marked as later',
  ]);
  expect(brokenPromises(register({ note: text }), register({ note: text, more: text }))).toHaveLength(1);
  expect(brokenPromises(register({ note: text }), register({}))).toEqual(['t.note is gone']);
  expect(brokenPromises(register({ note: text }), register({ note: { ...text, kind: 'int' } }))).toHaveLength(
    1,
  );
  expect(brokenPromises(fact({ kind }), fact({ kind: { ...kind, words: ['a'] } }))).toEqual([
    "t.kind lost 'b'",
  ]);
  expect(brokenPromises(register({}), fact({}))).toHaveLength(1);
  expect(brokenPromises(fact({ kind }), shape({}))).toEqual(['t is gone']);
  expect(brokenPromises(fact({ kind }), shape({}, 2))).toEqual([]);
});
