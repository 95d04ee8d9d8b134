import type { AnyPgColumn, PgColumnBuilderBase } from 'drizzle-orm/pg-core';
import type { AnySQLiteColumn, SQLiteColumnBuilderBase } from 'drizzle-orm/sqlite-core';
import { bool, type ColumnFacts, type id, json } from './columns.ts';
import type { Pg, Sqlite } from './dialects.ts';

/** `append` facts are written once; `lww` registers are won per column or column group by the latest writer. */
export type MergePolicy = 'append' | 'lww';
export type Writer = 'till' | 'hq';
/**
 * The scope a row travels in: a fixed name (`org`, and `party` for what belongs to customers), or by the row's store
 * (`store:<id>`, and `org` where it has none).
 */
export type ScopeRule = 'org' | 'party' | 'store' | 'org-or-store';

export type Columns = Record<
  string,
  ColumnFacts & {
    readonly sqlite: (name: string, dialect: Sqlite) => SQLiteColumnBuilderBase;
    readonly pg: (name: string, dialect: Pg) => PgColumnBuilderBase;
  }
>;

export type TableRules<C extends Columns> = {
  readonly policy: MergePolicy;
  readonly scope: ScopeRule;
  /** Who may write rows; HQ refuses register edits by anyone else and flags facts. */
  readonly writers: readonly Writer[];
  readonly indexes?: readonly (readonly (keyof C & string)[])[];
  /** Foreign keys inside one aggregate only: changesets of different aggregates arrive in any order. */
  readonly references?: Partial<
    Record<
      keyof C & string,
      () => {
        readonly sqlite: (dialect: Sqlite) => { id: AnySQLiteColumn };
        readonly pg: (dialect: Pg) => { id: AnyPgColumn };
      }
    >
  >;
  /** SQL conditions over snake_case columns, valid in both dialects. */
  readonly checks?: Readonly<Record<string, string>>;
};

/** The stamps of the winning writes of a register row, by column group; see shared/replica/merge.ts. */
export type Stamps = Readonly<Record<string, string>>;
const registerColumns = { deleted: bool(), stamps: json<Stamps>() };
type WithRegister<C extends Columns, P extends MergePolicy> = P extends 'lww'
  ? C & typeof registerColumns
  : C;

/**
 * One definition, both dialects. Every table has a text primary key `id`; registers also carry a tombstone
 * (`deleted`) and the stamps of their winners. Column names in SQL are snake_case of the property names.
 */
export function defineTable<
  const N extends string,
  C extends Columns & { id: ReturnType<typeof id> },
  const P extends MergePolicy,
>(name: N, columns: C, rules: TableRules<C> & { readonly policy: P }) {
  const all = (rules.policy === 'lww' ? { ...columns, ...registerColumns } : columns) as WithRegister<C, P>;
  const facts: TableFacts = {
    name,
    policy: rules.policy,
    scope: rules.scope,
    writers: rules.writers,
    references: Object.keys(rules.references ?? {}),
    columns: Object.entries(columns).map(([property, { kind, optional, words, group, later }]) => ({
      property,
      column: snake(property),
      kind,
      optional,
      ...(words && { words }),
      // The `+` is how shared/replica/merge.ts knows a group that came later.
      group: later ? `+${property}` : (group ?? property),
    })),
  };
  return {
    name,
    facts,
    sqlite: once((dialect: Sqlite) => sqliteTable({ name, columns: all, rules }, dialect)),
    pg: once((dialect: Pg) => pgTable({ name, columns: all, rules }, dialect)),
  };
}

/** A table as data: what replication needs to know, and no more. */
export type TableFacts = {
  readonly name: string;
  readonly policy: MergePolicy;
  readonly scope: ScopeRule;
  readonly writers: readonly Writer[];
  /** The columns that name a row's parent in its aggregate. */
  readonly references: readonly string[];
  readonly columns: readonly ColumnInfo[];
};
export type ColumnInfo = Omit<ColumnFacts, 'group' | 'later'> & {
  readonly property: string;
  readonly column: string;
  readonly group: string;
};

export const snake = (property: string): string => property.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** A table is one object however often it is asked for: foreign keys point at it. */
function once<D, T>(make: (dialect: D) => T): (dialect: D) => T {
  let made: T | undefined;
  return (dialect) => {
    made ??= make(dialect);
    return made;
  };
}

type Definition<N extends string, C extends Columns> = {
  readonly name: N;
  readonly columns: C;
  readonly rules: TableRules<Columns>;
};

function sqliteTable<N extends string, C extends Columns>(
  { name, columns, rules }: Definition<N, C>,
  dialect: Sqlite,
) {
  const { lite, sql } = dialect;
  type Built = { [K in keyof C]: ReturnType<C[K]['sqlite']> };
  const built = Object.fromEntries(
    Object.entries(columns).map(([p, c]) => [p, c.sqlite(snake(p), dialect)]),
  ) as Built;
  return lite.sqliteTable(name, built, (t) => [
    ...(rules.indexes ?? []).map((cols) =>
      lite.index(indexName(name, cols)).on(...nonEmpty(cols.map((c) => column(t, c)))),
    ),
    ...referencesOf(rules).map(([p, target]) =>
      lite.foreignKey({ columns: [column(t, p)], foreignColumns: [target().sqlite(dialect).id] }),
    ),
    ...conditions(name, columns, rules).map(([n, condition]) => lite.check(n, sql.raw(condition))),
  ]);
}

function pgTable<N extends string, C extends Columns>(
  { name, columns, rules }: Definition<N, C>,
  dialect: Pg,
) {
  const { pg, sql } = dialect;
  type Built = { [K in keyof C]: ReturnType<C[K]['pg']> };
  const built = Object.fromEntries(
    Object.entries(columns).map(([p, c]) => [p, c.pg(snake(p), dialect)]),
  ) as Built;
  return pg.pgTable(name, built, (t) => [
    ...(rules.indexes ?? []).map((cols) =>
      pg.index(indexName(name, cols)).on(...nonEmpty(cols.map((c) => column(t, c)))),
    ),
    ...referencesOf(rules).map(([p, target]) =>
      pg.foreignKey({ columns: [column(t, p)], foreignColumns: [target().pg(dialect).id] }),
    ),
    ...conditions(name, columns, rules).map(([n, condition]) => pg.check(n, sql.raw(condition))),
  ]);
}

function conditions(table: string, columns: Columns, rules: TableRules<Columns>): [string, string][] {
  const vocabularies = Object.entries(columns).flatMap(([property, { words }]): [string, string][] =>
    words
      ? [
          [
            `${table}_${snake(property)}_word`,
            `${snake(property)} in (${words.map((w) => `'${w}'`).join(', ')})`,
          ],
        ]
      : [],
  );
  return [
    ...vocabularies,
    ...Object.entries(rules.checks ?? {}).map(([n, c]): [string, string] => [`${table}_${n}`, c]),
  ];
}

const referencesOf = (rules: TableRules<Columns>) =>
  Object.entries(rules.references ?? {}).flatMap(([p, target]) => (target ? [[p, target] as const] : []));

const indexName = (table: string, columns: readonly string[]) =>
  `${table}_by_${columns.map(snake).join('_')}`;

function column<T extends object>(table: T, property: string): T[keyof T] {
  const found = Object.entries(table).find(([p]) => p === property);
  if (!found) throw new Error(`no column ${property}`);
  return found[1];
}

function nonEmpty<T>(items: readonly T[]): [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('an index needs a column');
  return [first, ...rest];
}
