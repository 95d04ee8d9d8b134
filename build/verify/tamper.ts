import { createHash } from 'node:crypto';
import type { Dice } from '../simulate/dice.ts';

/** One value of a table as tampering sees it. */
export type Cell = string | number | null;
export type TableRow = Readonly<Record<string, Cell>>;
/** Where something stands: in a chain, in a scope, or both. */
export type Place = { readonly [name in 'device' | 'inc' | 'dseq' | 'scope' | 'seq']?: Cell };

/** A single change: rows taken out and rows put in their stead. */
export type Tampering = {
  readonly kind: 'bit' | 'delete' | 'swap' | 'truncate' | 're-date' | 'recompute';
  readonly table: string;
  readonly edits: readonly Edit[];
};
export type Edit = { readonly table: string; readonly before: TableRow; readonly after: TableRow | null };

/** What of a table may be drawn. The first target is the log or journal itself. */
export type Target = {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns that tell when something was, and the column that orders rows. */
  readonly dates: readonly string[];
  readonly order: string | null;
  readonly rows: readonly TableRow[];
  /** A column of a row that nothing vouches for; docs/proofs-tamper.md names them all. */
  readonly open?: (row: TableRow, column: string) => boolean;
};

/** How a forger goes about it: the column of the signed text, and the hashes kept elsewhere that he sets right too. */
export type Forging = { readonly textColumn: string; readonly copies: readonly Copies[] };
export type Copies = { readonly table: string; readonly column: string; readonly rows: readonly TableRow[] };

/** Draws one change. Null where the throw makes none (two equal rows, nothing to cut): throw again. */
export function draw(dice: Dice, targets: readonly Target[], forging: Forging): Tampering | null {
  const kind = dice.pick(kinds);
  const target = dice.pick(kind === 'bit' || kind === 'delete' ? targets : targets.slice(0, 1));
  const row = dice.pick(target.rows);
  const made = makers[kind](dice, { target, row, forging });
  if (made === null || made.length === 0) return null;
  const edits = made.map((edit) => ({ table: target.table, ...edit }));
  return {
    kind,
    table: target.table,
    edits: kind === 'recompute' ? [...edits, ...copied(edits, forging)] : edits,
  };
}

const kinds = ['bit', 'bit', 'bit', 'delete', 'swap', 'truncate', 're-date', 'recompute'] as const;

type Drawn = { readonly target: Target; readonly row: TableRow; readonly forging: Forging };
type Made = readonly Omit<Edit, 'table'>[] | null;

const makers: Record<Tampering['kind'], (dice: Dice, drawn: Drawn) => Made> = {
  bit: (dice, { target, row }) => {
    const column = dice.pick(target.columns);
    if (target.open?.(row, column)) return null;
    const value = flipped(dice, row[column] ?? null);
    return value === null ? null : [{ before: row, after: { ...row, [column]: value } }];
  },
  delete: (_, { row }) => [{ before: row, after: null }],
  swap: (dice, { target, row }) => {
    const { order } = target;
    const other = dice.pick(target.rows);
    if (order === null || other[order] === row[order]) return null;
    return [
      { before: row, after: { ...row, [order]: other[order] ?? null } },
      { before: other, after: { ...other, [order]: row[order] ?? null } },
    ];
  },
  truncate: (dice, { target, row }) => {
    const like = target.rows.filter((r) => r.scope === row.scope);
    return like.slice(-1 - dice.below(10)).map((before) => ({ before, after: null }));
  },
  're-date': (dice, { target, row }) => {
    const column = dice.pick(target.dates);
    if (target.open?.(row, column)) return null;
    const value = row[column] ?? null;
    const by = (dice.chance(0.5) ? 1 : -1) * (1 + dice.below(86_400_000));
    return [{ before: row, after: { ...row, [column]: redated(value, by) } }];
  },
  recompute: (_, { target, row, forging }) => recomputed(restOfChain(target, row), forging.textColumn),
};

const restOfChain = ({ rows }: Target, { device, inc, dseq }: TableRow): readonly TableRow[] =>
  rows
    .filter((row) => row.device === device && row.inc === inc && Number(row.dseq) >= Number(dseq))
    .sort((a, b) => Number(a.dseq) - Number(b.dseq));

/** The same hashes where they are kept a second time. */
function copied(edits: readonly Edit[], { copies }: Forging): readonly Edit[] {
  const hashes = new Map(edits.map(({ before, after }) => [before.hash, after?.hash]));
  return copies.flatMap(({ table, column, rows }) =>
    rows.flatMap((before) => {
      const hash = hashes.get(before[column]);
      return hash === undefined ? [] : [{ table, before, after: { ...before, [column]: hash } }];
    }),
  );
}

/** One bit of a value: of a character, or of a number. Null is no value and has none. */
function flipped(dice: Dice, value: Cell): Cell {
  if (value === null) return null;
  if (typeof value === 'number') return flipNumber(value, dice.below(20));
  const at = dice.below(value.length);
  const code = value.charCodeAt(at) ^ (1 << dice.below(7));
  if (value.length === 0 || code === 0 || (code >= 0xd800 && code < 0xe000)) return null;
  return `${value.slice(0, at)}${String.fromCharCode(code)}${value.slice(at + 1)}`;
}

/** Numbers go beyond 32 bits, where `^` does not. */
function flipNumber(value: number, bit: number): number {
  const weight = 2 ** bit;
  return Math.floor(value / weight) % 2 === 0 ? value + weight : value - weight;
}

/** A number of ms or µs, a hybrid stamp, or the text of a changeset with its `at` moved. */
function redated(value: Cell, by: number): Cell {
  if (typeof value === 'number') return value + by;
  if (value === null) return by;
  if (/^[0-9a-f]{16}$/.test(value))
    return `${(Number.parseInt(value.slice(0, 12), 16) + by).toString(16).padStart(12, '0')}${value.slice(12)}`;
  return value.replace(/"at":(\d+)/, (_, at: string) => `"at":${Number(at) + by}`);
}

/** What a forger without the device's key can do: change a text, then every hash from there to the end of the chain. */
function recomputed(chain: readonly TableRow[], textColumn: string): Made {
  let before: string | null = null;
  return chain.map((row) => {
    const text = String(row[textColumn]);
    const changed: string =
      before === null
        ? String(redated(text, 1))
        : text.replace(/"prevHash":"[0-9a-f]{64}"/, `"prevHash":"${before}"`);
    before = createHash('sha256').update(changed).digest('hex');
    return { before: row, after: { ...row, [textColumn]: changed, hash: before } };
  });
}

/** All places a change touches, as they were and as they are. */
export const placesOf = ({ edits }: Tampering): readonly Place[] =>
  edits.flatMap(({ before, after }) => (after === null ? [before] : [before, after]));

/** Whether a finding points at a touched changeset or its neighbour. */
export const isNear = (found: Place, touched: Place): boolean =>
  (same(found, touched, 'device') && same(found, touched, 'inc') && close(found.dseq, touched.dseq)) ||
  (same(found, touched, 'scope') && close(found.seq, touched.seq));

const same = (a: Place, b: Place, name: keyof Place): boolean =>
  a[name] !== undefined && a[name] !== null && a[name] === b[name];
const close = (a: Cell | undefined, b: Cell | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1;
