import { bodyVersion, type Change, type Envelope, type Row } from './changeset.ts';

/** What must be known of a table to say what of a change this version can read. */
export type ReadTable = {
  /** The columns that name a fact's parent in its aggregate. */
  readonly references?: readonly string[];
  readonly columns: readonly {
    readonly property: string;
    readonly group: string;
    readonly words?: readonly string[];
  }[];
};
export type ReadTables = ReadonlyMap<string, ReadTable>;

/**
 * How a body of an older version becomes one of the next: `upcasts[v]` turns version v into v + 1. Within a version
 * bodies only grow (a new table, a new optional column of a register, a new word; facts get a new table instead of a
 * new column: docs/decisions/0006); what cannot be said so raises `bodyVersion` and needs an entry here, for ever,
 * because logs and journals are never rewritten.
 */
const upcasts: Readonly<Record<number, (change: Change) => Change>> = {};

/** An envelope as this version applies it; null where a newer Pestle wrote it in a way this one cannot know. */
export function upcast(envelope: Envelope, steps = upcasts, to = bodyVersion): Envelope | null {
  if (envelope.v > to) return null;
  let { changes } = envelope.body;
  for (let v = envelope.v; v < to; v++) {
    const step = steps[v];
    if (!step) throw new Error(`no way from body version ${v} to ${v + 1}`);
    changes = changes.map(step);
  }
  return { ...envelope, v: to, body: { changes } };
}

/**
 * The changes this version can apply, and whether it had to leave some for after its upgrade. A fact whose parent is
 * left is left too.
 */
export function readable(
  changes: readonly Change[],
  tables: ReadTables,
): { readonly known: readonly Change[]; readonly left: boolean } {
  const known: Change[] = [];
  const orphaned = new Set<string>();
  let left = false;
  for (const change of changes) {
    const part = knownPart(change, tables.get(change.t), orphaned);
    if (part !== change) left = true;
    if (part) known.push(part);
    else if (change.op === 'insert') orphaned.add(String(change.row.id));
  }
  return { known, left };
}

/** Of a row the columns that this version has not, or has not the word of. Asked of every row that comes in. */
export function unreadColumns(table: ReadTable, row: Row): readonly string[] {
  const columns = columnsOf(table);
  let unread: string[] | null = null;
  for (const property of Object.keys(row)) {
    const column = columns.get(property);
    if (column && (!column.words || isWord(column.words, row[property]))) continue;
    unread ??= [];
    unread.push(property);
  }
  return unread ?? [];
}

const isWord = (words: readonly string[], value: unknown): boolean =>
  value === null || value === undefined || words.includes(String(value));

/** Of an edit the column groups this version has whole; of a fact all or nothing. */
function knownPart(
  change: Change,
  table: ReadTable | undefined,
  orphaned: ReadonlySet<string>,
): Change | null {
  if (!table) return null;
  if (change.op === 'insert') {
    const orphan = table.references?.some((property) => orphaned.has(String(change.row[property])));
    return orphan || unreadColumns(table, change.row).length > 0 ? null : change;
  }
  if (change.op !== 'set') return change;
  const unread = unreadColumns(table, change.cols);
  if (unread.length === 0) return change;
  const groups = new Set(unread.map((property) => groupOf(table, property)));
  const columns = Object.entries(change.cols).filter(([property]) => !groups.has(groupOf(table, property)));
  return columns.length === 0 ? null : { ...change, cols: Object.fromEntries(columns) };
}

const groupOf = (table: ReadTable, property: string): string =>
  columnsOf(table).get(property)?.group ?? property;

const byProperty = new WeakMap<ReadTable, ReadonlyMap<string, ReadTable['columns'][number]>>();
function columnsOf(table: ReadTable): ReadonlyMap<string, ReadTable['columns'][number]> {
  const made = byProperty.get(table) ?? new Map(table.columns.map((column) => [column.property, column]));
  byProperty.set(table, made);
  return made;
}
