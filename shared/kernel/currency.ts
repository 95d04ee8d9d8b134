import { err, ok, type Result } from './result.ts';

/** How many decimal digits the minor unit of an ISO 4217 currency has: EUR 2, JPY 0, KWD 3. Unknown codes: 2. */
export function minorDigits(currency: string): number {
  if (NO_MINOR_UNIT.has(currency)) return 0;
  if (THREE_DIGITS.has(currency)) return 3;
  return currency === 'CLF' || currency === 'UYW' ? 4 : 2;
}

/** An amount as a plain decimal with a point, exact: `minorToDecimal(-1205, 2)` = `-12.05`. For files, not screens. */
export function minorToDecimal(amountMinor: number, digits: number): string {
  const sign = amountMinor < 0 ? '-' : '';
  const figures = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  if (digits === 0) return sign + figures;
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/** What `decimalToMinor` refuses: no plain decimal, more decimals than the currency has, or beyond safe integers. */
export type DecimalError = {
  readonly code: 'not-a-decimal' | 'too-precise' | 'too-large';
  readonly text: string;
};

/**
 * Minor units from a plain decimal (`-12.5` with 2 digits = -1250), without a float on the way. Zeros beyond the
 * currency's digits are taken, other figures are `too-precise`. Groupings and commas are the caller's to resolve.
 */
export function decimalToMinor(text: string, digits: number): Result<number, DecimalError> {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return err({ code: 'not-a-decimal', text });
  const [, sign = '', whole = '', fraction = ''] = match;
  if (/[^0]/.test(fraction.slice(digits))) return err({ code: 'too-precise', text });
  const minor = Number(sign + whole + fraction.slice(0, digits).padEnd(digits, '0'));
  // Rounding to a float is monotone, so figures beyond the safe range never come out inside it.
  return Number.isSafeInteger(minor) ? ok(minor + 0) : err({ code: 'too-large', text });
}

// ISO 4217, list one: the currencies whose minor unit is not two digits.
const NO_MINOR_UNIT = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '),
);
const THREE_DIGITS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));
