import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFileLog } from './log.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('keeps what a program says, and cuts what could be a person, a place or a key', () => {
  const file = join(folder, 'a.log');
  createFileLog(file, () => 0)('till-crashed', {
    name: 'TypeError',
    code: 'NEWER_SCHEMA',
    reason: 'killed',
    frames: ['till.mjs:120:8', 'till.mjs:9:1'],
    ms: 41,
    was: ['Marie', 'Marie Curie', '/home/marie/x', 'marie@example.com', 'c0ffee'.repeat(11)],
    row: { name: 'Marie' },
    ...{ what: '0612345678', why: '4711', who: 'marie', title: 'MARIE' },
    problem: 'SqliteError: no row for Marie',
  });
  const line: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const cut = '(left out)';
  expect(line).toEqual({
    ...{ at: '1970-01-01T00:00:00.000Z', event: 'till-crashed' },
    ...{
      name: 'TypeError',
      code: 'NEWER_SCHEMA',
      reason: 'killed',
      frames: ['till.mjs:120:8', 'till.mjs:9:1'],
    },
    ...{ ms: 41, was: [cut, cut, cut, cut, cut], row: cut },
    ...{ what: cut, why: cut, who: cut, title: cut, problem: 'SqliteError' },
  });
});

test('never grows beyond two files of a megabyte', () => {
  const file = join(folder, 'b.log');
  const log = createFileLog(file, () => 0);
  const details = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`n${i}`, i]));
  for (let i = 0; i < 30; i++) log('full', details);
  expect(statSync(file).size).toBeLessThan(1_200_000);
  expect(statSync(`${file}.1`).size).toBeLessThan(1_200_000);
});

test('a log that cannot be written stops nobody', () => {
  const file = join(folder, 'c/c.log');
  const log = createFileLog(file, () => 0);
  rmSync(join(folder, 'c'), { recursive: true });
  expect(() => log('lost')).not.toThrow();
});
