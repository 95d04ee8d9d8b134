import type { Change } from '#shared/replica/changeset.ts';
import { type RowOf, type TableName, tableFacts } from '#shared/schema.ts';

/** What every part of the demo is made from. The same options give the same rows, bit for bit. */
export type DemoOptions = {
  /** Any whole number. */
  readonly seed: number;
  /** The day the demo is opened on, 'YYYY-MM-DD': stock ages and history ends relative to it. */
  readonly todayIso: string;
};

/** A change of one of the two kinds the demo makes. */
export type DemoChange = Extract<Change, { readonly op: 'insert' | 'set' }>;

/** Rows of one table in the form the replica takes: registers are set by column, facts inserted whole. */
export function changesOf<N extends TableName>(t: N, rows: readonly RowOf<N>[]): DemoChange[] {
  const append = tableFacts.get(t)?.policy === 'append';
  return rows.map((row) => {
    if (append) return { t, op: 'insert', row };
    const { id, ...cols } = row;
    return { t, op: 'set', id, cols };
  });
}

/** Cuts a stream of changes into arrays of at most `size`: an import's changesets hold 500 rows (SYNC.md). */
export function* inChunks<T>(items: Iterable<T>, size = 500): Generator<readonly T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
