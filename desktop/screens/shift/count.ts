import type { ShiftCount } from '#shared/sales/calls-shift.ts';
import { parseAmount } from '../pay/amounts.ts';
import { toWesternDigits } from '../sell/parse-quantity.ts';

/** Means of payment that leave paper to add up. */
export const paperTenders = ['card', 'mobile', 'voucher'] as const;
export type PaperTender = (typeof paperTenders)[number];

/** A count as it is being typed: pieces by their value in minor units, and amounts. */
export interface TypedCount {
  readonly pieces: Readonly<Record<number, string>>;
  readonly other: string;
  readonly papers: Readonly<Partial<Record<PaperTender, string>>>;
}
export const nothingTyped: TypedCount = { pieces: {}, other: '', papers: {} };

/** How many pieces a field says: none where it is empty, null where it is no count. */
export function piecesIn(text: string | undefined): number | null {
  const typed = toWesternDigits(text ?? '').trim();
  if (typed === '') return 0;
  return /^\d{1,6}$/.test(typed) ? Number(typed) : null;
}

/** An amount as typed: null where it is none, 0 where nothing is typed. */
export const amountIn = (text: string | undefined, digits: number): number | null =>
  (text ?? '').trim() === '' ? 0 : parseAmount(text ?? '', digits);

/** The count for the till; null while a field of it cannot be read. */
export function countOf({ pieces, other, papers }: TypedCount, digits: number): ShiftCount | null {
  const denominations = Object.entries(pieces).map(([minor, text]) => ({
    minor: Number(minor),
    count: piecesIn(text),
  }));
  const others = paperTenders.flatMap((kind) =>
    (papers[kind] ?? '').trim() === '' ? [] : [{ kind, amountMinor: amountIn(papers[kind], digits) }],
  );
  const otherCashMinor = amountIn(other, digits);
  if (otherCashMinor === null || !denominations.every(isCounted) || !others.every(isAmount)) return null;
  return { denominations: denominations.filter(({ count }) => count > 0), otherCashMinor, others };
}

/** What the pieces of some values come to, as far as they can be read. */
export const worthOf = (pieces: TypedCount['pieces'], values: readonly number[]): number =>
  values.reduce((sum, minor) => sum + minor * (piecesIn(pieces[minor]) ?? 0), 0);

/** All cash of a count, as far as it can be read. */
export const cashOfCount = ({ pieces, other }: TypedCount, digits: number): number =>
  worthOf(pieces, Object.keys(pieces).map(Number)) + (amountIn(other, digits) ?? 0);

export const isNothingTyped = ({ pieces, other, papers }: TypedCount): boolean =>
  [...Object.values(pieces), other, ...Object.values(papers)].every((text) => text.trim() === '');

const isCounted = (one: {
  readonly minor: number;
  readonly count: number | null;
}): one is {
  readonly minor: number;
  readonly count: number;
} => one.count !== null;
const isAmount = <K>(one: {
  readonly kind: K;
  readonly amountMinor: number | null;
}): one is {
  readonly kind: K;
  readonly amountMinor: number;
} => one.amountMinor !== null;
