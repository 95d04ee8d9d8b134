import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  mergeBase,
  overlay,
  type Pending,
  type RegisterChange,
  type RegisterRow,
  stampOf,
  stampsOfWhole,
} from './merge.ts';

const seed = 20260303;
/** `a` alone; `p` and `from` won as one. */
const groups = new Map([
  ['a', 'a'],
  ['p', 'price'],
  ['from', 'price'],
]);
type Numbered = { readonly change: RegisterChange; readonly stamp: string };
const fold = (writes: readonly Numbered[], base: RegisterRow | null = null) =>
  writes.reduce<RegisterRow | null>(
    (row, { change, stamp }) => mergeBase(row, change, { stamp, groups }),
    base,
  );
const stamp = (n: number, device = 'd') =>
  stampOf(n.toString(16).padStart(16, '0'), { device, inc: 1, dseq: n });
const set = (cols: Record<string, unknown>): RegisterChange => ({ t: 'x', op: 'set', id: 'r', cols });

const edit = fc.oneof(
  fc.record({ a: fc.integer({ min: 0, max: 9 }) }).map(set),
  fc.record({ p: fc.integer({ min: 0, max: 9 }), from: fc.integer({ min: 0, max: 9 }) }).map(set),
  fc.record({ a: fc.integer(), p: fc.integer(), from: fc.integer() }).map(set),
  fc.constantFrom<RegisterChange>({ t: 'x', op: 'delete', id: 'r' }, { t: 'x', op: 'undelete', id: 'r' }),
);
const writes = fc
  .array(edit, { minLength: 1, maxLength: 8 })
  .map((changes) => changes.map((change, i) => ({ change, stamp: stamp(i + 1, `d${i % 3}`) })));

test('the same writes in any order, some of them twice, give the same row', () => {
  fc.assert(
    fc.property(
      writes.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
        ),
      ),
      ([all, shuffled]) => {
        expect(fold(shuffled)).toEqual(fold(all));
      },
    ),
    { seed },
  );
});

test('a group is won as a whole by its latest writer, a column apart from it by its own', () => {
  const row = fold([
    { change: set({ a: 1, p: 1, from: 1 }), stamp: stamp(1) },
    { change: set({ p: 3, from: 3 }), stamp: stamp(3) },
    { change: set({ p: 2, from: 2 }), stamp: stamp(2) },
    { change: set({ a: 2 }), stamp: stamp(2) },
  ]);
  expect(row?.values).toEqual({ id: 'r', a: 2, p: 3, from: 3 });
});

test('of two edits in one changeset the later one counts, also on columns of one group', () => {
  const one = stamp(5);
  const row = fold([
    { change: set({ a: 1, p: 1, from: 1 }), stamp: one },
    { change: set({ a: 2 }), stamp: one },
    { change: set({ p: 7, from: 7 }), stamp: one },
  ]);
  expect(row?.values).toEqual({ id: 'r', a: 2, p: 7, from: 7 });
});

test('an edit never clears a tombstone, an undelete does', () => {
  const deleted = fold([
    { change: set({ a: 1 }), stamp: stamp(1) },
    { change: { t: 'x', op: 'delete', id: 'r' }, stamp: stamp(2) },
    { change: set({ a: 2 }), stamp: stamp(3) },
  ]);
  expect(deleted).toMatchObject({ deleted: true, values: { a: 2 } });
  const back = fold([{ change: { t: 'x', op: 'undelete', id: 'r' }, stamp: stamp(4) }], deleted);
  expect(back).toMatchObject({ deleted: false, values: { a: 2 } });
});

test('one write of a whole row carries one stamp', () => {
  const row = fold([{ change: set({ a: 1, p: 1, from: 1 }), stamp: stamp(1) }]);
  expect(row?.stamps).toEqual({ '*': stamp(1) });
  const edited = fold([{ change: set({ a: 2 }), stamp: stamp(2) }], row);
  expect(edited?.stamps).toEqual({ '*': stamp(1), a: stamp(2) });
});

test('stamps order by time, then device, incarnation and number', () => {
  const of = (hlc: string, device: string, inc: number, dseq: number) => stampOf(hlc, { device, inc, dseq });
  const ordered = [
    of('0'.repeat(16), 'b', 9, 9),
    of('1'.repeat(16), 'a', 2, 9),
    of('1'.repeat(16), 'a', 10, 1),
    of('1'.repeat(16), 'b', 1, 2),
    of('1'.repeat(16), 'b', 1, 10),
  ];
  expect(ordered.toSorted()).toEqual(ordered);
});

test('pending writes lie over the base in the order they will probably get, and leave it as it was', () => {
  const base = fold([{ change: set({ a: 1, p: 1, from: 1 }), stamp: stamp(9) }]);
  const pending: Pending[] = [
    { change: set({ a: 3 }), hlc: '3'.repeat(16), device: 'd', inc: 1, dseq: 3 },
    { change: set({ a: 2 }), hlc: '2'.repeat(16), device: 'd', inc: 1, dseq: 2 },
  ];
  expect(overlay(base, pending)?.values).toEqual({ id: 'r', a: 3, p: 1, from: 1 });
  expect(base?.values).toEqual({ id: 'r', a: 1, p: 1, from: 1 });
  expect(overlay(null, [])).toBeNull();
  expect(
    overlay(base, [
      { change: { t: 'x', op: 'delete', id: 'r' }, hlc: '4'.repeat(16), device: 'd', inc: 1, dseq: 4 },
    ]),
  ).toMatchObject({ deleted: true });
});

test('the overlay shows what numbering the pending writes in their order would give', () => {
  fc.assert(
    fc.property(writes, fc.array(edit, { maxLength: 8 }), fc.nat({ max: 3 }), (numbered, edits, together) => {
      const base = fold(numbered);
      // Some pending edits share a changeset, hence a stamp; all are later than the base.
      const pending = edits.map((change, i) => {
        const dseq = 100 + Math.floor(i / (together + 1));
        return { change, hlc: dseq.toString(16).padStart(16, '0'), device: 'd', inc: 1, dseq };
      });
      const later = pending.map(({ change, hlc, ...origin }) => ({ change, stamp: stampOf(hlc, origin) }));
      const { values, deleted } = fold(later, base) ?? {};
      expect(overlay(base, pending)).toMatchObject({ values, deleted });
    }),
    { seed },
  );
});

/** The same table after it got a column. */
const grown = new Map([...groups, ['n', '+n']]);
const known = (change: RegisterChange): RegisterChange => {
  if (change.op !== 'set') return change;
  const { n: _, ...cols } = change.cols;
  return { ...change, cols };
};

test('who learns of a column late and replays what had waited has the row of who knew it all along', () => {
  const some = fc.oneof(
    edit,
    fc.integer().map((n) => set({ n })),
    fc.record({ a: fc.integer(), p: fc.integer(), from: fc.integer(), n: fc.integer() }).map(set),
  );
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 8 }), fc.func(fc.nat()), (edits, place) => {
      // Numbered in another order than they were made: their stamps do not grow with it.
      const all = edits.map((change, i) => ({ change, stamp: stamp(1 + (place(i) % 5), `d${i}`) }));
      const merge = (row: RegisterRow | null, one: Numbered, by: ReadonlyMap<string, string>) =>
        mergeBase(row, one.change, { stamp: one.stamp, groups: by });
      const always = all.reduce<RegisterRow | null>((row, one) => merge(row, one, grown), null);
      const before = all.reduce<RegisterRow | null>(
        (row, one) => merge(row, { ...one, change: known(one.change) }, groups),
        null,
      );
      const waited = all.filter(({ change }) => change.op === 'set' && 'n' in change.cols);
      expect(waited.reduce((row, one) => merge(row, one, grown), before)).toEqual(always);
    }),
    { seed, numRuns: 500 },
  );
});

test('a row made whole by one write has the stamps that merging it gives', () => {
  for (const by of [groups, grown]) {
    const cols = Object.fromEntries([...by.keys()].map((column) => [column, 1]));
    const row = mergeBase(null, set(cols), { stamp: stamp(1), groups: by });
    expect(Object.entries(stampsOfWhole(stamp(1), by))).toEqual(Object.entries(row.stamps));
  }
});
