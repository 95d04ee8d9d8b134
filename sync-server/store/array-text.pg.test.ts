import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrayText } from './array-text.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const readBack = async (kind: 'text' | 'int' | 'bool', values: readonly unknown[]): Promise<unknown> => {
  const type = { text: 'text', int: 'bigint', bool: 'boolean' }[kind];
  const { rows } = await database.pool.query<{ value: unknown }>(
    `SELECT value FROM unnest($1::${type}[]) WITH ORDINALITY AS given(value, n) ORDER BY n`,
    [arrayText(kind, values)],
  );
  return rows.map(({ value }) => value);
};

/** What Postgres' text cannot hold: NUL, and halves of surrogate pairs. */
const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0'));
const odd = fc.constantFrom(
  '',
  'NULL',
  'null',
  '{}',
  '"',
  '\\',
  '\\"',
  ' a ',
  'a,b',
  '\n',
  '\u001e',
  '"},{"',
);

test('any text, whole number or truth comes back as it was, null as null', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.oneof(text, odd))), async (values) => {
      expect(await readBack('text', values)).toEqual(values);
    }),
    { numRuns: 200 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.maxSafeInteger())), async (values) => {
      expect(await readBack('int', values)).toEqual(values);
    }),
    { numRuns: 50 },
  );
  expect(await readBack('bool', [true, null, false, undefined])).toEqual([true, null, false, null]);
});

test('what is not of its kind never becomes two elements: Postgres refuses it', async () => {
  await expect(readBack('int', ['1,2'])).rejects.toThrow(/invalid input syntax/);
  await expect(readBack('int', [1.5])).rejects.toThrow(/invalid input syntax/);
  await expect(readBack('bool', ['true,false'])).rejects.toThrow(/invalid input syntax/);
});
