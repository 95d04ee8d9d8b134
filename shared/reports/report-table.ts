import type { TenderKind } from '#shared/sales/tender-kinds.ts';

/** The reports a till makes of its own store's books, without HQ. */
export const reportKinds = ['days', 'hours', 'cashiers', 'tenders', 'taxes', 'articles', 'expiry'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What a column tells; the words for it are the reader's, in the language of the screen or of the paper. */
export const columnNames = [
  'day',
  'hour',
  'cashier',
  'tender',
  'rate',
  'article',
  'batch',
  'expires',
  'daysLeft',
  'quantity',
  'onHand',
  'sales',
  'sold',
  'returns',
  'returned',
  'total',
  'net',
  'tax',
  'discount',
  'rounding',
  'payments',
  'taken',
  'givenBack',
  'cost',
] as const;
export type ColumnName = (typeof columnNames)[number];

/**
 * One cell: text, a date `YYYY-MM-DD`, a means of payment, an hour 0–23, a count, days or minor units; a rate group in
 * thousandths of a percent; a quantity as `[qtyBase, packSize]`, with a 1 behind where it reads as a weight. Null: nothing to
 * say there.
 */
export type Cell = string | number | readonly number[] | null;

/**
 * A report as a table: screen, paper and file show the same one. A row whose first cell is null stands for all that
 * have no row of their own; `total` is the sum of the rows to the cent.
 */
export type ReportTable = {
  readonly kind: ReportKind;
  readonly columns: readonly ColumnName[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total: readonly Cell[] | null;
};

export type CellKind = 'text' | 'day' | 'tender' | 'hour' | 'rate' | 'quantity' | 'count' | 'money';

/** How the cells of a column are to be read. */
export const cellKinds: Readonly<Record<ColumnName, CellKind>> = {
  ...{ day: 'day', hour: 'hour', cashier: 'text', tender: 'tender', rate: 'rate', article: 'text' },
  ...{ batch: 'text', expires: 'day', daysLeft: 'count', quantity: 'quantity', onHand: 'quantity' },
  ...{ sales: 'count', sold: 'money', returns: 'count', returned: 'money', total: 'money', net: 'money' },
  ...{ tax: 'money', discount: 'money', rounding: 'money', payments: 'count', taken: 'money' },
  ...{ givenBack: 'money', cost: 'money' },
};

/** A cell of a column of means of payment. */
export const isTender = (cell: Cell, names: Readonly<Record<TenderKind, string>>): cell is TenderKind =>
  typeof cell === 'string' && Object.hasOwn(names, cell);
