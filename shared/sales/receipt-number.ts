/**
 * Receipt numbers (RULES.md §3): `S01-T02A-000123`. The letter is the till's incarnation, so a restored or replaced
 * till begins a series of its own and no number is ever given twice; within a series there is no gap.
 */
export const receiptSeries = ({
  storeCode,
  tillCode,
  inc,
}: {
  storeCode: string;
  tillCode: string;
  inc: number;
}): string => `${storeCode}-${tillCode}${incarnationLetter(inc)}`;

export const receiptNumber = (series: string, n: number): string => `${series}-${String(n).padStart(6, '0')}`;

/** 1 → A, 26 → Z, 27 → AA: like the columns of a spreadsheet. */
export function incarnationLetter(inc: number): string {
  if (!Number.isSafeInteger(inc) || inc < 1) throw new RangeError(`not an incarnation: ${inc}`);
  let letters = '';
  for (let left = inc; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return letters;
}
