import type { QueryConfig } from 'pg';
import type { Row } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import type { ColumnInfo, TableFacts } from '#shared/tables/define-table.ts';
import { groupsOf } from '#shared/tables/scope.ts';
import { arrayText } from './array-text.ts';
import { separator } from './number.ts';

/** The statements replication runs on any replicated table, by name. Domains write their own SQL. */
export type TableSql = {
  readonly facts: TableFacts;
  readonly groups: ReadonlyMap<string, string>;
  /** Adds rows that are not there yet; the command's count says how many. */
  readonly insert: (rows: readonly Row[]) => QueryConfig;
  /** Writes whole register rows, `deleted` and `stamps` included. */
  readonly upsert: (rows: readonly Row[]) => QueryConfig;
  /** Rows by id, as columns. */
  readonly select: (ids: readonly string[]) => QueryConfig;
  /** A row as `select` gives it, by property. */
  readonly toRow: (found: Row) => Row;
  /** `"store_id" AS "storeId", …`: what makes a row of SQL a row of the replica. */
  readonly asProperties: string;
};

export function sqlOf(table: string): TableSql {
  const made = statements.get(table);
  if (made) return made;
  const facts = tableFacts.get(table);
  if (!facts) throw new Error(`no table ${table}`);
  const sql = tableSql(facts);
  statements.set(table, sql);
  return sql;
}

const statements = new Map<string, TableSql>();

const replicaColumns: readonly Column[] = [
  { property: 'deleted', column: 'deleted', kind: 'bool' },
  { property: 'stamps', column: 'stamps', kind: 'json' },
];
type Column = Pick<ColumnInfo, 'property' | 'column' | 'kind'>;

/** A column's parameter as an array. JSON comes as one text, parted by `separator`, with nothing for null. */
const asArray = {
  text: (n: number) => `$${n}::text[]`,
  int: (n: number) => `$${n}::bigint[]`,
  bool: (n: number) => `$${n}::boolean[]`,
  json: (n: number) => `string_to_array($${n}, E'\\x1e', '')`,
} as const;

function tableSql(facts: TableFacts): TableSql {
  const columns: readonly Column[] =
    facts.policy === 'append' ? facts.columns : [...facts.columns, ...replicaColumns];
  const { name } = facts;
  const source = `SELECT ${columns.map(selected).join(', ')}
    FROM unnest(${columns.map((c, i) => asArray[c.kind](i + 1)).join(', ')}) AS given(${list(columns)})`;
  const into = `INSERT INTO ${name} (${list(columns)}) ${source} ON CONFLICT (id) DO`;
  const updates = columns.filter((c) => c.column !== 'id').map((c) => `${c.column} = excluded.${c.column}`);
  const insert = `${into} NOTHING`;
  const upsert = `${into} UPDATE SET ${updates.join(', ')}`;
  return {
    facts,
    groups: groupsOf(facts),
    insert: (rows) => ({ name: `insert ${name}`, text: insert, values: arrays(columns, rows) }),
    upsert: (rows) => ({ name: `upsert ${name}`, text: upsert, values: arrays(columns, rows) }),
    select: (ids) => ({
      name: `select ${name}`,
      text: `SELECT ${list(columns)} FROM ${name} WHERE id = ANY ($1::text[])`,
      values: [ids],
    }),
    toRow: (found) => Object.fromEntries(facts.columns.map((c) => [c.property, found[c.column] ?? null])),
    asProperties: columns.map((c) => `${c.column} AS "${c.property}"`).join(', '),
  };
}

const list = (columns: readonly Column[]) => columns.map((c) => c.column).join(', ');
const selected = ({ column, kind }: Column) => (kind === 'json' ? `${column}::jsonb` : column);

/** One array per column: the fewest bytes to parse on the other side. */
const arrays = (columns: readonly Column[], rows: readonly Row[]): string[] =>
  columns.map(({ property, kind }) =>
    kind === 'json'
      ? rows.map((row) => jsonOrNothing(row[property])).join(separator)
      : arrayText(
          kind,
          rows.map((row) => row[property]),
        ),
  );

const jsonOrNothing = (value: unknown): string =>
  value === null || value === undefined ? '' : JSON.stringify(value);
