import type { Change, Row } from './changeset.ts';

/**
 * Registers: last writer wins per column group. A row's **base** is what HQ has numbered; **pending** writes, own or
 * foreign, that HQ has not numbered yet lie over it. Both tills and HQ run exactly this.
 */

/** Where a write stands in the order that decides: by (eff_hlc, device, inc, dseq), as one text that sorts. */
export type Stamp = string;
export type Origin = { readonly device: string; readonly inc: number; readonly dseq: number };

export function stampOf(effHlc: string, { device, inc, dseq }: Origin): Stamp {
  return `${effHlc}/${device}/${String(inc).padStart(6, '0')}/${String(dseq).padStart(12, '0')}`;
}

/**
 * Winning stamps by column group, in one canonical form: where every group has one, `*` is the lowest and only
 * groups that differ from it are named (100,000 imported packs carry a single stamp each). `*` speaks of the groups a
 * table began with: one that came later is always named, because who did not know it yet gave it no stamp.
 */
export type Stamps = Readonly<Record<string, Stamp>>;

export type RegisterRow = { readonly values: Row; readonly deleted: boolean; readonly stamps: Stamps };
export type RegisterChange = Exclude<Change, { op: 'insert' }>;

/** The group each column is won in; every column of the table but `id`. */
export type Groups = ReadonlyMap<string, string>;

/** The tombstone is a group of its own: an edit never clears it, only an undelete does. */
const TOMBSTONE = 'deleted';
/** How the names of groups begin that came to a table after its first release (`later` in shared/tables). */
const LATER = '+';

/**
 * The base after a numbered write. The same changesets in any order give the same row, as long as an edit names all
 * columns of the groups it touches (`checkEdit` sees to that). Of two edits in one changeset, hence of one stamp, the
 * later one wins.
 */
export function mergeBase(
  base: RegisterRow | null,
  change: RegisterChange,
  { stamp, groups }: { stamp: Stamp; groups: Groups },
): RegisterRow {
  const row = base ?? { values: { id: change.id }, deleted: false, stamps: {} };
  const held = expand(row.stamps, groups);
  const wins = (group: string) => stamp >= (held.get(group) ?? '');
  if (change.op !== 'set') {
    if (!wins(TOMBSTONE)) return row;
    return { ...row, deleted: change.op === 'delete', stamps: compress(held.set(TOMBSTONE, stamp), groups) };
  }
  const won = Object.entries(change.cols).filter(([column]) => wins(groups.get(column) ?? column));
  if (won.length === 0) return row;
  for (const [column] of won) held.set(groups.get(column) ?? column, stamp);
  return { ...row, values: { ...row.values, ...Object.fromEntries(won) }, stamps: compress(held, groups) };
}

export type Pending = { readonly change: RegisterChange; readonly hlc: string } & Origin;

/** What people see: the base with the pending writes over it, in the order they will probably get. */
export function overlay(base: RegisterRow | null, pending: readonly Pending[]): RegisterRow | null {
  const ordered = pending.toSorted((a, b) => inOrder(stampOf(a.hlc, a), stampOf(b.hlc, b)));
  return ordered.reduce<RegisterRow | null>((row, { change }) => layOver(row, change), base);
}

/** Edits of one changeset share a stamp and stay in their order. */
const inOrder = (a: Stamp, b: Stamp): number => (a === b ? 0 : a < b ? -1 : 1);

function layOver(row: RegisterRow | null, change: RegisterChange): RegisterRow {
  const under = row ?? { values: { id: change.id }, deleted: false, stamps: {} };
  if (change.op !== 'set') return { ...under, deleted: change.op === 'delete' };
  return { ...under, values: { ...under.values, ...change.cols } };
}

/** The stamps of a row that one write has made whole. */
export function stampsOfWhole(stamp: Stamp, groups: Groups): Stamps {
  const later = laterOf(groups);
  return later.length === 0 ? { '*': stamp } : compress(expand({ '*': stamp }, groups, stamp), groups);
}

function expand(stamps: Stamps, groups: Groups, later?: Stamp): Map<string, Stamp> {
  const { '*': lowest, ...named } = stamps;
  const held = new Map(Object.entries(named));
  for (const group of groups.values()) {
    const implied = group.startsWith(LATER) ? later : lowest;
    if (implied !== undefined && !held.has(group)) held.set(group, implied);
  }
  return held;
}

function compress(held: ReadonlyMap<string, Stamp>, groups: Groups): Stamps {
  const first = [...new Set(groups.values())].filter((group) => !group.startsWith(LATER));
  const of = first.map((group) => held.get(group) ?? '');
  const lowest = of.reduce((a, b) => (a < b ? a : b), of[0] ?? '');
  const named = [...held]
    .filter(([group, stamp]) => group === TOMBSTONE || group.startsWith(LATER) || stamp !== lowest)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(lowest === '' ? named : [['*', lowest], ...named]);
}

const laterGroups = new WeakMap<Groups, readonly string[]>();
function laterOf(groups: Groups): readonly string[] {
  const known = laterGroups.get(groups) ?? [...groups.values()].filter((group) => group.startsWith(LATER));
  laterGroups.set(groups, known);
  return known;
}
