export type AmountForm = {
  readonly minorDigits: number;
  readonly decimal: string;
  readonly group: string;
};

/**
 * A sum in minor units as it is printed: `-1234567` with two digits is `-12,345.67`. Not Intl: a receipt must
 * read the same on every machine and in every version of ICU.
 */
export function amountText(amountMinor: number, form: AmountForm): string {
  const digits = String(Math.abs(amountMinor)).padStart(form.minorDigits + 1, '0');
  const cut = digits.length - form.minorDigits;
  const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, () => form.group);
  const sign = amountMinor < 0 ? '-' : '';
  return form.minorDigits === 0 ? sign + whole : `${sign}${whole}${form.decimal}${digits.slice(cut)}`;
}

/** Puts values into the `{name}` places of a sentence; a place without a value stays as it is. */
export function fillIn(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
