import { expect, test } from 'vitest';
import { isReceiptNo, nextPlace, type ReturnRow, step, typed } from './rows.ts';

const row: ReturnRow = {
  ...{ key: 'l', packId: 'p', name: 'x', packSize: 16, batch: null, batchId: undefined },
  ...{ baseUnit: 'tablet', breakable: true },
  ...{ soldBase: 40, backBase: 0, leftBase: 40, nowBase: 0, place: 'shelf', places: ['shelf', 'quarantine'] },
};
const after = (...packs: readonly (1 | -1)[]) => packs.reduce(step, row).nowBase;

test('one pack at a time, the loose rest with the last one, and back the same way', () => {
  expect([after(1), after(1, 1), after(1, 1, 1), after(1, 1, 1, 1)]).toEqual([16, 32, 40, 40]);
  expect([after(1, 1, 1, -1), after(1, 1, 1, -1, -1), after(-1)]).toEqual([32, 16, 0]);
});

test('loose units are typed; of what may not be broken whole packs come back', () => {
  expect(typed(row, 5).nowBase).toBe(5);
  expect(typed({ ...row, breakable: false }, 37).nowBase).toBe(32);
});

test('a weight comes back whole, or as much of it as is typed', () => {
  const tea = { ...row, baseUnit: 'g', packSize: 1000, leftBase: 1250 };
  expect([step(tea, 1).nowBase, step(step(tea, 1), -1).nowBase]).toEqual([1250, 0]);
  expect(typed(tea, 300).nowBase).toBe(300);
  expect(step({ ...tea, soldBase: null }, 1).nowBase).toBe(0);
});

test('the places go round among those allowed', () => {
  expect(nextPlace(row).place).toBe('quarantine');
  expect(nextPlace(nextPlace(row)).place).toBe('shelf');
});

test('a receipt’s number is told from a code on a box', () => {
  expect(isReceiptNo('S01-T02A-000123')).toBe(true);
  expect(isReceiptNo('3400930000014')).toBe(false);
});
