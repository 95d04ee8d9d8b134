import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { articlesTable, createArticleSums } from './figures.ts';

const amount = integer({ min: -100_000, max: 100_000 });
const part = record({
  packId: constantFrom('a', 'b', 'c'),
  packSize: constantFrom(1, 10),
  name: constantFrom('Alpha', 'Beta'),
  qtyBase: amount,
  weighed: boolean(),
  totalMinor: amount,
  taxMinor: amount,
});

test('articles summed up on the way, at any place, make the table that all of them make at once', () => {
  const options = { order: 'quantity', limit: 2 } as const;
  assert(
    property(array(array(part)), (days) => {
      const sums = createArticleSums();
      for (const day of days) sums.add(day);
      expect(articlesTable(sums.all(), options)).toEqual(articlesTable(days.flat(), options));
    }),
    { seed: 7_919 },
  );
});
