import type { Row } from '#shared/replica/changeset.ts';
import type { RegisterRow } from '#shared/replica/merge.ts';
import { tableFacts } from '#shared/schema.ts';
import type { Logged } from './hq-image.ts';

/**
 * What a log comes to, worked out another way than production does it: all edits of a row are put in their order first
 * and then simply carried out. No merge, no stamps compared, no sums kept.
 */
export type Folded = {
  readonly facts: ReadonlyMap<string, Row>;
  readonly registers: ReadonlyMap<string, FoldedRow>;
  /** By `store/batch`. */
  readonly onHand: ReadonlyMap<string, number>;
};
export type FoldedRow = {
  readonly values: Row;
  readonly deleted: boolean;
  readonly winners: Readonly<Record<string, string>>;
};

type Edit = {
  readonly order: readonly [string, string, number, number, number];
  readonly kind: 'set' | 'delete' | 'undelete';
  readonly cols: Row;
};

export function foldLog(log: readonly Logged[]): Folded {
  const facts = new Map<string, Row>();
  const edits = new Map<string, Edit[]>();
  for (const { envelope, effHlc } of log) {
    for (const [n, change] of envelope.body.changes.entries()) {
      if (change.op === 'insert') {
        const key = `${change.t}/${String(change.row.id)}`;
        if (!facts.has(key)) facts.set(key, change.row);
        continue;
      }
      const key = `${change.t}/${change.id}`;
      const order = [effHlc, envelope.device, envelope.inc, envelope.dseq, n] as const;
      const edit: Edit = { order, kind: change.op, cols: change.op === 'set' ? change.cols : {} };
      edits.set(key, [...(edits.get(key) ?? []), edit]);
    }
  }
  return {
    facts,
    registers: new Map([...edits].map(([key, of]) => [key, foldRow(key, of)])),
    onHand: sums(facts),
  };
}

function foldRow(key: string, edits: readonly Edit[]): FoldedRow {
  const slash = key.indexOf('/');
  const columns = new Map(
    (tableFacts.get(key.slice(0, slash))?.columns ?? []).map((c) => [c.property, c.group]),
  );
  const values: Record<string, unknown> = { id: key.slice(slash + 1) };
  const winners: Record<string, string> = {};
  let deleted = false;
  for (const { kind, cols, order } of edits.toSorted((a, b) => compare(a.order, b.order))) {
    const stamp = order.slice(0, 4).join('|');
    if (kind !== 'set') {
      deleted = kind === 'delete';
      winners.deleted = stamp;
    }
    for (const [column, value] of Object.entries(cols)) {
      values[column] = value;
      winners[columns.get(column) ?? column] = stamp;
    }
  }
  return { values, deleted, winners };
}

function compare(a: Edit['order'], b: Edit['order']): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other !== undefined && part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

function sums(facts: ReadonlyMap<string, Row>): Map<string, number> {
  const onHand = new Map<string, number>();
  for (const [key, row] of facts) {
    if (!key.startsWith('stock_movement/')) continue;
    const batch = `${String(row.storeId)}/${String(row.batchId)}`;
    onHand.set(batch, (onHand.get(batch) ?? 0) + Number(row.qtyBase));
  }
  return onHand;
}

/**
 * A production row in the fold's terms: its shortened stamps written out again. `*` says nothing of a column that came
 * to its table later (`+`): who did not know it yet gave it no stamp.
 */
export function asFolded(table: string, { values, deleted, stamps }: RegisterRow): FoldedRow {
  const { '*': lowest, ...named } = stamps;
  const groups = (tableFacts.get(table)?.columns ?? [])
    .filter((c) => c.property !== 'id' && !c.group.startsWith('+'))
    .map((c) => c.group);
  const all =
    lowest === undefined ? named : { ...Object.fromEntries(groups.map((g) => [g, lowest])), ...named };
  return { values, deleted, winners: Object.fromEntries(Object.entries(all).map(([g, s]) => [g, plain(s)])) };
}

function plain(stamp: string): string {
  const [hlc = '', device = '', inc = '', dseq = ''] = stamp.split('/');
  return [hlc, device, Number(inc), Number(dseq)].join('|');
}

/** A row as one text: columns in one order, what is left out as null. */
export function rowText(table: string, row: Row): string {
  const columns = tableFacts.get(table)?.columns ?? [];
  return JSON.stringify(columns.map(({ property }) => row[property] ?? null));
}

export const foldedText = (table: string, { values, deleted, winners }: FoldedRow): string =>
  `${rowText(table, values)} ${deleted ? 'deleted' : 'standing'} ${JSON.stringify(Object.entries(winners).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
