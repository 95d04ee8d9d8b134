import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  compareDates,
  dateOfEpochDay,
  diffDays,
  isPlainDate,
  lastDayOfMonth,
  parsePlainDate,
  plainDate,
} from './calendar.ts';

const anyDate = fc.integer({ min: -719_162, max: 2_932_896 }).map(dateOfEpochDay);

test.each([
  '2027-02-29',
  '2100-02-29',
  '2027-13-01',
  '2027-00-10',
  '2027-04-31',
  '2027-4-1',
  '27-04-01',
  '0000-01-01',
  '2027-04-01T00:00:00Z',
  '2027-04-01\n',
  '',
  '٢٠٢٧-٠٤-٠١',
])('%j is no date', (text) => {
  expect(parsePlainDate(text)).toEqual({ ok: false, error: { code: 'not-a-date', text } });
  expect(() => plainDate(text)).toThrow(RangeError);
});

test.each(['2028-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2027-12-31'])('%s is a date', (text) => {
  expect(parsePlainDate(text)).toEqual({ ok: true, value: text });
});

test('adding days and counting them agree over the whole range', () => {
  fc.assert(
    fc.property(anyDate, anyDate, (a, b) => {
      expect(isPlainDate(a)).toBe(true);
      expect(addDays(a, diffDays(a, b))).toBe(b);
      expect(Math.sign(diffDays(a, b))).toBe(compareDates(b, a));
    }),
    { seed: 9, numRuns: 2_000 },
  );
});

test('days cross months, leap days and years', () => {
  expect(addDays(plainDate('2028-02-28'), 1)).toBe('2028-02-29');
  expect(addDays(plainDate('2027-02-28'), 1)).toBe('2027-03-01');
  expect(addDays(plainDate('2027-01-01'), -1)).toBe('2026-12-31');
  expect(diffDays(plainDate('2028-02-01'), plainDate('2028-03-01'))).toBe(29);
  expect(() => addDays(plainDate('9999-12-31'), 1)).toThrow(RangeError);
});

test('the last day of a month', () => {
  expect([1, 2, 4, 12].map((month) => lastDayOfMonth(2027, month))).toEqual([
    '2027-01-31',
    '2027-02-28',
    '2027-04-30',
    '2027-12-31',
  ]);
  expect(lastDayOfMonth(2028, 2)).toBe('2028-02-29');
  expect(() => lastDayOfMonth(2027, 13)).toThrow(RangeError);
});
