/** Why six or eight digits are no date. */
export type DateFault = 'month' | 'day';

/**
 * The full year of a two-digit one: the century that brings it nearest to today
 * (GS1 General Specifications §7.12: 51 or more ahead is the last century, 50 or more behind the next).
 */
export function fullYear(twoDigits: number, todayYear: number): number {
  const century = todayYear - (todayYear % 100);
  const ahead = twoDigits - (todayYear % 100);
  if (ahead >= 51) return century - 100 + twoDigits;
  return ahead <= -50 ? century + 100 + twoDigits : century + twoDigits;
}

/** YYMMDD as 'YYYY-MM-DD'. Day 00 means the last day of the month where the field allows it. */
export function dateOfYymmdd(
  digits: string,
  rule: { todayYear: number; dayZero: boolean },
): string | DateFault {
  const year = fullYear(Number(digits.slice(0, 2)), rule.todayYear);
  return dateOf(year, Number(digits.slice(2, 4)), { day: Number(digits.slice(4, 6)), dayZero: rule.dayZero });
}

/** YYYYMMDD as 'YYYY-MM-DD'; day 00 as in `dateOfYymmdd`. */
export const dateOfYyyymmdd = (digits: string, dayZero: boolean): string | DateFault =>
  dateOf(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), {
    day: Number(digits.slice(6, 8)),
    dayZero,
  });

/** Year and day of the year (1 to 366) as 'YYYY-MM-DD', as HIBC's Julian dates have it. */
export function dateOfYearDay(year: number, yearDay: number): string | DateFault {
  let day = yearDay;
  for (let month = 1; month <= 12; month++) {
    const length = daysInMonth(year, month);
    if (day <= length) return dateOf(year, month, { day, dayZero: false });
    day -= length;
  }
  return 'day';
}

export const isDateFault = (date: string | DateFault): date is DateFault =>
  date === 'month' || date === 'day';

function dateOf(
  year: number,
  month: number,
  { day, dayZero }: { day: number; dayZero: boolean },
): string | DateFault {
  if (month < 1 || month > 12) return 'month';
  const last = daysInMonth(year, month);
  const counted = day === 0 && dayZero ? last : day;
  if (counted < 1 || counted > last) return 'day';
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(counted)}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));
