import { expect, test } from 'vitest';
import { daysBetween, expiryBand, isMonthEnd } from './expiry.ts';

test('the bands change where the mockups say', () => {
  expect([181, 180, 91, 90, 31, 30, 0, -1].map(expiryBand)).toEqual([
    'far',
    'soon',
    'soon',
    'near',
    'near',
    'last',
    'last',
    'past',
  ]);
});

test('days are calendar days, across a change of the clocks and a leap day', () => {
  expect(daysBetween('2026-11-24', '2026-12-15')).toBe(21);
  expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(daysBetween('2026-11-24', '2026-10-31')).toBe(-24);
});

test('an expiry on the last day of its month was given as a month', () => {
  expect(['2027-08-31', '2028-02-29', '2027-02-28', '2028-02-28', '2027-01-29'].map(isMonthEnd)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
