import type { Session } from '#shared/auth/calls.ts';
import type { Permission } from '#shared/auth/permissions.ts';
import { sumMinor } from '#shared/kernel/money.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { Cart } from '#shared/sales/cart.ts';
import {
  discountOfCart,
  type LineBatch,
  type PricedCart,
  type PricedLine,
} from '#shared/sales/cart-pricing.ts';
import { blockersOf } from '#shared/sales/cart-view.ts';
import { type Settlement, settle } from '#shared/sales/cash.ts';
import { hasUnagreedDiscount } from '#shared/sales/discount-limit.ts';
import { receiptNumber, receiptSeries } from '#shared/sales/receipt-number.ts';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import type { RowOf } from '#shared/schema.ts';
import { auditChange } from '../audit-change.ts';
import type { Counter, Today } from '../counter.ts';
import { refuse } from '../refuse.ts';
import { cartDiscountChange, lineDiscountChanges } from './discount-notes.ts';
import { type ForeignGiven, foreignCashChange } from './foreign-cash.ts';
import { issuedVouchers, ledgerChanges } from './ledgers.ts';
import { pointsChanges } from './loyalty-ledger.ts';
import { ensureShift } from './shift-open.ts';

export type TenderGiven = {
  readonly kind: TenderKind;
  readonly amountMinor: number;
  readonly reference?: string | undefined;
  /** The attempt at the terminal that took it, and when it did (card-desk.ts). */
  readonly attemptId?: string | undefined;
  readonly authorisedAt?: number | undefined;
  readonly foreign?: ForeignGiven | undefined;
};

export type SaleToComplete = {
  readonly cart: Cart;
  readonly priced: PricedCart;
  readonly tenders: readonly TenderGiven[];
  readonly cashier: Session;
  /** Rights of the cashier and of a pharmacist who gave a PIN in place. */
  readonly rights: ReadonlySet<Permission>;
  readonly pharmacistId: string | null;
  /** Rights over accounts and vouchers, and who lent them in place. */
  readonly creditRights: ReadonlySet<Permission>;
  readonly agreedBy: string | null;
  readonly today: Today;
};

/** Refuses what may not be paid for as it stands: the first hard stop in the order a cashier can mend them. */
export function refuseBlocked(
  counter: Counter,
  { cart, priced, rights }: Pick<SaleToComplete, 'cart' | 'priced' | 'rights'>,
): void {
  if (cart.lines.length === 0) refuse({ code: 'EMPTY_CART' });
  const blockers = blockersFor(counter, { priced, rights });
  for (const code of ['PRICE_TO_TYPE', 'PRESCRIPTION_REQUIRED', 'PHARMACIST_REQUIRED'] as const) {
    const lineIds = blockers.filter((b) => b.code === code).map((b) => b.lineId);
    if (lineIds.length > 0) refuse({ code, lineIds });
  }
  for (const line of priced.lines) refuseUnsellable(line);
  if (hasUnagreedDiscount(cart, priced, counter.setting('sales.discount-limit')))
    refuse({ code: 'MISSING_RIGHT', permission: 'sales.discount.over-limit' });
}

/** Whether these rights alone would not do for this cart. */
export const isBlocked = (counter: Counter, cart: Pick<SaleToComplete, 'priced' | 'rights'>): boolean =>
  blockersFor(counter, cart).length > 0;

function blockersFor(counter: Counter, { priced, rights }: Pick<SaleToComplete, 'priced' | 'rights'>) {
  const policy = counter.setting('sales.prescription-policy');
  return priced.lines.flatMap((line) => blockersOf(line, { policy, rights }));
}

function refuseUnsellable({ pack, stopped, shortBase, qtyBase }: PricedLine): void {
  const { packId, name } = pack;
  if (stopped) {
    const { batchId, code, expiresOn } = stopped.batch;
    const batch = { batchId, code, expiresOn };
    refuse({ code: 'BATCH_STOPPED', packId, name, batch, why: stopped.why, instead: null });
  }
  if (shortBase > 0)
    refuse({ code: 'NONE_ON_HAND', packId, name, wantBase: qtyBase, onHandBase: qtyBase - shortBase });
}

/** Change and rounding for these tenders, or what is wrong with them in the contract's words. */
export function settleTenders(
  totalMinor: number,
  tenders: readonly TenderGiven[],
  cashStepMinor: number,
): Settlement {
  const settled = settle({ totalMinor, tenders, cashStepMinor });
  if (settled.ok) return settled.value;
  const { error } = settled;
  if (error.code === 'under-paid') return refuse({ code: 'UNDERPAID', leftMinor: error.missingMinor });
  if (error.code === 'over-paid-without-cash')
    return refuse({ code: 'OVERPAID', overMinor: error.excessMinor });
  throw new Error(`tenders were checked by the contract: ${error.field}`);
}

/**
 * Writes the sale: its number, its facts, its stock movements and its changeset, in the caller's transaction.
 * Returns the sale's row.
 */
export function writeSale(counter: Counter, sale: SaleToComplete): RowOf<'sale'> {
  const { totalMinor } = sale.priced.totals;
  const shop = counter.shop();
  const settlement = settleTenders(totalMinor, sale.tenders, shop.cashStepMinor);
  const series = receiptSeries({
    storeCode: shop.code,
    tillCode: counter.till().code,
    inc: counter.identity.read().inc,
  });
  const n = counter.nextNumber(series);
  const shift = ensureShift(counter, sale.cashier.personId, sale.today);
  const row: RowOf<'sale'> = {
    id: counter.ids.next(),
    storeId: counter.storeId,
    tillId: counter.tillId,
    receiptNo: receiptNumber(series, n),
    receiptSeries: series,
    receiptN: n,
    at: sale.today.nowMs,
    businessDate: sale.today.business,
    cashierId: sale.cashier.personId,
    currency: shop.currency,
    taxMode: shop.taxMode,
    lineCount: sale.priced.lines.length,
    discountMinor: discountOfCart(sale.priced),
    taxMinor: sumMinor(sale.priced.totals.taxes.flatMap((t) => t.componentsMinor)),
    totalMinor,
    cashRoundingMinor: settlement.cashRoundingMinor,
    changeMinor: settlement.changeMinor,
    shiftId: shift.shiftId,
    customerId: sale.cart.head?.customerId ?? null,
    note: sale.cart.head?.note ?? null,
    taxExemption: sale.priced.taxExemption,
  };
  const changes: Change[] = [
    ...shift.changes,
    { t: 'sale', op: 'insert', row },
    ...sale.priced.lines.flatMap((line, i) => lineChanges(counter, row, { line, lineNo: i + 1, sale })),
    ...taxChanges(counter, row, sale.priced),
    ...cartDiscountChange(counter, row, sale),
    ...sale.tenders.flatMap((tender, i) => tenderChanges(counter, row, { tender, lineNo: i + 1 })),
    ...sale.priced.lines.flatMap((line, i) => issuedVouchers(counter, row, { line, lineNo: i + 1 })),
    ...ledgerChanges(counter, row, { tenders: sale.tenders, rights: sale.creditRights }),
    ...pointsChanges(counter, row, sale.priced),
    ...answeredBy(counter, row, { actorId: sale.pharmacistId, action: 'sales.pharmacist-answered' }),
    ...answeredBy(counter, row, { actorId: sale.agreedBy, action: 'sales.over-limit-agreed' }),
  ];
  counter.replica.record({ type: 'sale', actor: sale.cashier.personId, subjectId: row.id, changes });
  return row;
}

function lineChanges(
  counter: Counter,
  sale: RowOf<'sale'>,
  { line, lineNo, sale: { priced } }: { line: PricedLine; lineNo: number; sale: SaleToComplete },
): Change[] {
  const totals = priced.totals.lines[lineNo - 1];
  if (!totals) throw new Error('every line has its totals');
  const { pack } = line;
  const row: RowOf<'sale_line'> = {
    id: counter.ids.next(),
    saleId: sale.id,
    storeId: sale.storeId,
    lineNo,
    packId: pack.packId,
    name: pack.name,
    scheduleClass: pack.scheduleClass,
    qtyBase: line.qtyBase,
    packSize: pack.packSize,
    baseUnit: pack.baseUnit,
    packPriceMinor: pack.priceMinor,
    ...totals,
    taxClassId: pack.taxClassId,
    taxPct3: pack.taxPct3,
    discountReason: line.discount?.reason ?? null,
    note: line.note,
  };
  return [
    { t: 'sale_line', op: 'insert', row },
    ...lineDiscountChanges(counter, sale, { line, saleLineId: row.id, minor: totals.lineDiscountMinor }),
    ...line.batches.flatMap((batch) =>
      movementChanges(counter, sale, { batch, lineNo, packId: pack.packId }),
    ),
  ];
}

function movementChanges(
  counter: Counter,
  sale: RowOf<'sale'>,
  { batch, lineNo, packId }: { batch: LineBatch; lineNo: number; packId: string },
): Change[] {
  const { storeId, at, businessDate, cashierId: actorId } = sale;
  const row: RowOf<'stock_movement'> = {
    ...{
      id: counter.ids.next(),
      storeId,
      batchId: batch.batchId,
      packId,
      kind: 'sell',
      qtyBase: -batch.qtyBase,
    },
    ...{ documentId: sale.id, documentLine: lineNo, at, businessDate, actorId },
    reason: batch.why === 'fefo' ? null : batch.why,
  };
  const movement: Change = { t: 'stock_movement', op: 'insert', row };
  if (batch.why !== 'not-on-books') return [movement];
  const cols = {
    storeId,
    packId,
    code: batch.code,
    expiresOn: batch.expiresOn,
    receivedAt: at,
    costMinor: 0,
    costQtyBase: 1,
    packPriceMinor: null,
  };
  return [{ t: 'batch', op: 'set', id: batch.batchId, cols }, movement];
}

function taxChanges(counter: Counter, sale: RowOf<'sale'>, priced: PricedCart): Change[] {
  return priced.totals.taxes.map(({ taxPct3, baseMinor, componentsMinor }) => {
    const row: RowOf<'sale_tax'> = {
      ...{ id: counter.ids.next(), saleId: sale.id, storeId: sale.storeId },
      ...{ taxPct3, baseMinor, taxMinor: sumMinor(componentsMinor), componentsMinor },
    };
    return { t: 'sale_tax', op: 'insert', row };
  });
}

function tenderChanges(
  counter: Counter,
  sale: RowOf<'sale'>,
  { tender, lineNo }: { tender: TenderGiven; lineNo: number },
): Change[] {
  const { kind, amountMinor, reference = null, attemptId, authorisedAt = sale.at } = tender;
  const row: RowOf<'tender'> = {
    // An attempt's own: by it the attempt is known to have its sale, and cannot have a second one.
    id: attemptId ?? counter.ids.next(),
    saleId: sale.id,
    storeId: sale.storeId,
    lineNo,
    kind,
    amountMinor,
    reference,
    authorisedAt,
  };
  const { foreign } = tender;
  return [{ t: 'tender', op: 'insert', row }, ...foreignCashChange(counter, sale, { tender: row, foreign })];
}

/** Somebody answered for this sale in place: who, for what, when. */
function answeredBy(
  counter: Counter,
  sale: RowOf<'sale'>,
  { actorId, action }: { readonly actorId: string | null; readonly action: string },
): Change[] {
  if (actorId === null) return [];
  const told = { actorId, action, subjectId: sale.id, details: { cashierId: sale.cashierId } };
  return [auditChange(counter, { nowMs: sale.at, business: sale.businessDate }, told)];
}
