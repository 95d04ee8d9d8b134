import type pg from 'pg';
import type { DayTotals, SaleView } from '#shared/sales/calls.ts';
import type { ZReport } from '#shared/sales/calls-shift.ts';
import type { HqClient, TillClient } from '../clients.ts';

/** What one side has of a store's days, in a form that can be held against the other's. Minor units and base units. */
export type DayBooks = {
  readonly days: readonly DayTotals[];
  /** By receipt number. */
  readonly sales: Readonly<Record<string, Pick<SaleView, 'at' | 'totalMinor'>>>;
  /** The shift's Z-report. */
  readonly close: Pick<
    ZReport,
    'zNo' | 'expected' | 'counted' | 'varianceMinor' | 'leftMinor' | 'totals' | 'grandTotalMinor'
  >;
  /** By batch, of the packs that were sold. */
  readonly onHand: Readonly<Record<string, number>>;
};

/** The till's side, by its own calls. */
export async function booksOfTill(till: TillClient, packIds: readonly string[]): Promise<DayBooks> {
  const [close] = await till.sales.shift.reports({ limit: 1 });
  if (close === undefined) throw new Error('no shift was closed');
  const batches = await Promise.all(packIds.map((packId) => till.inventory.batches({ packId })));
  return {
    days: (await till.sales.dayTotals({})).map(inOneOrder),
    sales: numbered(await till.sales.sales({ limit: 500 })),
    close: closing(close),
    onHand: Object.fromEntries(batches.flat().map(({ batchId, onHandBase }) => [batchId, onHandBase])),
  };
}

/** HQ's side: its day report, and for the rest its tables, read past all of its code. */
export async function booksOfHq(
  { pool, backOffice }: { readonly pool: pg.Pool; readonly backOffice: () => Promise<HqClient> },
  {
    storeId,
    since,
    packIds,
    days,
  }: {
    readonly storeId: string;
    /** Epoch milliseconds. */
    readonly since: number;
    readonly packIds: readonly string[];
    /** Business dates. */
    readonly days: readonly string[];
  },
): Promise<DayBooks> {
  const hq = await backOffice();
  const reports = await Promise.all(days.map((businessDate) => hq.reports.day({ businessDate })));
  const own = reports.flat().filter((one) => one.storeId === storeId);
  const sales = await pool.query<Numbered>(SALES, [storeId, since]);
  const closes = await pool.query<DayBooks['close']>(CLOSE, [storeId, since]);
  const stock = await pool.query<{ batchId: string; qtyBase: number }>(STOCK, [storeId, packIds]);
  const [close] = closes.rows;
  if (close === undefined) throw new Error('HQ has no closed shift');
  return {
    days: own.map(totalsOf),
    sales: numbered(sales.rows),
    close: closing(close),
    onHand: Object.fromEntries(stock.rows.map(({ batchId, qtyBase }) => [batchId, qtyBase])),
  };
}

type Numbered = Pick<SaleView, 'receiptNo' | 'at' | 'totalMinor'>;

const numbered = (sales: readonly Numbered[]): DayBooks['sales'] =>
  Object.fromEntries(sales.map(({ receiptNo, at, totalMinor }) => [receiptNo, { at, totalMinor }]));

const closing = (close: DayBooks['close']): DayBooks['close'] => ({
  ...{ zNo: close.zNo, expected: close.expected, counted: close.counted, totals: close.totals },
  ...{ varianceMinor: close.varianceMinor, leftMinor: close.leftMinor },
  grandTotalMinor: close.grandTotalMinor,
});

const totalsOf = ({
  storeId: _storeId,
  storeCode: _storeCode,
  storeName: _storeName,
  currency: _currency,
  minorDigits: _minorDigits,
  dataTo: _dataTo,
  complete: _complete,
  ...totals
}: Awaited<ReturnType<HqClient['reports']['day']>>[number]): DayTotals => inOneOrder(totals);

/** Each side lists rates and means of payment in an order of its own. */
const inOneOrder = ({ taxes, tenders, ...totals }: DayTotals): DayTotals => ({
  ...totals,
  taxes: taxes.toSorted((a, b) => rateOf(a) - rateOf(b)),
  tenders: tenders.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
});
const rateOf = ({ taxPct3 }: DayTotals['taxes'][number]): number => taxPct3.reduce((a, b) => a + b, 0);

/** From the lines, not from what the sale says of itself. */
const SALES = `
  SELECT s.receipt_no AS "receiptNo", s.at, sum(l.amount_minor)::int AS "totalMinor"
    FROM sale s JOIN sale_line l ON l.sale_id = s.id
   WHERE s.store_id = $1 AND s.at >= $2 GROUP BY s.receipt_no, s.at`;

const CLOSE = `
  SELECT z_no AS "zNo", expected, counted, variance_minor::int AS "varianceMinor", left_minor::int AS "leftMinor",
         totals, grand_total_minor::int AS "grandTotalMinor"
    FROM shift_close WHERE store_id = $1 AND at >= $2 ORDER BY at DESC LIMIT 1`;

/** From the movements, not from HQ's running sum. */
const STOCK = `
  SELECT batch_id AS "batchId", sum(qty_base)::int AS "qtyBase"
    FROM stock_movement WHERE store_id = $1 AND pack_id = ANY($2) GROUP BY batch_id`;
