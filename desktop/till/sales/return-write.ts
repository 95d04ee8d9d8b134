import { returnedBatchId } from '#shared/inventory/batch.ts';
import { sumMinor } from '#shared/kernel/money.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { receiptNumber, receiptSeries } from '#shared/sales/receipt-number.ts';
import type { PlannedReturn, PlannedReturnLine } from '#shared/sales/return.ts';
import type { RowOf } from '#shared/schema.ts';
import { auditChange } from '../audit-change.ts';
import type { Counter, Today } from '../counter.ts';
import { sha256 } from '../store/crypto.ts';
import { pointsBackChanges } from './loyalty-ledger.ts';
import { type RefundsToWrite, refundChanges } from './return-tenders.ts';
import { ensureShift } from './shift-open.ts';

/** An article that comes back, as its line is written. */
export type ReturnedArticle = Pick<
  RowOf<'sale_return_line'>,
  'packId' | 'name' | 'packSize' | 'baseUnit' | 'taxClassId' | 'taxPct3'
>;
/** A batch the books have never met, read off the box of a return without a receipt. */
type NewBatch = { readonly batchId: string; readonly code: string; readonly expiresOn: string };

export type ReturnToWrite = RefundsToWrite & {
  /** The article of each planned line, in their order. */
  readonly articles: readonly ReturnedArticle[];
  readonly newBatches?: readonly NewBatch[];
  readonly sale: { readonly saleId: string; readonly customerId: string | null } | null;
  readonly saleReceiptNo: string | null;
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly currency: string;
  readonly actorId: string;
  readonly authorisedBy: string | null;
  readonly reason: string;
  readonly today: Today;
};

/** Writes a return: its number, its facts, its stock movements and its changeset, in the caller's transaction. */
export function writeReturn(counter: Counter, made: ReturnToWrite): RowOf<'sale_return'> {
  const { planned, today, actorId } = made;
  const { storeId, tillId } = counter;
  const shift = ensureShift(counter, actorId, today);
  const returnSeries = `${receiptSeries({ storeCode: counter.shop().code, tillCode: counter.till().code, inc: counter.identity.read().inc })}R`;
  const returnN = counter.nextNumber(returnSeries);
  const row: RowOf<'sale_return'> = {
    ...{
      id: counter.ids.next(),
      storeId,
      tillId,
      returnNo: receiptNumber(returnSeries, returnN),
      returnSeries,
      returnN,
    },
    ...{
      at: today.nowMs,
      businessDate: today.business,
      cashierId: actorId,
      shiftId: shift.shiftId,
      kind: made.kind,
    },
    saleId: made.sale?.saleId ?? null,
    saleReceiptNo: made.saleReceiptNo,
    customerId: made.sale?.customerId ?? null,
    ...{
      authorisedBy: made.authorisedBy,
      reason: made.reason,
      currency: made.currency,
      taxMode: made.taxMode,
    },
    lineCount: planned.lines.length,
    ...{
      taxMinor: planned.taxMinor,
      totalMinor: planned.totalMinor,
      cashRoundingMinor: planned.cashRoundingMinor,
    },
  };
  const asides = new Set<string>();
  const changes: Change[] = [
    ...shift.changes,
    { t: 'sale_return', op: 'insert', row },
    ...(made.newBatches ?? []).map((batch) => batchChange(row, { batch, made })),
    ...planned.lines.flatMap((line, i) =>
      lineChanges(counter, row, { line, lineNo: i + 1, article: made.articles[i], asides, made }),
    ),
    ...planned.taxes.map((tax) => taxChange(counter, row, tax)),
    ...refundChanges(counter, row, made),
    ...pointsBackChanges(counter, row, planned),
    ...(made.authorisedBy === null ? [] : [agreedChange(counter, row, made.authorisedBy)]),
  ];
  // A void that a colleague agreed to in place goes as a return: its maker has no right to the other by himself.
  const type = made.kind === 'void' && made.authorisedBy === null ? 'sale-void' : 'sale-return';
  counter.replica.record({ type, actor: actorId, subjectId: row.id, changes });
  return row;
}

type Line = {
  readonly line: PlannedReturnLine;
  readonly lineNo: number;
  readonly article: ReturnedArticle | undefined;
  /** Rows for goods set aside that this return has made already. */
  readonly asides: Set<string>;
  readonly made: ReturnToWrite;
};

function lineChanges(
  counter: Counter,
  made: RowOf<'sale_return'>,
  { line, lineNo, article, asides, made: { newBatches = [] } }: Line,
): Change[] {
  if (!article) throw new Error('every line of a return has its article');
  const row: RowOf<'sale_return_line'> = {
    ...{ id: counter.ids.next(), returnId: made.id, storeId: made.storeId, lineNo },
    ...{ packId: article.packId, name: article.name, packSize: article.packSize, baseUnit: article.baseUnit },
    ...{ taxClassId: article.taxClassId, taxPct3: article.taxPct3 },
    ...line,
  };
  return [
    { t: 'sale_return_line', op: 'insert', row },
    ...stockChanges(counter, made, { line: row, asides, newBatches }),
  ];
}

type Stock = {
  readonly line: RowOf<'sale_return_line'>;
  readonly asides: Set<string>;
  readonly newBatches: readonly NewBatch[];
};

/**
 * To the shelf: the batch itself. Aside: a quarantined row of the same code beside it, so that what is on sale stays on
 * sale. Away: back into the batch and out of it again, so that both are on the books. Without a batch nothing moves:
 * such goods are destroyed, and were never counted in.
 */
function stockChanges(
  counter: Counter,
  made: RowOf<'sale_return'>,
  { line, asides, newBatches }: Stock,
): Change[] {
  const { batchId = null, place, qtyBase } = line;
  if (batchId === null) return [];
  const move = (kind: 'customerReturn' | 'dispose', to: string, signed: number): Change => ({
    t: 'stock_movement',
    op: 'insert',
    row: {
      ...{
        id: counter.ids.next(),
        storeId: made.storeId,
        batchId: to,
        packId: line.packId,
        kind,
        qtyBase: signed,
      },
      ...{ documentId: made.id, documentLine: line.lineNo, at: made.at, businessDate: made.businessDate },
      ...{ actorId: made.cashierId, reason: null },
    } satisfies RowOf<'stock_movement'>,
  });
  if (place === 'shelf') return [move('customerReturn', batchId, qtyBase)];
  if (place === 'destruction')
    return [move('customerReturn', batchId, qtyBase), move('dispose', batchId, -qtyBase)];
  const aside = quarantineRow(counter, made, { batchId, packId: line.packId, newBatches });
  const first = !asides.has(aside.batchId);
  asides.add(aside.batchId);
  return [...(first ? aside.changes : []), move('customerReturn', aside.batchId, qtyBase)];
}

/** The row for goods set aside, made and quarantined at its first use. A batch that is blocked already needs none. */
function quarantineRow(
  counter: Counter,
  made: RowOf<'sale_return'>,
  {
    batchId,
    packId,
    newBatches,
  }: { readonly batchId: string; readonly packId: string } & Pick<Stock, 'newBatches'>,
): { readonly batchId: string; readonly changes: readonly Change[] } {
  if (counter.batches.status(batchId) !== 'sellable') return { batchId, changes: [] };
  const aside = returnedBatchId(sha256, batchId);
  const { storeId, at, businessDate, cashierId: actorId } = made;
  const fresh = newBatches.find((batch) => batch.batchId === batchId);
  const facts = fresh
    ? { code: fresh.code, expiresOn: fresh.expiresOn, costMinor: 0, costQtyBase: 1 }
    : batchFacts(counter, batchId);
  const cols = { ...facts, storeId, packId, receivedAt: at, packPriceMinor: null };
  const known = counter.batches.find(aside) !== null;
  const held = counter.batches.status(aside) !== 'sellable';
  const decision: RowOf<'batch_decision'> = {
    ...{ id: counter.ids.next(), storeId, batchId: aside, kind: 'quarantine', endsId: null },
    ...{ reason: 'customer-return', at, businessDate, actorId },
  };
  return {
    batchId: aside,
    changes: [
      ...(known ? [] : [{ t: 'batch', op: 'set', id: aside, cols } as const]),
      ...(held ? [] : [{ t: 'batch_decision', op: 'insert', row: decision } as const]),
    ],
  };
}

const batchFacts = ({ db }: Counter, batchId: string) =>
  db
    .prepare<[string], Pick<RowOf<'batch'>, 'code' | 'expiresOn' | 'costMinor' | 'costQtyBase'>>(
      `SELECT code, expires_on AS expiresOn, cost_minor AS costMinor, cost_qty_base AS costQtyBase FROM batch WHERE id = ?`,
    )
    .get(batchId);

function batchChange(
  { storeId, at }: RowOf<'sale_return'>,
  { batch, made }: { readonly batch: NewBatch; readonly made: ReturnToWrite },
): Change {
  const line = made.planned.lines.findIndex((one) => one.batchId === batch.batchId);
  const packId = made.articles[line]?.packId ?? '';
  const cost = { costMinor: 0, costQtyBase: 1, packPriceMinor: null };
  const cols = { storeId, packId, code: batch.code, expiresOn: batch.expiresOn, receivedAt: at, ...cost };
  return { t: 'batch', op: 'set', id: batch.batchId, cols };
}

function taxChange(
  counter: Counter,
  made: RowOf<'sale_return'>,
  tax: PlannedReturn['taxes'][number],
): Change {
  const { taxPct3, baseMinor, componentsMinor } = tax;
  const row: RowOf<'sale_return_tax'> = {
    ...{
      id: counter.ids.next(),
      returnId: made.id,
      storeId: made.storeId,
      taxPct3,
      baseMinor,
      componentsMinor,
    },
    taxMinor: sumMinor(componentsMinor),
  };
  return { t: 'sale_return_tax', op: 'insert', row };
}

/** A colleague agreed in place: both names, for what, when. */
const agreedChange = (counter: Counter, row: RowOf<'sale_return'>, actorId: string): Change =>
  auditChange(
    counter,
    { nowMs: row.at, business: row.businessDate },
    {
      ...{ actorId, action: `sales.${row.kind}-authorised`, subjectId: row.id, reason: row.reason },
      details: { cashierId: row.cashierId, totalMinor: row.totalMinor },
    },
  );
