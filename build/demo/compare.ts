import type { SaleView } from '#shared/sales/calls.ts';
import type { HqClient, TillClient } from '../clients.ts';
import { differences, figuresOf, openBooks } from './books.ts';

export type Counted = {
  readonly storeId: string;
  readonly hq: HqClient;
  readonly postgresLock: string;
  readonly tills: readonly { readonly name: string; readonly till: TillClient }[];
  /** Every sale that a till has acknowledged to its cashier. */
  readonly acknowledged: readonly SaleView[];
  /** Epoch milliseconds before the first of them. */
  readonly since: number;
};

export type Comparison = {
  readonly sales: number;
  readonly totalMinor: number;
  /** HQ's figures of the days, for showing. */
  readonly figures: ReadonlyMap<string, number>;
  readonly batches: number;
  /** What differs, one sentence each; empty when HQ equals the sum of the tills. */
  readonly wrong: readonly string[];
};

/**
 * Holds HQ against the tills of a store, each counted by its own means: what cashiers were told, the tills' own day
 * totals, HQ's report, and HQ's tables recounted in SQL; then stock by batch and the numbers of the receipts.
 */
export async function compare(counted: Counted): Promise<Comparison> {
  const books = await openBooks(counted.postgresLock);
  try {
    const days = [...new Set(counted.acknowledged.map((sale) => sale.businessDate))].sort();
    const wrong: string[] = [];
    const figures = new Map<string, number>();
    for (const day of days) {
      const found = await compareDay(counted, books, day);
      wrong.push(...found.wrong.map((what) => `${day}, ${what}`));
      for (const [what, amount] of found.figures) figures.set(what, (figures.get(what) ?? 0) + amount);
    }
    const stock = await compareStock(counted, books);
    wrong.push(...(await compareSales(counted, books)), ...stock.wrong);
    wrong.push(...(await quarantined(counted.hq)));
    return {
      ...{ figures, wrong, batches: stock.batches },
      sales: figures.get('sales') ?? 0,
      totalMinor: figures.get('total') ?? 0,
    };
  } finally {
    await books.close();
  }
}

type Books = Awaited<ReturnType<typeof openBooks>>;

async function compareDay({ hq, storeId, tills }: Counted, books: Books, businessDate: string) {
  const report = (await hq.reports.day({ businessDate })).filter((one) => one.storeId === storeId);
  const figures = figuresOf(report);
  const atTills = await Promise.all(tills.map(({ till }) => till.sales.dayTotals({ businessDate })));
  const recounted = await books.day(storeId, businessDate);
  return {
    figures,
    wrong: [
      ...differences(figures, figuresOf(atTills.flat())).map((d) => `HQ's report and the tills, ${d}`),
      ...differences(figures, recounted).map((d) => `HQ's report and its tables, ${d}`),
    ],
  };
}

/** Every acknowledged sale is at HQ once, no other is, and no number of a series is missing. */
async function compareSales({ acknowledged, since }: Counted, books: Books): Promise<string[]> {
  const atHq = await books.sales(since);
  const there = new Map(atHq.map((sale) => [sale.id, sale]));
  const told = new Map(acknowledged.map((sale) => [sale.saleId, sale]));
  return [
    ...acknowledged
      .filter(({ saleId, totalMinor }) => there.get(saleId)?.totalMinor !== totalMinor)
      .map(({ receiptNo }) => `${receiptNo} was paid and is not at HQ as it was`),
    ...atHq
      .filter(({ id }) => !told.has(id))
      .map(({ series, n }) => `HQ has ${series} ${n}, which no cashier saw`),
    ...atHq.flatMap(({ series, n }, i) => {
      const before = atHq[i - 1];
      const due = before?.series === series ? before.n + 1 : 1;
      return n === due ? [] : [`${series}: ${n} follows where ${due} is due`];
    }),
  ];
}

/** On hand of every batch of the store, at HQ and at each till; and HQ's sums against its movements. */
async function compareStock({ storeId, tills }: Counted, books: Books) {
  const atHq = await books.onHand(storeId);
  const kept = new Map(atHq.map(({ batchId, kept: qty }) => [batchId, qty]));
  const wrong = atHq
    .filter((batch) => batch.kept !== batch.counted)
    .map(({ batchId, ...n }) => `batch ${batchId}: HQ keeps ${n.kept}, its movements make ${n.counted}`);
  for (const { name, till } of tills) {
    const here = differences(kept, await onHandAt(till, new Set(atHq.map(({ packId }) => packId))));
    wrong.push(...here.map((d) => `on hand at HQ and ${name}, batch ${d}`));
  }
  return { wrong, batches: kept.size };
}

async function onHandAt(till: TillClient, packIds: Iterable<string>): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const packId of packIds)
    for (const { batchId, onHandBase } of await till.inventory.batches({ packId }))
      found.set(batchId, onHandBase);
  return found;
}

async function quarantined(hq: HqClient): Promise<string[]> {
  const { rows } = await hq.auth.quarantine({ state: 'open' });
  return rows.map(({ tillName, type, reason }) => `HQ refused a ${type} of ${tillName}: ${reason}`);
}
