import { type Change, openEnvelope } from '#shared/replica/changeset.ts';

/** The changes of a signed text of ours or another's; none where it cannot be read. */
export function changesIn(text: string): readonly Change[] {
  const opened = openEnvelope(text);
  return opened.ok ? opened.value.body.changes : [];
}

/** A stock movement as a change. */
type Movement = Extract<Change, { op: 'insert' }>;

export const movementsIn = (text: string): Movement[] =>
  changesIn(text).flatMap((change) =>
    change.op === 'insert' && change.t === 'stock_movement' ? [change] : [],
  );

/** The business transaction a signed text is of. */
export function openedTx(text: string): string | null {
  const opened = openEnvelope(text);
  return opened.ok ? opened.value.tx : null;
}
