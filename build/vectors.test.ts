import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type VectorFile, vectors } from './vectors.ts';

const files: VectorFile[] = ['business-dates', 'cash', 'fefo', 'refunds', 'returns', 'sales'];
const full = existsSync(new URL('../../shared/vectors/', import.meta.url));

test.each(files)('the reduced copy of %s is the beginning of the full set', (name) => {
  const reduced = readFileSync(new URL(`./vectors/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  expect(vectors(name).slice(0, 40)).toEqual(reduced.map((line) => JSON.parse(line)));
  expect(vectors(name).length).toBeGreaterThanOrEqual(full ? 100 : 40);
});
