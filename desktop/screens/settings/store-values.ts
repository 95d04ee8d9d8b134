import { mulDivRound } from '#shared/kernel/money.ts';
import type { Locale } from '#shared/ui/format.ts';
import { parseAmount } from '../pay/amounts.ts';
import { toWesternDigits } from '../sell/parse-quantity.ts';

/** A rate as it is typed, `7.5` or `7,5 %`, in thousandths of a percent from 0 to 100 %; null for anything else. */
export function parseRate(text: string): number | null {
  const typed = toWesternDigits(text).trim().replace(/[%٪]$/, '');
  const ratePct3 = parseAmount(typed, 3);
  return ratePct3 === null || ratePct3 > 100_000 ? null : ratePct3;
}

/** A rate as a person would type it: `7.5`. */
export const typedRate = (ratePct3: number, locale: Locale): string => typedDecimal(ratePct3, 3, locale);

type Digits = {
  /** Decimals of the store's currency and of the other one. */
  readonly own: number;
  readonly foreign: number;
};

/**
 * What one of another currency is worth in the store's, `0.92`, as the settings keep it: minor units of the store's for
 * 1,000,000 foreign ones. At most six decimals; null for nothing, for 0 and for what would come to nothing.
 */
export function parseWorth(text: string, { own, foreign }: Digits): number | null {
  const millionths = parseAmount(text, 6);
  if (millionths === null || millionths > most) return null;
  const ratePpm = mulDivRound(millionths, 10 ** own, 10 ** foreign);
  return ratePpm < 1 ? null : ratePpm;
}
const most = 10_000_000_000;

/** The same as a person would type it. */
export function typedWorth(ratePpm: number, { own, foreign }: Digits, locale: Locale): string {
  return typedDecimal(mulDivRound(ratePpm, 10 ** foreign, 10 ** own), 6, locale);
}

/** `units` of 10^-`digits`, without the noughts at the end: `920000` of 6 is `0.92`. */
function typedDecimal(units: number, digits: number, locale: Locale): string {
  const figures = String(units).padStart(digits + 1, '0');
  const decimals = figures.slice(-digits).replace(/0+$/, '');
  const whole = figures.slice(0, -digits);
  return decimals === '' ? whole : `${whole}${locale === 'fr' ? ',' : '.'}${decimals}`;
}

/** A currency of the world by its code, that is not the store's own; null otherwise. */
export function parseCurrency(text: string, own: string): string | null {
  const code = text.trim().toUpperCase();
  return code !== own && currencies.has(code) ? code : null;
}
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
