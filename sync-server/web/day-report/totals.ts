import type { Hq } from '../hq.ts';

export type StoreDay = Hq['reports']['day'][number];

/** A rate group as a key and as the figures it is made of. */
export interface RateGroup {
  readonly key: string;
  readonly pct3: readonly number[];
}

export const rateKey = (pct3: readonly number[]): string => pct3.join('+');

/** The rate groups that occur, the lower first. */
export function rateGroups(days: readonly StoreDay[]): RateGroup[] {
  const groups = new Map(days.flatMap((day) => day.taxes.map((tax) => [rateKey(tax.taxPct3), tax.taxPct3])));
  const sum = (pct3: readonly number[]) => pct3.reduce((a, b) => a + b, 0);
  return [...groups]
    .map(([key, pct3]) => ({ key, pct3 }))
    .toSorted((a, b) => sum(a.pct3) - sum(b.pct3) || a.key.localeCompare(b.key));
}

export interface Totals {
  readonly sales: number;
  readonly totalMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly discountMinor: number;
  readonly cashRoundingMinor: number;
}

/** The foot of the table: the rows above, added up. */
export const sumOf = (days: readonly StoreDay[]): Totals =>
  days.reduce(
    (sum, day) => ({
      sales: sum.sales + day.sales,
      totalMinor: sum.totalMinor + day.totalMinor,
      netMinor: sum.netMinor + day.netMinor,
      taxMinor: sum.taxMinor + day.taxMinor,
      discountMinor: sum.discountMinor + day.discountMinor,
      cashRoundingMinor: sum.cashRoundingMinor + day.cashRoundingMinor,
    }),
    { sales: 0, totalMinor: 0, netMinor: 0, taxMinor: 0, discountMinor: 0, cashRoundingMinor: 0 },
  );

export const taxOf = (day: StoreDay, key: string) => day.taxes.find((tax) => rateKey(tax.taxPct3) === key);
export const tenderOf = (day: StoreDay, kind: string): number | undefined =>
  day.tenders.find((tender) => tender.kind === kind)?.amountMinor;

export const taxSum = (days: readonly StoreDay[], key: string): { baseMinor: number; taxMinor: number } =>
  days.reduce(
    (sum, day) => {
      const tax = taxOf(day, key);
      return {
        baseMinor: sum.baseMinor + (tax?.baseMinor ?? 0),
        taxMinor: sum.taxMinor + (tax?.taxMinor ?? 0),
      };
    },
    { baseMinor: 0, taxMinor: 0 },
  );

export const tenderSum = (days: readonly StoreDay[], kind: string): number =>
  days.reduce((sum, day) => sum + (tenderOf(day, kind) ?? 0), 0);

/** Stores keep their books in their own currency; sums never cross one. */
export function byCurrency(days: readonly StoreDay[]): readonly (readonly StoreDay[])[] {
  const groups = new Map<string, StoreDay[]>();
  for (const day of days) {
    const group = groups.get(day.currency);
    if (group) group.push(day);
    else groups.set(day.currency, [day]);
  }
  return [...groups.values()];
}
