import type { Change } from '#shared/replica/changeset.ts';
import type { Verdict } from '#shared/replica/wire.ts';

/** What the tills have made, summed up as it was made: what HQ has to come to. */
export type Pushed = {
  readonly sale: (changes: readonly Change[]) => void;
  readonly verdict: (verdict: Verdict['verdict']) => void;
  readonly sums: () => Sums;
};
export type Sums = {
  readonly sales: number;
  readonly totalMinor: number;
  readonly taxMinor: number;
  /** By kind of tender. */
  readonly tenders: ReadonlyMap<string, number>;
  /** Base units that left each batch. */
  readonly sold: ReadonlyMap<string, number>;
  readonly verdicts: ReadonlyMap<string, number>;
};

export function createPushed(): Pushed {
  const money = { sales: 0, totalMinor: 0, taxMinor: 0 };
  const tenders: Tally = new Map();
  const sold: Tally = new Map();
  const verdicts: Tally = new Map();
  return {
    sale(changes) {
      for (const change of changes) {
        if (change.op !== 'insert') continue;
        const { t, row } = change;
        if (t === 'sale') {
          money.sales += 1;
          money.totalMinor += Number(row.totalMinor);
          money.taxMinor += Number(row.taxMinor);
        } else if (t === 'tender') add(tenders, String(row.kind), Number(row.amountMinor));
        else if (t === 'stock_movement') add(sold, String(row.batchId), -Number(row.qtyBase));
      }
    },
    verdict: (verdict) => add(verdicts, verdict, 1),
    sums: () => ({ ...money, tenders, sold, verdicts }),
  };
}

/** What two of them come to together. */
export function bothSums(a: Sums, b: Sums): Sums {
  const both = (x: ReadonlyMap<string, number>, y: ReadonlyMap<string, number>) => {
    const sum: Tally = new Map(x);
    for (const [key, n] of y) add(sum, key, n);
    return sum;
  };
  return {
    sales: a.sales + b.sales,
    totalMinor: a.totalMinor + b.totalMinor,
    taxMinor: a.taxMinor + b.taxMinor,
    tenders: both(a.tenders, b.tenders),
    sold: both(a.sold, b.sold),
    verdicts: both(a.verdicts, b.verdicts),
  };
}

type Tally = Map<string, number>;
const add = (to: Tally, key: string, n: number): void => void to.set(key, (to.get(key) ?? 0) + n);
