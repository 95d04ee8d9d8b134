import { err, ok, type Result } from '#shared/kernel/result.ts';
import { gs1CheckDigit, isDigits } from './gtin.ts';
import type { ScanRefusal, WeighedScheme } from './scan-types.ts';

/** An in-store label taken apart: the article's own digits, what it measures, and the label with a zero value as GTIN. */
export type Weighed = {
  readonly item: string;
  readonly value: number;
  readonly gtin14: string;
  readonly scheme: WeighedScheme;
};

/**
 * Reads a 13-digit in-store label (its EAN check digit already checked) by the first of the store's schemes whose prefix
 * it has; null when none has it. Refused when a price check digit is wrong or the scheme itself cannot be.
 * `position` is where the 13 digits begin, for refusals: -1 for a UPC-A of 12, whose leading zero is not in the string.
 */
export function parseWeighed(
  ean13: string,
  schemes: readonly WeighedScheme[],
  position: number,
): Result<Weighed, ScanRefusal> | null {
  const scheme = schemes.find(({ prefix }) => ean13.startsWith(prefix));
  if (!scheme) return null;
  if (!isWeighedScheme(scheme)) return err({ code: 'bad-weighed-scheme', position: Math.max(0, position) });
  const itemEnd = scheme.prefix.length + scheme.itemDigits;
  const digits = ean13.slice(12 - scheme.valueDigits, 12);
  if (scheme.valueCheckDigit && priceCheckDigit(digits) !== Number(ean13[itemEnd])) {
    return err({ code: 'bad-check-digit', position: position + itemEnd });
  }
  const zeroed = ean13.slice(0, itemEnd).padEnd(12, '0');
  const gtin14 = `0${zeroed}${gs1CheckDigit(zeroed)}`;
  return ok({ item: ean13.slice(scheme.prefix.length, itemEnd), value: Number(digits), gtin14, scheme });
}

/** Whether a layout can be: its parts fill the twelve digits, and a price check digit has a price of 4 or 5 digits. */
export function isWeighedScheme({
  prefix,
  itemDigits,
  valueDigits,
  valueCheckDigit,
  decimals,
}: WeighedScheme): boolean {
  const counts = [itemDigits, valueDigits];
  return (
    isDigits(prefix) &&
    counts.every((count) => Number.isInteger(count) && count > 0) &&
    prefix.length + itemDigits + (valueCheckDigit ? 1 : 0) + valueDigits === 12 &&
    Number.isInteger(decimals) &&
    decimals >= 0 &&
    decimals <= valueDigits &&
    (!valueCheckDigit || valueDigits === 4 || valueDigits === 5)
  );
}

/**
 * Why a store's layouts cannot stand, with the prefix of the first that is wrong. `bad-prefix`: GS1 keeps only 02 and 20 to
 * 29 for labels of a shop's own (General Specifications §1.4.4, restricted circulation numbers). `prefix-taken`: the
 * prefix of an earlier one says the same, so that only one of the two would ever be read.
 */
export type WeighedSchemeFault = {
  readonly code: 'bad-prefix' | 'bad-parts' | 'prefix-taken';
  readonly prefix: string;
};

/** What is wrong with the first layout that cannot stand; null where all can. */
export function weighedSchemesFault(schemes: readonly WeighedScheme[]): WeighedSchemeFault | null {
  for (const [at, scheme] of schemes.entries()) {
    const { prefix } = scheme;
    const meets = (other: WeighedScheme) =>
      other.prefix.startsWith(prefix) || prefix.startsWith(other.prefix);
    if (!/^(?:02|2\d)\d{0,3}$/.test(prefix)) return { code: 'bad-prefix', prefix };
    if (!isWeighedScheme(scheme)) return { code: 'bad-parts', prefix };
    if (schemes.slice(0, at).some(meets)) return { code: 'prefix-taken', prefix };
  }
  return null;
}

/** Layouts as a setting keeps them: what is not said there is not there. */
export const asSchemes = (
  stored: readonly (Omit<WeighedScheme, 'valueCheckDigit'> & { valueCheckDigit?: boolean | undefined })[],
): readonly WeighedScheme[] =>
  stored.map(({ valueCheckDigit, ...scheme }) => ({
    ...scheme,
    ...(valueCheckDigit !== undefined && { valueCheckDigit }),
  }));

/** A label of a layout that can be, as a scanner would read it: article 12345…, value 1234. */
export function sampleLabel({ prefix, itemDigits, valueDigits, valueCheckDigit }: WeighedScheme): string {
  const item = '123456789'.slice(0, itemDigits).padStart(itemDigits, '0');
  const value = '1234'.slice(0, valueDigits).padStart(valueDigits, '0');
  const digits = `${prefix}${item}${valueCheckDigit ? priceCheckDigit(value) : ''}${value}`;
  return `${digits}${gs1CheckDigit(digits)}`;
}

/** The check digit of a price of four or five digits (GS1 General Specifications §7.9.2 to 7.9.4): 2875 has 9, 14685 has 6. */
export function priceCheckDigit(price: string): number {
  const weighted = (weights: readonly (readonly number[])[]) =>
    weights.reduce((sum, weight, i) => sum + (weight[Number(price[i])] ?? 0), 0);
  if (price.length === 4) return (weighted([TWO_MINUS, TWO_MINUS, THREE, FIVE_MINUS]) * 3) % 10;
  return FIVE_MINUS.indexOf(
    (10 - (weighted([FIVE_PLUS, TWO_MINUS, FIVE_MINUS, FIVE_PLUS, TWO_MINUS]) % 10)) % 10,
  );
}

/** Weighted products of the digits 0 to 9. */
const TWO_MINUS = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
const THREE = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
const FIVE_PLUS = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
const FIVE_MINUS = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];
