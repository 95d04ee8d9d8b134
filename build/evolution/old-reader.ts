import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';

/** What an older version lacked: a table, a column of one, or a word of a column. */
export type Lack = { readonly t: string; readonly column?: string; readonly word?: string };

/** Today's tables without what is lacked. */
export function tablesWithout(lacks: readonly Lack[]): ReadonlyMap<string, TableFacts> {
  const tables = new Map(tableFacts);
  for (const { t, column, word } of lacks) {
    const facts = tables.get(t);
    if (!facts) continue;
    if (column === undefined) tables.delete(t);
    else tables.set(t, { ...facts, columns: columnsWithout(facts, column, word) });
  }
  return tables;
}

function columnsWithout({ columns }: TableFacts, column: string, word: string | undefined) {
  if (word === undefined) return columns.filter(({ property }) => property !== column);
  return columns.map((one) =>
    one.property === column && one.words
      ? { ...one, words: one.words.filter((known) => known !== word) }
      : one,
  );
}

/**
 * Everything that a version may have added: whole tables, optional columns of registers, words; and what it may not
 * (docs/decisions/0006) but an HQ might do all the same, columns of facts.
 */
export const everyLack = (): Lack[] =>
  [...tableFacts.values()].flatMap(({ name: t, policy, columns }): Lack[] => [
    { t },
    ...columns.flatMap(({ property: column, optional, words = [] }): Lack[] => [
      ...(column !== 'id' && (policy === 'append' || optional) ? [{ t, column }] : []),
      ...words.map((word) => ({ t, column, word })),
    ]),
  ]);
