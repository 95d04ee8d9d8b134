import type { Row } from '#shared/replica/changeset.ts';
import type { Hq } from '../simulate/hq.ts';

/** Every row of every replicated table, and the sums folded from them, in one order. Columns that are null are left out. */
export type EndState = {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly onHand: readonly Row[];
};

export function endStateOf(
  tables: readonly (readonly [string, readonly Row[]])[],
  onHand: readonly Row[],
): EndState {
  return {
    tables: Object.fromEntries(
      tables
        .filter(([, rows]) => rows.length > 0)
        .map(([name, rows]): [string, Row[]] => [name, sorted(rows, 'id')])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    onHand: sorted(onHand, 'batchId'),
  };
}

/** HQ's rows, in memory, as a till with every scope has them. */
export function endStateAt(hq: Hq): EndState {
  const tables = new Map<string, Row[]>();
  const add = (key: string, row: Row) => {
    const table = key.slice(0, key.indexOf('/'));
    tables.set(table, [...(tables.get(table) ?? []), row]);
  };
  for (const [key, { values, deleted, stamps }] of hq.registers()) add(key, { ...values, deleted, stamps });
  for (const [key, row] of hq.facts()) add(key, row);
  const onHand = [...hq.onHand().values()].map(({ batchId, packId, qtyBase }) => ({
    batchId,
    packId,
    qtyBase,
  }));
  return endStateOf([...tables], onHand);
}

const sorted = (rows: readonly Row[], by: string): Row[] =>
  rows.map(inOrder).sort((a, b) => (String(a[by]) < String(b[by]) ? -1 : 1));

const inOrder = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
