import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainJson } from './plain-json.ts';

const nested = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;

test('nesting ends at a depth; brackets within strings are none', () => {
  expect([nested(64), nested(65), `{"a":${nested(64)}}`].map(isPlainJson)).toEqual([true, false, false]);
  expect(isPlainJson(JSON.stringify({ a: '['.repeat(500), b: `\\"${'{'.repeat(500)}` }))).toBe(true);
  expect(isPlainJson(`${'[]'.repeat(500)}`)).toBe(true);
});

test('half a surrogate pair and a number beyond a double are not plain', () => {
  expect(['"\\ud800"', '"\\uDC00"', '"\\u00e9"'].map(isPlainJson)).toEqual([false, false, true]);
  expect(['1e400', '[-1E+999]', '9'.repeat(400), '1e308', '1e-400'].map(isPlainJson)).toEqual([
    ...[false, false, false],
    ...[true, true],
  ]);
  expect(isPlainJson('{"code":"1E400","n":1}')).toBe(true);
});

test('whatever JSON.stringify writes of well-formed values is plain', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 20, stringUnit: 'binary' }), (value) => {
      expect(isPlainJson(JSON.stringify(value))).toBe(true);
    }),
    { numRuns: 500, seed: 5 },
  );
});
