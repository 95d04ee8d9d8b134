import { mulDivRound, sumMinor } from '#shared/kernel/money.ts';
import { splitPacks } from '#shared/kernel/quantity.ts';
import { type TenderKind, tenderKinds } from '#shared/sales/tender-kinds.ts';
import type { Cell, ColumnName, ReportKind, ReportTable } from './report-table.ts';

/**
 * Sales and returns of one business date, local hour and cashier. Amounts are positive minor units; `taxMinor` and
 * `cashRoundingMinor` are the sales' less the returns', as the receipts have them.
 */
export type Activity = {
  readonly businessDate: string;
  readonly hour: number;
  readonly cashierId: string;
  readonly cashier: string;
  readonly sales: number;
  readonly soldMinor: number;
  readonly returns: number;
  readonly returnedMinor: number;
  readonly taxMinor: number;
  readonly discountMinor: number;
  readonly cashRoundingMinor: number;
};

/** One means of payment: what was handed over, and what went back as change or refund. Positive minor units. */
export type TenderPart = {
  readonly kind: TenderKind;
  readonly payments: number;
  readonly takenMinor: number;
  readonly givenBackMinor: number;
};

/** Tax of one rate group, sales less returns. */
export type TaxPart = {
  readonly taxPct3: readonly number[];
  readonly baseMinor: number;
  readonly taxMinor: number;
};

/** One pack sold, less what came back of it; `totalMinor` contains the tax. */
export type ArticlePart = {
  readonly packId: string;
  readonly packSize: number;
  readonly name: string;
  readonly qtyBase: number;
  /** It reads as a weight (catalog/weighed-sale.ts). */
  readonly weighed: boolean;
  readonly totalMinor: number;
  readonly taxMinor: number;
};

/** A batch on the shelf; its cost is `costMinor` for `costQtyBase` base units (RULES.md §2). */
export type ExpiringBatch = {
  readonly name: string;
  readonly code: string;
  readonly expiresOn: string;
  readonly daysLeft: number;
  readonly qtyBase: number;
  readonly packSize: number;
  /** It reads as a weight (catalog/weighed-sale.ts). */
  readonly weighed: boolean;
  readonly costMinor: number;
  readonly costQtyBase: number;
};

/** By business date: one row a day, and their sum. */
export const daysTable = (parts: readonly Activity[]): ReportTable =>
  activityTable('days', 'day', parts, (part) => [part.businessDate, part.businessDate]);

/** By hour on the store's wall clock, all days together. */
export const hoursTable = (parts: readonly Activity[]): ReportTable =>
  activityTable('hours', 'hour', parts, (part) => [String(part.hour).padStart(2, '0'), part.hour]);

/** By the person at the counter, in the order of names. */
export const cashiersTable = (parts: readonly Activity[]): ReportTable =>
  activityTable('cashiers', 'cashier', parts, (part) => [`${part.cashier} ${part.cashierId}`, part.cashier]);

function activityTable(
  kind: ReportKind,
  by: ColumnName,
  parts: readonly Activity[],
  keyOf: (part: Activity) => readonly [key: string, cell: Cell],
): ReportTable {
  const groups = [...grouped(parts, (part) => keyOf(part)[0])].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    kind,
    columns: [by, ...activityColumns],
    rows: groups.map(([, [first, ...rest]]) =>
      first ? [keyOf(first)[1], ...activityCells([first, ...rest])] : [],
    ),
    total: [null, ...activityCells(parts)],
  };
}

const activityColumns: readonly ColumnName[] = [
  ...(['sales', 'sold', 'returns', 'returned', 'total', 'net', 'tax', 'discount', 'rounding'] as const),
];

function activityCells(parts: readonly Activity[]): Cell[] {
  const sum = (of: (part: Activity) => number) => sumMinor(parts.map(of));
  const [sold, returned, tax] = [
    sum((part) => part.soldMinor),
    sum((part) => part.returnedMinor),
    sum((part) => part.taxMinor),
  ];
  return [
    ...[sum((part) => part.sales), sold, sum((part) => part.returns), returned],
    ...[sold - returned, sold - returned - tax, tax],
    ...[sum((part) => part.discountMinor), sum((part) => part.cashRoundingMinor)],
  ];
}

/** By means of payment, in their usual order; the total is what was taken less what went back. */
export function tendersTable(parts: readonly TenderPart[]): ReportTable {
  const cells = (of: readonly TenderPart[]): Cell[] => {
    const [taken, back] = [sumMinor(of.map((p) => p.takenMinor)), sumMinor(of.map((p) => p.givenBackMinor))];
    return [sumMinor(of.map((p) => p.payments)), taken, back, taken - back];
  };
  return {
    kind: 'tenders',
    columns: ['tender', 'payments', 'taken', 'givenBack', 'total'],
    rows: tenderKinds.flatMap((kind) => {
      const of = parts.filter((part) => part.kind === kind);
      return of.length === 0 ? [] : [[kind, ...cells(of)]];
    }),
    total: [null, ...cells(parts)],
  };
}

/** By rate group, the lowest first. */
export function taxesTable(parts: readonly TaxPart[]): ReportTable {
  const cells = (of: readonly TaxPart[]): Cell[] => {
    const [base, tax] = [sumMinor(of.map((p) => p.baseMinor)), sumMinor(of.map((p) => p.taxMinor))];
    return [base, tax, base + tax];
  };
  const groups = [...grouped(parts, ({ taxPct3 }) => JSON.stringify(taxPct3))]
    .map(([key, of]) => ({ key, rate: of[0]?.taxPct3 ?? [], of }))
    .sort((a, b) => sumMinor(a.rate) - sumMinor(b.rate) || (a.key < b.key ? -1 : 1));
  return {
    kind: 'taxes',
    columns: ['rate', 'net', 'tax', 'total'],
    rows: groups.map(({ rate, of }) => [rate, ...cells(of)]),
    total: [null, ...cells(parts)],
  };
}

/** The best-selling articles by amount or by whole packs; what has no row of its own is summed up in the last one. */
export function articlesTable(
  parts: readonly ArticlePart[],
  { order, limit }: { readonly order: 'amount' | 'quantity'; readonly limit: number },
): ReportTable {
  const sums = createArticleSums();
  sums.add(parts);
  const articles = sums
    .all()
    .sort(
      (a, b) => (order === 'amount' ? 0 : morePacks(a, b)) || b.totalMinor - a.totalMinor || byName(a, b),
    );
  const cells = (of: readonly ArticlePart[]): Cell[] => {
    const [total, tax] = [sumMinor(of.map((p) => p.totalMinor)), sumMinor(of.map((p) => p.taxMinor))];
    return [total - tax, tax, total];
  };
  const rest = articles.slice(limit);
  return {
    kind: 'articles',
    columns: ['article', 'quantity', 'net', 'tax', 'total'],
    rows: [
      ...articles.slice(0, limit).map((one): Cell[] => [one.name, quantityCell(one), ...cells([one])]),
      ...(rest.length === 0 ? [] : [[null, null, ...cells(rest)]]),
    ],
    total: [null, null, ...cells(articles)],
  };
}

/** Sums of articles as their parts come: one for each pack, under the last name it had. */
export function createArticleSums() {
  const sums = new Map<string, ArticlePart>();
  return {
    add(parts: readonly ArticlePart[]): void {
      for (const part of parts) {
        const key = `${part.packId} ${part.packSize}`;
        const sum = sums.get(key);
        sums.set(key, sum ? addedArticle(sum, part) : part);
      }
    },
    all: (): ArticlePart[] => [...sums.values()],
  };
}

const addedArticle = (sum: ArticlePart, part: ArticlePart): ArticlePart => ({
  ...part,
  qtyBase: sumMinor([sum.qtyBase, part.qtyBase]),
  weighed: sum.weighed || part.weighed,
  totalMinor: sumMinor([sum.totalMinor, part.totalMinor]),
  taxMinor: sumMinor([sum.taxMinor, part.taxMinor]),
});

const quantityCell = ({
  qtyBase,
  packSize,
  weighed,
}: Pick<ArticlePart, 'qtyBase' | 'packSize' | 'weighed'>): readonly number[] =>
  weighed ? [qtyBase, packSize, 1] : [qtyBase, packSize];

const packsOf = ({ qtyBase, packSize }: ArticlePart): number =>
  splitPacks(Math.abs(qtyBase), packSize).packs * Math.sign(qtyBase);
const morePacks = (a: ArticlePart, b: ArticlePart): number => packsOf(b) - packsOf(a);
const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

/** Batches that expire, the first to go first, each with what it has cost. */
export function expiryTable(batches: readonly ExpiringBatch[], limit: number): ReportTable {
  const sorted = batches.toSorted(
    (a, b) => a.daysLeft - b.daysLeft || byName(a, b) || (a.code < b.code ? -1 : 1),
  );
  const cost = (of: readonly ExpiringBatch[]) =>
    sumMinor(of.map(({ qtyBase, costMinor, costQtyBase }) => mulDivRound(qtyBase, costMinor, costQtyBase)));
  const rest = sorted.slice(limit);
  return {
    kind: 'expiry',
    columns: ['article', 'batch', 'expires', 'daysLeft', 'onHand', 'cost'],
    rows: [
      ...sorted
        .slice(0, limit)
        .map((one): Cell[] => [
          ...[one.name, one.code, one.expiresOn, one.daysLeft],
          ...[quantityCell(one), cost([one])],
        ]),
      ...(rest.length === 0 ? [] : [[null, null, null, null, null, cost(rest)]]),
    ],
    total: [null, null, null, null, null, cost(sorted)],
  };
}

function grouped<T>(parts: readonly T[], keyOf: (part: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const part of parts) {
    const key = keyOf(part);
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  }
  return groups;
}
