import { err, ok, type Result } from './result.ts';

declare const plainDateBrand: unique symbol;

/** A calendar date `YYYY-MM-DD` (years 0001–9999) without zone or time. Plain string comparison orders it. */
export type PlainDate = string & { readonly [plainDateBrand]: true };

/** What `parsePlainDate` refuses: another form, or a day that does not exist (2027-02-29). */
export type PlainDateError = { readonly code: 'not-a-date'; readonly text: string };

/** A date from outside. */
export const parsePlainDate = (text: string): Result<PlainDate, PlainDateError> =>
  isPlainDate(text) ? ok(text) : err({ code: 'not-a-date', text });

/** A date known to be one (a literal, a row of ours); anything else is a bug and throws RangeError. */
export function plainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new RangeError(`not a date: ${text}`);
  return text;
}

/** Whether a text is an existing day in the form `YYYY-MM-DD`. */
export function isPlainDate(text: string): text is PlainDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date `days` later (earlier when negative). RangeError outside the years 0001–9999. */
export const addDays = (date: PlainDate, days: number): PlainDate => dateOfEpochDay(epochDay(date) + days);

/** Calendar days from one date to another; negative when `to` is the earlier one. */
export const diffDays = (from: PlainDate, to: PlainDate): number => epochDay(to) - epochDay(from);

/** Negative, 0 or positive, for sorting. */
export const compareDates = (a: PlainDate, b: PlainDate): number => (a < b ? -1 : a > b ? 1 : 0);

/** The last day of a month (1–12): an expiry given as a month (RULES.md §2). RangeError for no month. */
export const lastDayOfMonth = (year: number, month: number): PlainDate =>
  plainDate(`${digits(year, 4)}-${digits(month, 2)}-${digits(daysInMonth(year, month), 2)}`);

const DAY_MS = 86_400_000;
const FIRST_DAY = -719_162; // 0001-01-01
const LAST_DAY = 2_932_896; // 9999-12-31

/** Days since 1970-01-01. A date alone is parsed as UTC (ECMA-262), so no zone has a say in this. */
const epochDay = (date: PlainDate): number => Date.parse(date) / DAY_MS;

/** The date of a count of days since 1970-01-01. RangeError outside the years 0001–9999. */
export function dateOfEpochDay(day: number): PlainDate {
  if (!Number.isInteger(day) || day < FIRST_DAY || day > LAST_DAY) throw new RangeError(`not a day: ${day}`);
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as PlainDate;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');
