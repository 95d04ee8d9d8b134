/**
 * A quantity as it is typed for a line, in base units: `2` packs, `2+5` packs and loose units, `5u` or `+5` loose
 * units alone. Null for anything else, and for nothing.
 */
export function parseQuantity(text: string, packSize: number): number | null {
  const typed = toWesternDigits(text.replaceAll(/\s/g, ''));
  const match = /^(\d{0,6})(?:\+(\d{1,6}))?$/.exec(typed);
  const loose = /^(\d{1,6})u$/i.exec(typed)?.[1];
  if (loose !== undefined) return positive(Number(loose));
  if (!match) return null;
  return positive(Number(match[1] || 0) * packSize + Number(match[2] ?? 0));
}

/** A weight as it is typed, in grams: `250`, `250 g`; with a point or `kg` in kilograms: `0.25`, `0,250 kg`, `2kg`. */
export function parseGrams(text: string): number | null {
  const typed = toWesternDigits(text.replaceAll(/\s/g, '')).toLowerCase();
  const grams = /^(\d{1,6})(?:g|غ)?$/.exec(typed)?.[1];
  if (grams !== undefined) return positive(Number(grams));
  const [, whole, part = ''] = /^(\d{1,3})(?:[.,](\d{1,3}))?(?:kg|كغ)?$/.exec(typed) ?? [];
  return whole === undefined ? null : positive(Number(whole + part.padEnd(3, '0')));
}

/** `3*` typed into the scan field: packs of the next article. Null when the text is something else. */
export function parseTimes(text: string): number | null {
  const packs = /^\s*(\d{1,4})\s*[*×]$/.exec(toWesternDigits(text))?.[1];
  return packs === undefined ? null : positive(Number(packs));
}

/** Arabic and Persian keyboards type their own digits. */
export const toWesternDigits = (text: string): string =>
  text
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

const positive = (value: number): number | null => (value > 0 ? value : null);
