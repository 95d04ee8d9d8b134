import { expect, test } from 'vitest';
import { bodyVersion, type Change, type Envelope, genesisHash } from './changeset.ts';
import { zeroHlc } from './hlc.ts';
import { type ReadTable, readable, upcast } from './upcast.ts';

const column = (property: string, group = property) => ({ property, group });
const tables = new Map<string, ReadTable>([
  ['sale', { columns: [column('id'), column('total')] }],
  ['line', { columns: [column('id'), column('saleId')], references: ['saleId'] }],
  [
    'price',
    {
      columns: [
        column('id'),
        column('minor', 'price'),
        { ...column('unit', 'price'), words: ['pack', 'piece'] },
        column('note'),
      ],
    },
  ],
]);
const insert = (t: string, row: Record<string, unknown>): Change => ({ t, op: 'insert', row });
const set = (cols: Record<string, unknown>): Change => ({ t: 'price', op: 'set', id: 'p', cols });

function envelope(v: number, changes: readonly Change[]): Envelope {
  return {
    ...{ device: 'till', inc: 1, dseq: 1, tx: 'tx', parts: 1, prevHash: genesisHash, hlc: zeroHlc },
    ...{ type: 'sale', v, scope: 'store:a', actor: 'ann', at: 0, skew: null, body: { changes } },
  };
}

test('a body of today stays as it is, and one of tomorrow is not read', () => {
  const today = envelope(bodyVersion, [insert('sale', { id: 's' })]);
  expect(upcast(today)).toEqual(today);
  expect(upcast(envelope(bodyVersion + 1, []))).toBeNull();
});

test('an old body goes through every version in order', () => {
  const steps = {
    1: (change: Change): Change => ({ ...change, t: `${change.t}-2` }),
    2: (change: Change): Change => ({ ...change, t: `${change.t}-3` }),
  };
  const old = envelope(1, [insert('sale', { id: 's' })]);
  expect(upcast(old, steps, 3)).toEqual(envelope(3, [insert('sale-2-3', { id: 's' })]));
  expect(() => upcast(old, { 2: steps[2] }, 3)).toThrow('no way from body version 1 to 2');
});

test('what is known whole is left alone', () => {
  const changes = [insert('sale', { id: 's', total: 1 }), set({ minor: 1, unit: 'pack', note: null })];
  expect(readable(changes, tables)).toEqual({ known: changes, left: false });
});

test('an unknown table and a fact with an unknown column wait whole', () => {
  const sale = insert('sale', { id: 's', total: 1 });
  const others = [insert('loan', { id: 'l' }), insert('sale', { id: 't', total: 1, colour: 'red' })];
  expect(readable([sale, ...others], tables)).toEqual({ known: [sale], left: true });
});

test('a fact whose parent waits waits with it', () => {
  const changes = [
    insert('sale', { id: 's', colour: 'red' }),
    insert('line', { id: 'a', saleId: 's' }),
    insert('line', { id: 'b', saleId: 'other' }),
  ];
  expect(readable(changes, tables)).toEqual({ known: changes.slice(2), left: true });
});

test('of an edit the groups are read that are known whole', () => {
  expect(readable([set({ note: 'n', colour: 'red' })], tables).known).toEqual([set({ note: 'n' })]);
  expect(readable([set({ minor: 2, unit: 'dozen', note: 'n' })], tables)).toEqual({
    known: [set({ note: 'n' })],
    left: true,
  });
  expect(readable([set({ colour: 'red' })], tables)).toEqual({ known: [], left: true });
});
