import {
  addDays,
  diffDays,
  lastDayOfMonth,
  type PlainDate,
  parsePlainDate,
} from '#shared/kernel/calendar.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** How near a batch is to its expiry; the screens have one colour and word for each. */
export type ExpiryClass = 'far' | 'soon' | 'near' | 'last' | 'past';

/** Days left on a date: 0 on the expiry date itself, the last day of sale; negative once expired. */
export const daysLeft = (expiresOn: PlainDate, on: PlainDate): number => diffDays(on, expiresOn);

/** Over 180 days far, 91–180 soon, 31–90 near, 0–30 last, then past. */
export function expiryClass(expiresOn: PlainDate, on: PlainDate): ExpiryClass {
  const days = daysLeft(expiresOn, on);
  if (days < 0) return 'past';
  if (days <= 30) return 'last';
  if (days <= 90) return 'near';
  return days <= 180 ? 'soon' : 'far';
}

/**
 * Whether a date allows a sale: up to and on the expiry date, and never with fewer than `minShelfLifeDays` left
 * (RULES.md §2). `on` is the local calendar date in the store's zone, not the business date.
 */
export const isInDate = (expiresOn: PlainDate, on: PlainDate, minShelfLifeDays: number): boolean =>
  expiresOn >= firstAllowedExpiry(on, minShelfLifeDays);

/** The earliest expiry that may be sold on a date; for loops and SQL, which then compare texts. */
export function firstAllowedExpiry(on: PlainDate, minShelfLifeDays: number): PlainDate {
  if (!Number.isInteger(minShelfLifeDays) || minShelfLifeDays < 0) {
    throw new RangeError(`not a shelf life in days: ${minShelfLifeDays}`);
  }
  return addDays(on, minShelfLifeDays);
}

/** What `parseExpiry` refuses: a form it does not know, or a day or month that does not exist. */
export type ExpiryError = { readonly code: 'not-an-expiry'; readonly text: string };

/**
 * An expiry as typed at the counter or given in a file: a day `2027-11-30`, or a month `2027-11`, `11/2027`, `11/27`,
 * which ends on its last day. Forms in which day and month could be mistaken for each other are refused. Years of two
 * digits are of this century.
 */
export function parseExpiry(text: string): Result<PlainDate, ExpiryError> {
  const trimmed = text.trim();
  const day = parsePlainDate(trimmed);
  if (day.ok) return day;
  const month = /^(?<year>\d{4})-(?<month>\d{2})$|^(?<month>\d{1,2})[/.-](?<year>20\d{2}|\d{2})$/.exec(
    trimmed,
  )?.groups;
  const number = Number(month?.month ?? 0);
  const year = month?.year ?? '';
  if (number < 1 || number > 12 || Number(year) === 0) return err({ code: 'not-an-expiry', text });
  return ok(lastDayOfMonth(Number(year.length === 2 ? `20${year}` : year), number));
}
