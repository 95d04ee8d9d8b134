import type { Database, Statement } from 'better-sqlite3';
import type { Row } from '#shared/replica/changeset.ts';
import type { RegisterRow, Stamps } from '#shared/replica/merge.ts';
import { tableFacts } from '#shared/schema.ts';
import type { ColumnInfo, TableFacts } from '#shared/tables/define-table.ts';

/** Reads and writes whole rows of any replicated table, by name: what replication does. Domains write their own SQL. */
export type RowStore = ReturnType<typeof createRowStore>;

export function createRowStore(db: Database) {
  const stores = new Map(
    [...tableFacts].map(([name, facts]) => [
      name,
      facts.policy === 'append' ? factStore(db, facts) : registerStore(db, facts),
    ]),
  );
  const of = (table: string) => {
    const found = stores.get(table);
    if (!found) throw new Error(`no table ${table}`);
    return found;
  };
  return {
    /** Adds a fact; false where one with its id is there already. */
    insertFact: (table: string, row: Row): boolean => of(table).write(row) > 0,
    /** A row as a snapshot has it, `deleted` and `stamps` of a register beside its columns. */
    writeWhole: (table: string, row: Row): void => {
      of(table).write(row);
    },
    readRegister: (table: string, id: string): RegisterRow | null => of(table).read(id),
    writeRegister: (table: string, row: RegisterRow): void => {
      of(table).write({ ...row.values, deleted: row.deleted, stamps: row.stamps });
    },
    removeRegister: (table: string, id: string): void => of(table).remove(id),
    /** Whether a register row has all it needs to stand in its table. */
    isComplete: (table: string, values: Row): boolean =>
      of(table).facts.columns.every(
        (c) => c.optional || (values[c.property] !== undefined && values[c.property] !== null),
      ),
  };
}

const replicaColumns: readonly Pick<ColumnInfo, 'property' | 'column' | 'kind'>[] = [
  { property: 'deleted', column: 'deleted', kind: 'bool' },
  { property: 'stamps', column: 'stamps', kind: 'json' },
];

function factStore(db: Database, facts: TableFacts) {
  const insert = lazily(() =>
    db.prepare(`${insertInto(facts.name, facts.columns)} ON CONFLICT (id) DO NOTHING`),
  );
  return {
    facts,
    write: (row: Row) => insert().run(toSql(row, facts.columns)).changes,
    read: (): RegisterRow | null => null,
    remove: () => {},
  };
}

function registerStore(db: Database, facts: TableFacts) {
  const columns = [...facts.columns, ...replicaColumns];
  const updates = columns.filter((c) => c.property !== 'id').map((c) => `${c.column} = excluded.${c.column}`);
  const upsert = lazily(() =>
    db.prepare(`${insertInto(facts.name, columns)} ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`),
  );
  const select = lazily(() => db.prepare(`SELECT * FROM ${facts.name} WHERE id = ?`));
  const erase = lazily(() => db.prepare(`DELETE FROM ${facts.name} WHERE id = ?`));
  return {
    facts,
    write: (row: Row) => upsert().run(toSql(row, columns)).changes,
    read: (id: string): RegisterRow | null => {
      const found = select().get(id);
      return isRow(found) ? toRegister(found, facts) : null;
    },
    remove: (id: string) => {
      erase().run(id);
    },
  };
}

const insertInto = (table: string, columns: readonly { readonly column: string }[]) =>
  `INSERT INTO ${table} (${columns.map((c) => c.column).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;

function toSql(row: Row, columns: readonly Pick<ColumnInfo, 'property' | 'kind'>[]): unknown[] {
  return columns.map(({ property, kind }) => {
    const value = row[property];
    if (value === null || value === undefined) return null;
    if (kind === 'bool') return value ? 1 : 0;
    return kind === 'json' ? JSON.stringify(value) : value;
  });
}

function toRegister(found: Row, facts: TableFacts): RegisterRow {
  const values = Object.fromEntries(facts.columns.map((c) => [c.property, fromSql(found[c.column], c.kind)]));
  return { values, deleted: found.deleted === 1, stamps: stampsOf(found.stamps) };
}

function fromSql(value: unknown, kind: ColumnInfo['kind']): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'bool') return value === 1;
  return kind === 'json' ? JSON.parse(String(value)) : value;
}

function stampsOf(text: unknown): Stamps {
  const parsed: unknown = JSON.parse(String(text));
  return isRow(parsed)
    ? Object.fromEntries(Object.entries(parsed).map(([group, stamp]) => [group, String(stamp)]))
    : {};
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** Prepared at first use: a cold start does not pay for 22 tables' statements. */
function lazily(make: () => Statement): () => Statement {
  let made: Statement | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
