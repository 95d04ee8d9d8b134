import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tableFacts } from '../schema.ts';
import { kindsOfChangeset } from './waiting-kinds.ts';

const counts = (...tables: string[]) => Object.fromEntries(kindsOfChangeset(tables));

test('a sale is one with its lines, taxes and tenders; each movement is one', () => {
  expect(
    counts(
      'sale',
      'sale_line',
      'sale_line',
      'sale_tax',
      'tender',
      'tender',
      'stock_movement',
      'stock_movement',
    ),
  ).toEqual({ sales: 1, stock: 2 });
});

test('a batch met at the counter counts with its movement, and by itself as one', () => {
  expect(counts('batch', 'stock_movement')).toEqual({ stock: 1 });
  expect(counts('batch')).toEqual({ stock: 1 });
});

test('a table that a newer version made is not lost: it counts as other', () => {
  expect(counts('audit_entry', 'loyalty_card', 'loyalty_card')).toEqual({ audit: 1, other: 2 });
});

test('a changeset without changes counts for nothing', () => {
  expect(counts()).toEqual({});
});

test('every table a till writes has a kind of its own', () => {
  const written = [...tableFacts].filter(([, { writers }]) => writers.includes('till')).map(([name]) => name);
  expect(written.filter((name) => kindsOfChangeset([name]).has('other'))).toEqual([]);
});

test('the order of the changes is of no account, and nothing changed counts for nothing', () => {
  const tables = fc.array(fc.constantFrom(...tableFacts.keys(), 'unknown'), { maxLength: 30 });
  fc.assert(
    fc.property(tables, (changed) => {
      const forward = kindsOfChangeset(changed);
      expect(new Map([...kindsOfChangeset(changed.toReversed())].toSorted())).toEqual(
        new Map([...forward].toSorted()),
      );
      for (const count of forward.values()) expect(count).toBeGreaterThan(0);
    }),
    { seed: 7 },
  );
});
