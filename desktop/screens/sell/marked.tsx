import { piecesOf } from './pieces.ts';

/** Text with the ranges [from, to) that a search found marked. */
export function Marked({
  text,
  ranges,
}: {
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
}) {
  return (
    <bdi>
      {piecesOf(text, ranges).map(({ from, words, marked }) =>
        marked ? <mark key={from}>{words}</mark> : <span key={from}>{words}</span>,
      )}
    </bdi>
  );
}
