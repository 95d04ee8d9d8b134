export interface Piece {
  readonly from: number;
  readonly words: string;
  readonly marked: boolean;
}

/** A text cut at its marks; ranges that overlap or lie outside are taken as far as they go. */
export function piecesOf(text: string, ranges: readonly (readonly [number, number])[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (from: number, to: number, marked: boolean) => {
    if (to > from) pieces.push({ from, words: text.slice(from, to), marked });
  };
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const start = Math.min(Math.max(from, at), text.length);
    const end = Math.min(Math.max(to, start), text.length);
    add(at, start, false);
    add(start, end, true);
    at = end;
  }
  add(at, text.length, false);
  return pieces;
}
