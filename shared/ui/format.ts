/** The languages of the screens; `ar` is written right to left. */
export const locales = ['en', 'fr', 'ar'] as const;
export type Locale = (typeof locales)[number];

/** The locales as Intl takes them. Figures are Western in every language, so that a cashier reads the label's own digits. */
export const localeTags: Readonly<Record<Locale, string>> = { en: 'en', fr: 'fr', ar: 'ar-u-nu-latn' };

/** An ISO 4217 code and its count of minor digits, which the org's settings give (Intl has IQD wrong). */
export interface Currency {
  readonly code: string;
  readonly digits: number;
}

/** A sum of minor units for a column: the currency's decimals always, a true minus, no sign of it: `−1,234.56`. */
export function formatFigure(minor: number, { digits }: Currency, locale: Locale): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return clean(numberFormat(locale, options).format(scaled(minor, digits)));
}

/** A sum of minor units that stands alone, its currency where the language puts it: `€27.76`, `27,76 €`. */
export function formatMoney(minor: number, { code, digits }: Currency, locale: Locale): string {
  const options = {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return clean(numberFormat(locale, options).format(scaled(minor, digits)));
}

/** A whole number with the locale's thousands: `18,640`. */
export function formatCount(value: number, locale: Locale): string {
  return clean(numberFormat(locale, { maximumFractionDigits: 0 }).format(value));
}

/** A rate in thousandths of a percent, as the rules keep it: `2100` → `2.1 %`. */
export function formatRate(pct3: number, locale: Locale): string {
  const value = numberFormat(locale, { maximumFractionDigits: 3 }).format(scaled(pct3, 3));
  return `${clean(value)}\u00a0%`;
}

/** Base units as whole packs and what is loose beside them; the sign goes with both. */
export function splitPacks(
  qtyBase: number,
  packSize: number,
): { readonly packs: number; readonly loose: number } {
  return { packs: Math.trunc(qtyBase / packSize), loose: qtyBase % packSize };
}

/** A quantity for a column: `3` packs, `2 + 5/12` with 5 of a pack of 12 loose, `5/12` loose alone. */
export function formatQuantity(qtyBase: number, packSize: number, locale: Locale): string {
  const { packs, loose } = splitPacks(Math.abs(qtyBase), packSize);
  const minus = qtyBase < 0 ? '\u2212' : '';
  const part = `${formatCount(loose, locale)}/${formatCount(packSize, locale)}`;
  if (loose === 0) return minus + formatCount(packs, locale);
  return minus + (packs === 0 ? part : `${formatCount(packs, locale)} + ${part}`);
}

/** Grams in kilograms, as a scale shows them: `0.250 kg`; nothing is `0`. */
export function formatWeight(grams: number, locale: Locale): string {
  if (grams === 0) return '0';
  const options = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
  return `${clean(numberFormat(locale, options).format(scaled(grams, 3)))} ${kilogramSigns[locale]}`;
}

/** What a price is of where packs are weights: `kg`, `100 g`. */
export function formatPerWeight(packSize: number, locale: Locale): string {
  if (packSize === 1000) return kilogramSigns[locale];
  return `${formatCount(packSize, locale)}\u00a0${locale === 'ar' ? 'غ' : 'g'}`;
}

const kilogramSigns: Readonly<Record<Locale, string>> = { en: 'kg', fr: 'kg', ar: 'كغ' };

/** A calendar date `YYYY-MM-DD` for reading: `31 Oct 2026`, `31 oct. 2026`, `2026/10/31`. */
export function formatDate(isoDate: string, locale: Locale): string {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  if (locale === 'ar') return `${year}/${month}/${day}`;
  return `${Number(day)} ${monthName(isoDate, locale)} ${year}`;
}

/** The month of an expiry `YYYY-MM-DD`: `Aug 2027`, `août 2027`, `2027/08`. */
export function formatExpiryMonth(isoDate: string, locale: Locale): string {
  const [year = '', month = ''] = isoDate.split('-');
  return locale === 'ar' ? `${year}/${month}` : `${monthName(isoDate, locale)} ${year}`;
}

/** Hour and minute of an instant (ms since 1970) in a zone, on 24 hours: `14:32`; with seconds `14:32:19`. */
export function formatTime(atMs: number, timeZone: string, seconds = false): string {
  return timeFormat(timeZone, seconds).format(new Date(atMs));
}

/** The calendar date `YYYY-MM-DD` of an instant in a zone: the other half of `formatTime`. */
export function dateInZone(atMs: number, timeZone: string): string {
  return dayFormat(timeZone).format(new Date(atMs));
}

/** How long something has left or has lasted, in the two largest units: `1 s`, `4 min 10 s`, `1 h 12 min`. */
export function formatDuration(ms: number, locale: Locale): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const first = parts.findIndex((count, unit) => count > 0 || unit === 2);
  return parts
    .map((count, unit) => ({
      unit,
      text: `${count}\u00a0${timeUnits[locale][unit]}`,
      shown: unit === first || (unit === first + 1 && count > 0),
    }))
    .filter(({ shown }) => shown)
    .map(({ text }) => text)
    .join(' ');
}

/** The signs of hour, minute and second. */
const timeUnits: Readonly<Record<Locale, readonly string[]>> = {
  en: ['h', 'min', 's'],
  fr: ['h', 'min', 's'],
  ar: ['س', 'د', 'ث'],
};

/** Intl reads decimals from text exactly: nothing is divided in floating point. */
const scaled = (value: number, digits: number) => `${value}E-${digits}` as `${number}`;

/** Bidi marks come from the elements (`bdi`), and a minus is a minus. */
const clean = (text: string) => text.replaceAll(/[\u200e\u200f\u061c]/g, '').replaceAll('-', '\u2212');

const monthName = (isoDate: string, locale: Locale) =>
  monthFormat(locale).format(new Date(`${isoDate.slice(0, 7)}-15T00:00:00Z`));

const numberFormat = memo(
  (locale: Locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(localeTags[locale], options),
);
const monthFormat = memo(
  (locale: Locale) => new Intl.DateTimeFormat(localeTags[locale], { month: 'short', timeZone: 'UTC' }),
);
const dayFormat = memo(
  (timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
);
const timeFormat = memo(
  (timeZone: string, seconds: boolean) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      ...(seconds ? { second: '2-digit' } : {}),
    }),
);

/** Making an Intl formatter costs 50 µs, using one 1 µs: a table of a thousand sums notices. */
function memo<A extends readonly unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  const made = new Map<string, R>();
  return (...args) => {
    const key = JSON.stringify(args);
    const found = made.get(key) ?? make(...args);
    made.set(key, found);
    return found;
  };
}
