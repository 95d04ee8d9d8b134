import type { TableFacts } from './define-table.ts';
import type { Row } from './row.ts';

export const storeScope = (storeId: string): string => `store:${storeId}`;

/** The scope a row travels in; null where the row (an edit of some columns) does not say. */
export function scopeOfRow(table: TableFacts, row: Row): string | null {
  if (table.scope === 'org' || table.scope === 'party') return table.scope;
  const storeId = row.storeId;
  if (typeof storeId === 'string') return storeScope(storeId);
  return table.scope === 'org-or-store' && storeId === null ? 'org' : null;
}

/** The groups a register's columns are won in, by column; `id` belongs to none. */
export function groupsOf(table: TableFacts): ReadonlyMap<string, string> {
  return new Map(table.columns.filter((c) => c.property !== 'id').map((c) => [c.property, c.group]));
}
