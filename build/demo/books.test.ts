import { expect, test } from 'vitest';
import type { DayTotals } from '#shared/sales/calls.ts';
import { differences, figuresOf } from './books.ts';

const day = (totals: Partial<DayTotals>): DayTotals => ({
  ...{ businessDate: '2026-11-22', sales: 1, totalMinor: 1000, netMinor: 909, taxMinor: 91 },
  ...{ discountMinor: 0, cashRoundingMinor: 0, returns: 0, returnsMinor: 0 },
  taxes: [{ taxPct3: [10_000], baseMinor: 909, taxMinor: 91 }],
  tenders: [{ kind: 'cash', amountMinor: 1000 }],
  ...totals,
});

test('two tills’ days add up to the store’s, by tax rate and tender', () => {
  const card = day({ tenders: [{ kind: 'card', amountMinor: 1000 }] });
  const store = day({
    ...{ sales: 2, totalMinor: 2000, taxMinor: 182 },
    taxes: [{ taxPct3: [10_000], baseMinor: 1818, taxMinor: 182 }],
    tenders: [
      { kind: 'card', amountMinor: 1000 },
      { kind: 'cash', amountMinor: 1000 },
    ],
  });
  expect(differences(figuresOf([store]), figuresOf([day({}), card]))).toEqual([]);
});

test('a cent in the wrong tender or rate is told, though the totals agree', () => {
  const wrong = day({
    taxes: [{ taxPct3: [5500], baseMinor: 909, taxMinor: 91 }],
    tenders: [
      { kind: 'cash', amountMinor: 999 },
      { kind: 'card', amountMinor: 1 },
    ],
  });
  expect(differences(figuresOf([day({})]), figuresOf([wrong])).toSorted()).toEqual([
    'by card: 0 and 1',
    'by cash: 1000 and 999',
    'net at 10 %: 909 and 0',
    'net at 5.5 %: 0 and 909',
    'tax at 10 %: 91 and 0',
    'tax at 5.5 %: 0 and 91',
  ]);
});
