import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { upcast } from '#shared/replica/upcast.ts';
import { sectionsOf } from '../../sync-server/intake/snapshot-sql.ts';
import { createHq } from '../simulate/hq.ts';
import { emptyImage } from '../simulate/hq-image.ts';
import { type EndState, endStateAt } from './end-state.ts';
import { type Fixtures, readFixtures, SUMS, sumsOf, versions } from './fixtures.ts';
import { openReader } from './reader.ts';

const recorded = versions().map(readFixtures);
const open = ({ storeId, atMs }: Fixtures) => openReader({ device: 'reader', storeId, nowMs: () => atMs });

test('there are fixtures', () => {
  expect(recorded.length).toBeGreaterThan(0);
});

test('nobody has edited a recorded file', () => {
  expect(sumsOf()).toBe(readFileSync(SUMS, 'utf8'));
});

test.each(recorded)('v$version: every envelope opens and is up-cast', ({ scopes }) => {
  for (const { rows } of scopes)
    for (const { envelope } of rows) {
      const opened = openEnvelope(envelope);
      expect(opened.ok && upcast(opened.value)).toBeTruthy();
    }
});

test.each(recorded)('v$version: a till that follows its feed ends with the rows of that day', async (old) => {
  const till = open(old);
  for (const { scope, rows } of old.scopes) await till.feed(scope, rows);
  expect(till.deferred()).toEqual([]);
  expect(till.endState()).toEqual(old.rows);
  till.close();
});

test.each(recorded)('v$version: a till that takes its snapshots has what they hold of it', async (old) => {
  const till = open(old);
  for (const { scope, snapshot } of old.scopes) await till.base(scope, snapshot);
  const held = old.scopes.flatMap(({ scope }) => sectionsOf(scope).map(({ t }) => t));
  expect(till.endState()).toEqual(only(old.rows, held));
  expect(old.scopes.map(({ scope }) => till.takeIn.cursor(scope)?.seq)).toEqual(
    old.scopes.map(({ rows }) => rows.length),
  );
  till.close();
});

test.each(recorded)('v$version: HQ takes all of it in by its own rules, and has the same rows', (old) => {
  const hq = createHq(emptyImage, () => old.atMs);
  const inOrder = old.scopes
    .flatMap(({ rows }) => rows)
    .sort((a, b) => (`${a.eff_hlc}/${a.dseq}` < `${b.eff_hlc}/${b.dseq}` ? -1 : 1));
  for (const { device, inc, envelope: text, hash, sig } of inOrder) {
    const { verdicts } = hq.takeRelayed(device, Number(inc), [{ text, hash, sig }]);
    expect(verdicts.map(({ verdict }) => verdict)).not.toContain('refused');
  }
  expect(endStateAt(hq)).toEqual(old.rows);
});

const only = ({ tables, onHand }: EndState, names: readonly string[]): EndState => ({
  tables: Object.fromEntries(Object.entries(tables).filter(([name]) => names.includes(name))),
  onHand,
});
