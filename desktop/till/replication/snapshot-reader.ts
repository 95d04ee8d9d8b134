import type { Row } from '#shared/replica/changeset.ts';
import { type ReadTable, type ReadTables, unreadColumns } from '#shared/replica/upcast.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import type { LeftOut } from './take-in.ts';

/**
 * What this version can read of a newer HQ's snapshot, and what it left out. A register row loses the columns that are
 * unknown here; a fact with one, and any row with an unknown word, is left out whole (half of it could never be mended),
 * and with a fact its children.
 */
export function createSnapshotReader(tables: ReadonlyMap<string, TableFacts>) {
  const left = new Map<string, LeftOut>();
  const orphaned = new Set<string>();
  const shapes = readShapes(tables);
  const leave = (one: LeftOut) => left.set(JSON.stringify(one), one);

  /** The row, what of it can be read, or nothing. */
  function readRow(t: string, shape: ReadTable, row: Row): readonly Row[] {
    const unread = unreadColumns(shape, row);
    if (unread.length === 0) return isOrphan(shape, row) ? [] : [row];
    const words = unread.filter((column) => shape.columns.some(({ property }) => property === column));
    for (const column of unread)
      leave(words.includes(column) ? { t, column, word: String(row[column]) } : { t, column });
    const fact = tables.get(t)?.policy === 'append';
    if (fact) orphaned.add(String(row.id));
    if (fact || words.length > 0) return [];
    return [Object.fromEntries(Object.entries(row).filter(([column]) => !unread.includes(column)))];
  }

  const isOrphan = ({ references = [] }: ReadTable, row: Row): boolean =>
    orphaned.size > 0 && references.some((property) => orphaned.has(String(row[property])));

  return {
    leftOut: (): LeftOut[] => [...left.values()],
    readable({ t, rows }: { readonly t: string; readonly rows: readonly Row[] }): readonly Row[] {
      const shape = shapes.get(t);
      if (!shape) leave({ t });
      return shape ? rows.flatMap((row) => readRow(t, shape, row)) : [];
    },
  };
}

/** The tables as a snapshot has them: registers with their tombstone and stamps. */
function readShapes(tables: ReadonlyMap<string, TableFacts>): ReadTables {
  const own = ['deleted', 'stamps'].map((property) => ({ property, group: property }));
  return new Map(
    [...tables].map(([name, { policy, columns, references }]) => [
      name,
      { references, columns: policy === 'lww' ? [...columns, ...own] : columns },
    ]),
  );
}
