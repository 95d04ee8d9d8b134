import * as pg from 'drizzle-orm/pg-core';
import * as lite from 'drizzle-orm/sqlite-core';

/**
 * The closed set of column kinds. Each makes the same TypeScript type in both dialects, so a row read at a till
 * and the same row read at HQ have one type. Anything else (floats, timestamps, arrays) is left out on purpose:
 * money and quantity are integers, instants are epoch milliseconds, days are 'YYYY-MM-DD' text.
 */
const build = {
  text: { sqlite: (n: string) => lite.text(n), pg: (n: string) => pg.text(n) },
  int: { sqlite: (n: string) => lite.integer(n), pg: (n: string) => pg.bigint(n, { mode: 'number' }) },
  bool: { sqlite: (n: string) => lite.integer(n, { mode: 'boolean' }), pg: (n: string) => pg.boolean(n) },
  json: {
    sqlite: <T>(n: string) => lite.text(n, { mode: 'json' }).$type<T>(),
    pg: <T>(n: string) => pg.jsonb(n).$type<T>(),
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
};

type Make<S, P> = ColumnFacts & { readonly sqlite: (name: string) => S; readonly pg: (name: string) => P };

const required = <S, P>(
  facts: Omit<ColumnFacts, 'optional'>,
  make: { sqlite: (n: string) => S; pg: (n: string) => P },
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
      sqlite: (n) => build.text.sqlite(n).primaryKey(),
      pg: (n) => build.text.pg(n).primaryKey(),
    },
  );

/** A reference, a code, a name. */
export const text = () =>
  required(
    { kind: 'text' },
    { sqlite: (n) => build.text.sqlite(n).notNull(), pg: (n) => build.text.pg(n).notNull() },
  );
export const textOpt = () => ({ ...required({ kind: 'text' }, build.text), optional: true });

/** Minor units, base units, epoch milliseconds, counters: a safe integer. */
export const int = () =>
  required(
    { kind: 'int' },
    { sqlite: (n) => build.int.sqlite(n).notNull(), pg: (n) => build.int.pg(n).notNull() },
  );
export const intOpt = () => ({ ...required({ kind: 'int' }, build.int), optional: true });

export const bool = () =>
  required(
    { kind: 'bool' },
    { sqlite: (n) => build.bool.sqlite(n).notNull(), pg: (n) => build.bool.pg(n).notNull() },
  );

/** A value object without a life of its own (the generics of a medicine, the components of a tax rate). */
export const json = <T>() =>
  required(
    { kind: 'json' },
    {
      sqlite: (n) => build.json.sqlite<T>(n).notNull(),
      pg: (n) => build.json.pg<T>(n).notNull(),
    },
  );
export const jsonOpt = <T>() => ({
  ...required(
    { kind: 'json' },
    { sqlite: (n: string) => build.json.sqlite<T>(n), pg: (n: string) => build.json.pg<T>(n) },
  ),
  optional: true,
});

/** One word of a closed vocabulary; the database checks it too. */
export const oneOf = <const W extends string>(...words: readonly W[]) =>
  required(
    { kind: 'text', words },
    {
      sqlite: (n) => lite.text(n).$type<W>().notNull(),
      pg: (n) => pg.text(n).$type<W>().notNull(),
    },
  );

/** Puts a register column into a group that is won or lost as a whole. */
export const grouped = <C extends ColumnFacts>(group: string, column: C): C => ({ ...column, group });
