import { toWesternDigits } from './parse-quantity.ts';

/**
 * An expiry as it is read off a box: `08/27`, `08/2027`, `31/08/2027`, `2027-08`, `2027-08-31`, `0827`, as
 * `YYYY-MM-DD`; a month is its last day (RULES.md §2). Null when it is no date.
 */
export function parseExpiry(text: string): string | null {
  const parts = toWesternDigits(text.trim()).split(/[\s./-]+/);
  if (parts.some((part) => !/^\d+$/.test(part))) return null;
  const [a = '', b = '', c = ''] = parts;
  switch (parts.length) {
    case 1:
      return /^\d{4}$/.test(a) ? date(a.slice(2), a.slice(0, 2)) : null;
    case 2:
      return a.length === 4 ? date(a, b) : date(b, a);
    case 3:
      return a.length === 4 ? date(a, b, c) : date(c, b, a);
    default:
      return null;
  }
}

function date(yearText: string, monthText: string, dayText?: string): string | null {
  if (yearText.length !== 2 && yearText.length !== 4) return null;
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  const month = Number(monthText);
  if (month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = dayText === undefined ? last : Number(dayText);
  if (day < 1 || day > last) return null;
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
    '-',
  );
}
