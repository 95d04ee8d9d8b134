import { describe, expect, test } from 'vitest';
import { dateOfYearDay, dateOfYymmdd, dateOfYyyymmdd, fullYear } from './gs1-dates.ts';

describe('the century rule', () => {
  test.each([
    [26, 2026, 2026],
    [76, 2026, 2076],
    [77, 2026, 1977],
    [99, 2026, 1999],
    [0, 2026, 2000],
    [0, 2051, 2100],
    [1, 2051, 2101],
    [2, 2051, 2002],
    [49, 2099, 2149],
    [50, 2099, 2050],
  ])('%i seen in %i is %i', (twoDigits, today, year) => expect(fullYear(twoDigits, today)).toBe(year));
});

describe('dates', () => {
  const rule = { todayYear: 2026, dayZero: true };
  test.each([
    ['280100', '2028-01-31'],
    ['280200', '2028-02-29'],
    ['270200', '2027-02-28'],
    ['280430', '2028-04-30'],
    ['280229', '2028-02-29'],
    ['270229', 'day'],
    ['280431', 'day'],
    ['280132', 'day'],
    ['281301', 'month'],
    ['280001', 'month'],
  ])('%s is %s', (digits, date) => expect(dateOfYymmdd(digits, rule)).toBe(date));

  test('day 00 only where the field allows it', () => {
    expect(dateOfYymmdd('280100', { ...rule, dayZero: false })).toBe('day');
    expect(dateOfYyyymmdd('20280100', false)).toBe('day');
    expect(dateOfYyyymmdd('20280100', true)).toBe('2028-01-31');
  });

  test.each([
    [2028, 60, '2028-02-29'],
    [2027, 60, '2027-03-01'],
    [2028, 366, '2028-12-31'],
    [2027, 366, 'day'],
    [2027, 0, 'day'],
  ])('day %i of %i', (year, day, date) => expect(dateOfYearDay(year, day)).toBe(date));
});
