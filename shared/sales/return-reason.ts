/** Why goods come back. The note beside it says more. */
export const returnReasons = [
  'changed-mind',
  'wrong-article',
  'damaged',
  'intolerance',
  'recall',
  'other',
] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** A reason and its note as one text, as a stored return keeps them: `damaged: the seal was broken`. */
export const reasonText = ({ reason, note }: { readonly reason: string; readonly note: string }): string =>
  note === '' ? reason : `${reason}: ${note}`;

/** The two again; `reason` is null where it is none of these, and the whole text is then the note. */
export function readReason(stored: string): { readonly reason: ReturnReason | null; readonly note: string } {
  const [said = '', ...rest] = stored.split(': ');
  const reason = returnReasons.find((one) => one === said) ?? null;
  return reason === null ? { reason, note: stored } : { reason, note: rest.join(': ') };
}
