import type { Database, Statement } from 'better-sqlite3';

const prepared = new WeakMap<Database, Map<string, Statement>>();

/** All rows of a query that is asked of one database again and again: prepared once. */
export function rowsOf(db: Database, sql: string, ...values: readonly unknown[]): readonly unknown[] {
  const known = prepared.get(db) ?? new Map<string, Statement>();
  const statement = known.get(sql) ?? db.prepare(sql);
  prepared.set(db, known.set(sql, statement));
  return statement.all(...values);
}
