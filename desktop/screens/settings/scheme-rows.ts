import type { WeighedScheme } from '#shared/catalog/scan-types.ts';
import { isWeighedScheme } from '#shared/catalog/weighed.ts';
import { toWesternDigits } from '../sell/parse-quantity.ts';

/** A layout of scale labels as it is typed; an empty prefix is none. */
export interface SchemeRow {
  readonly prefix: string;
  readonly itemDigits: string;
  readonly measures: WeighedScheme['measures'];
  readonly decimals: string;
  readonly checked: boolean;
}

/** Cents of a price, grams of a weight, five digits for the article. */
export const emptyRow: SchemeRow = {
  prefix: '',
  itemDigits: '5',
  measures: 'price',
  decimals: '2',
  checked: false,
};

export const rowOfScheme = ({
  prefix,
  itemDigits,
  measures,
  decimals,
  valueCheckDigit,
}: Omit<WeighedScheme, 'valueCheckDigit'> & { valueCheckDigit?: boolean | undefined }): SchemeRow => ({
  ...{ prefix, itemDigits: String(itemDigits), measures, decimals: String(decimals) },
  checked: valueCheckDigit ?? false,
});

/** The layout a row stands for, whose value fills what is left of twelve digits; null where it is none that can be. */
export function schemeOfRow({
  prefix: typed,
  itemDigits,
  measures,
  decimals,
  checked,
}: SchemeRow): WeighedScheme | null {
  const prefix = toWesternDigits(typed.trim());
  const item = numberOf(itemDigits);
  const scheme: WeighedScheme = {
    ...{ prefix, itemDigits: item, measures, decimals: measures === 'quantity' ? 0 : numberOf(decimals) },
    valueDigits: 12 - prefix.length - item - (checked ? 1 : 0),
    ...(checked && { valueCheckDigit: true }),
  };
  return isWeighedScheme(scheme) ? scheme : null;
}

/** One or two digits; NaN for anything else. */
function numberOf(text: string): number {
  const typed = toWesternDigits(text.trim());
  return /^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN;
}
