import { expect, test } from 'vitest';
import { minuteText, typedFigure, typedMinute } from './typed-figure.ts';

test.each([
  ['12', 2, 1200],
  ['12.5', 2, 1250],
  ['12,50', 2, 1250],
  [' 7. ', 2, 700],
  ['1.250', 3, 1250],
  ['5', 0, 5],
  ['5.1', 0, null],
  ['1.234', 2, null],
  ['-1', 2, null],
  ['1e3', 2, null],
  ['', 2, null],
])('%j with %i digits is %j', (text, digits, expected) => {
  expect(typedFigure(text, digits)).toBe(expected);
});

test('times are minutes of the day', () => {
  expect([typedMinute('08:30'), typedMinute('')]).toEqual([510, null]);
  expect(minuteText(510)).toBe('08:30');
});
