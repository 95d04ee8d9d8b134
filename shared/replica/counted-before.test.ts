import { expect, test } from 'vitest';
import type { Change, Envelope } from './changeset.ts';
import { countedBefore } from './counted-before.ts';
import { rowKey } from './plan.ts';

const made = (...changes: readonly Change[]) => ({ envelope: { body: { changes } } as Envelope });
const movement = (id: string): Change => ({ t: 'stock_movement', op: 'insert', row: { id } });

test('movements that are at HQ, or came earlier in the same batch, were counted before; nothing else is named', () => {
  const sale: Change = { t: 'sale', op: 'insert', row: { id: 'a' } };
  const edit: Change = { t: 'batch', op: 'set', id: 'a', cols: {} };
  const present = new Set([rowKey('stock_movement', 'a'), rowKey('sale', 'a'), rowKey('batch', 'a')]);
  const batch = [made(sale, edit, movement('b')), made(movement('a'), movement('b'), movement('c'))];
  expect(countedBefore(batch, present)).toEqual([[], ['a', 'b']]);
  expect(countedBefore(batch, new Set())).toEqual([[], ['b']]);
});
