import { type FeedRow, feedRow } from '#shared/replica/wire.ts';

/** One change of the Electric protocol: a row of the log, every value as text. */
export const changeMessage = (row: FeedRow): string =>
  JSON.stringify({
    key: `"public"."change_log"/"${row.scope}"/"${row.seq}"`,
    value: row,
    headers: { operation: 'insert', lsn: row.seq, op_position: 0, relation: ['public', 'change_log'] },
  });

/** Ends what is at head. Its number is what the client resumes from under SSE: digits only. */
export const upToDateMessage = (seq: number): string =>
  JSON.stringify({ headers: { control: 'up-to-date', global_last_seen_lsn: String(seq) } });

export const mustRefetchMessage = JSON.stringify({ headers: { control: 'must-refetch' } });

/** All columns travel as text: the client would make BigInts of numbers. */
export const shapeSchema = JSON.stringify(
  Object.fromEntries(Object.keys(feedRow.shape).map((column) => [column, { type: 'text' }])),
);

/** Message texts joined into one body; memory is shared by the followers that got one reading (see feed.ts). */
const texts = new WeakMap<readonly FeedRow[], readonly string[]>();
export function changeMessages(rows: readonly FeedRow[]): readonly string[] {
  const made = texts.get(rows) ?? rows.map(changeMessage);
  texts.set(rows, made);
  return made;
}
