import type { Pg, Sqlite } from './dialects.ts';

/**
 * The closed set of column kinds. Each makes the same TypeScript type in both dialects, so a row read at a till
 * and the same row read at HQ have one type. Anything else (floats, timestamps, arrays) is left out on purpose:
 * money and quantity are integers, instants are epoch milliseconds, days are 'YYYY-MM-DD' text. The dialect comes in as
 * an argument (dialects.ts).
 */
const build = {
  text: { sqlite: (n: string, { lite }: Sqlite) => lite.text(n), pg: (n: string, { pg }: Pg) => pg.text(n) },
  int: {
    sqlite: (n: string, { lite }: Sqlite) => lite.integer(n),
    pg: (n: string, { pg }: Pg) => pg.bigint(n, { mode: 'number' }),
  },
  bool: {
    sqlite: (n: string, { lite }: Sqlite) => lite.integer(n, { mode: 'boolean' }),
    pg: (n: string, { pg }: Pg) => pg.boolean(n),
  },
  json: {
    sqlite: <T>(n: string, { lite }: Sqlite) => lite.text(n, { mode: 'json' }).$type<T>(),
    pg: <T>(n: string, { pg }: Pg) => pg.jsonb(n).$type<T>(),
  },
} as const;

export type ColumnKind = keyof typeof build;

/** What the replica and the row check need to know of a column, without drizzle. */
export type ColumnFacts = {
  readonly kind: ColumnKind;
  readonly optional: boolean;
  /** For closed vocabularies: the words allowed. */
  readonly words?: readonly string[];
  /** Register columns of one group win or lose together (price + tax + effective date). */
  readonly group?: string;
  /** Not there when the table was first released: see `later`. */
  readonly later?: true;
};

type MakeSqlite<S> = (name: string, dialect: Sqlite) => S;
type MakePg<P> = (name: string, dialect: Pg) => P;
type Make<S, P> = ColumnFacts & { readonly sqlite: MakeSqlite<S>; readonly pg: MakePg<P> };

const required = <S, P>(
  facts: Omit<ColumnFacts, 'optional'>,
  make: { sqlite: MakeSqlite<S>; pg: MakePg<P> },
): Make<S, P> => ({
  ...facts,
  optional: false,
  ...make,
});

/** The primary key of every table: a UUIDv7, or a name-based id where two tills must arrive at the same one. */
export const id = () =>
  required(
    { kind: 'text' },
    {
      sqlite: (n, d) => build.text.sqlite(n, d).primaryKey(),
      pg: (n, d) => build.text.pg(n, d).primaryKey(),
    },
  );

/** A reference, a code, a name. */
export const text = () =>
  required(
    { kind: 'text' },
    { sqlite: (n, d) => build.text.sqlite(n, d).notNull(), pg: (n, d) => build.text.pg(n, d).notNull() },
  );
export const textOpt = () => ({ ...required({ kind: 'text' }, build.text), optional: true });

/** Minor units, base units, epoch milliseconds, counters: a safe integer. */
export const int = () =>
  required(
    { kind: 'int' },
    { sqlite: (n, d) => build.int.sqlite(n, d).notNull(), pg: (n, d) => build.int.pg(n, d).notNull() },
  );
export const intOpt = () => ({ ...required({ kind: 'int' }, build.int), optional: true });

export const bool = () =>
  required(
    { kind: 'bool' },
    { sqlite: (n, d) => build.bool.sqlite(n, d).notNull(), pg: (n, d) => build.bool.pg(n, d).notNull() },
  );

/** A value object without a life of its own (the generics of a medicine, the components of a tax rate). */
export const json = <T>() =>
  required(
    { kind: 'json' },
    {
      sqlite: (n, d) => build.json.sqlite<T>(n, d).notNull(),
      pg: (n, d) => build.json.pg<T>(n, d).notNull(),
    },
  );
export const jsonOpt = <T>() => ({
  ...required(
    { kind: 'json' },
    {
      sqlite: (n: string, d: Sqlite) => build.json.sqlite<T>(n, d),
      pg: (n: string, d: Pg) => build.json.pg<T>(n, d),
    },
  ),
  optional: true,
});

/** One word of a closed vocabulary; the database checks it too. */
export const oneOf = <const W extends string>(...words: readonly W[]) =>
  required(
    { kind: 'text', words },
    {
      sqlite: (n, { lite }) => lite.text(n).$type<W>().notNull(),
      pg: (n, { pg }) => pg.text(n).$type<W>().notNull(),
    },
  );

/** Puts a register column into a group that is won or lost as a whole. */
export const grouped = <C extends ColumnFacts>(group: string, column: C): C => ({ ...column, group });

/**
 * Marks a column that a register got after its first release, which must be optional and a group of its own
 * (docs/decisions/0006). Stamps of rows written before say nothing of it.
 */
export const later = <C extends ColumnFacts>(column: C): C & { readonly later: true } => ({
  ...column,
  later: true,
});
