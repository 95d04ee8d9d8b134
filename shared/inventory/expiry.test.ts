import { expect, test } from 'vitest';
import { addDays, plainDate } from '#shared/kernel/calendar.ts';
import { daysLeft, expiryClass, firstAllowedExpiry, isInDate, parseExpiry } from './expiry.ts';

const on = plainDate('2027-03-10');

test.each([
  [400, 'far'],
  [181, 'far'],
  [180, 'soon'],
  [91, 'soon'],
  [90, 'near'],
  [31, 'near'],
  [30, 'last'],
  [0, 'last'],
  [-1, 'past'],
])('%d days left is %s', (days, expected) => {
  expect(expiryClass(addDays(on, days), on)).toBe(expected);
  expect(daysLeft(addDays(on, days), on)).toBe(days);
});

test('a batch is sold up to and on its expiry date, and not with fewer days left than asked', () => {
  expect([-1, 0, 1].map((days) => isInDate(addDays(on, days), on, 0))).toEqual([false, true, true]);
  expect([29, 30].map((days) => isInDate(addDays(on, days), on, 30))).toEqual([false, true]);
  expect(() => firstAllowedExpiry(on, -1)).toThrow(RangeError);
  expect(() => firstAllowedExpiry(on, 0.5)).toThrow(RangeError);
});

test.each([
  ['2028-02', '2028-02-29'],
  ['02/2027', '2027-02-28'],
  ['2/27', '2027-02-28'],
  ['12/27', '2027-12-31'],
  ['11-2027', '2027-11-30'],
  ['04.27', '2027-04-30'],
  [' 2027-11-05 ', '2027-11-05'],
])('%j is the expiry %s', (text, expected) => {
  expect(parseExpiry(text)).toEqual({ ok: true, value: expected });
});

test.each([
  '',
  '13/27',
  '00/27',
  '2027-13',
  '2027-02-30',
  '05/06/27',
  '0227',
  '12/1999',
  '0000-05',
  '٠٢/٢٧',
  '12/27x',
  '2027',
])('%j is refused', (text) => {
  expect(parseExpiry(text)).toEqual({ ok: false, error: { code: 'not-an-expiry', text } });
});
