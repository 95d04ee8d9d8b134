import { err, ok, type Result } from '../kernel/result.ts';
import type { ColumnInfo, TableFacts } from './define-table.ts';

export type Row = Readonly<Record<string, unknown>>;
export type RowRefusal = {
  readonly code: 'BAD_ROW';
  readonly table: string;
  readonly column: string;
  /** `group`: an edit names a part of a column group, which is won as a whole. `key`: an edit renames its row. */
  readonly why: 'missing' | 'type' | 'word' | 'unknown' | 'group' | 'key';
};

/** Whether a whole row, as it came over the wire, has every column of its table in the right type, and no other. */
export function checkRow(table: TableFacts, row: Row): Result<Row, RowRefusal> {
  return checkColumns(table, row, table.columns);
}

/** The same for a register edit that names some of the columns. */
export function checkEdit(table: TableFacts, edit: Row): Result<Row, RowRefusal> {
  const refuse = (column: string, why: RowRefusal['why']) =>
    err({ code: 'BAD_ROW', table: table.name, column, why } as const);
  if ('id' in edit) return refuse('id', 'key');
  const half = table.columns.find(
    (c) => !(c.property in edit) && table.columns.some((o) => o.group === c.group && o.property in edit),
  );
  if (half) return refuse(half.property, 'group');
  return checkColumns(
    table,
    edit,
    table.columns.filter((c) => c.property in edit),
  );
}

function checkColumns(table: TableFacts, row: Row, columns: readonly ColumnInfo[]): Result<Row, RowRefusal> {
  const refuse = (column: string, why: RowRefusal['why']) =>
    err({ code: 'BAD_ROW', table: table.name, column, why } as const);
  for (const column of columns) {
    const why = refusal(column, row[column.property]);
    if (why) return refuse(column.property, why);
  }
  if (Object.keys(row).length !== columns.length) {
    const stranger = Object.keys(row).find((p) => !columns.some((c) => c.property === p));
    if (stranger !== undefined) return refuse(stranger, 'unknown');
  }
  return ok(row);
}

function refusal(column: ColumnInfo, value: unknown): RowRefusal['why'] | null {
  if (value === null || value === undefined) return column.optional ? null : 'missing';
  if (column.kind === 'text') {
    if (typeof value !== 'string' || value.includes('\0')) return 'type';
    return column.words && !column.words.includes(value) ? 'word' : null;
  }
  if (column.kind === 'int') return Number.isSafeInteger(value) ? null : 'type';
  if (column.kind === 'bool') return typeof value === 'boolean' ? null : 'type';
  return null;
}
