import type { Change } from '#shared/replica/changeset.ts';
import { type Act, day, hq, storeId, till } from './act.ts';
import { insert, set } from './changes.ts';

const here = { storeId, tillId: 'till 1' };
const done = (at: number) => ({ ...here, ...day(at), actorId: 'manager' });

/** What a cashier's day writes beside sales: shifts, returns, held sales, cards, accounts, papers. */
export const tillActs: readonly Act[] = [
  hq('offer', () => [
    set('offer', 'offer-1', {
      ...{ storeId, name: '3 for 2', rule: { kind: 'bundle', packIds: ['pack-1'], take: 3, pay: 2 } },
      ...{ validFrom: '2026-03-01', validTo: '2026-03-31', fromMinute: 540, toMinute: 720 },
      ...{ couponCode: 'SPRING', active: true },
    }),
    set('price_list', 'list-1', { name: 'Staff', ratePct3: 10_000, active: true }),
    set('list_price', 'list-price-1', {
      ...{ listId: 'list-1', packId: 'pack-1', priceMinor: 450, validFrom: '2026-03-01' },
    }),
  ]),
  till('till-1', 'shift', (at) => [
    insert('shift', { id: 'shift-1', ...done(at), kind: 'counted', floatMinor: 10_000, currency: 'EUR' }),
  ]),
  till('till-1', 'cash-movement', (at) => [
    insert('cash_movement', {
      ...{ id: 'paid-out-1', ...done(at), shiftId: 'shift-1', kind: 'pay-out', amountMinor: 500 },
      reason: 'window cleaner',
    }),
  ]),
  till('till-1', 'no-sale', (at) => [
    insert('cash_movement', {
      ...{
        id: 'opened-1',
        ...done(at),
        shiftId: 'shift-1',
        kind: 'no-sale',
        amountMinor: 0,
        reason: 'coins',
      },
    }),
  ]),
  till('till-1', 'held-sale', (at) => [
    insert('held_sale', {
      ...{ id: 'held-sale-1', ...done(at), name: 'Blue coat', lineCount: 1, totalMinor: 500 },
      ...{ customerId: 'customer-1', content: { lines: [], head: null, shown: [] } },
    }),
  ]),
  till('till-1', 'held-end', (at) => [
    insert('held_end', { id: 'held-end-1', ...done(at), heldId: 'held-sale-1', kind: 'recalled' }),
  ]),
  till('till-1', 'card-attempt', (at) => [
    insert('card_attempt', {
      ...{ id: 'attempt-1', ...done(at), kind: 'charge', terminal: 'simulated', amountMinor: 400 },
      currency: 'EUR',
    }),
  ]),
  till('till-1', 'card-outcome', (at) => [
    insert('card_outcome', {
      ...{ id: 'outcome-1', ...done(at), attemptId: 'attempt-1', outcome: 'approved', by: 'terminal' },
      reference: 'A-17',
    }),
  ]),
  till('till-1', 'account', () => [
    set('account', 'account-1', {
      ...{
        storeId,
        customerId: 'customer-1',
        limitMinor: 5_000,
        priceListId: 'list-1',
        taxExemption: 'EX-1',
      },
      active: true,
    }),
  ]),
  till('till-1', 'account-payment', (at) => [
    insert('account_entry', {
      ...{ id: 'paid-1', ...done(at), customerId: 'customer-1', kind: 'payment', amountMinor: -480 },
      ...{ documentId: 'sale-1', tenderKind: 'cash', shiftId: 'shift-1', reason: 'March' },
    }),
  ]),
  till('till-1', 'sale-return', returnChanges),
  till('till-1', 'tax-invoice', (at) => [
    insert('tax_invoice', {
      ...{ id: 'invoice-1', ...done(at), saleId: 'sale-1', invoiceNo: 'S01-T01AI-000001' },
      ...{ invoiceSeries: 'S01-T01AI', invoiceN: 1, customerId: 'customer-1', buyerName: 'Clinique Haute' },
      ...{ buyerAddress: ['2 rue Haute'], buyerTaxNumber: 'FR2' },
    }),
  ]),
  till('till-1', 'fiscal', (at) => [
    insert('fiscal_signature', {
      ...{
        id: 'signed-1',
        ...here,
        documentId: 'sale-1',
        provider: 'chain',
        state: 'signed',
        signature: 'x',
      },
      ...{ reason: 'late', at },
    }),
  ]),
  till('till-1', 'shift-close', (at) => [
    insert('shift_close', {
      ...{ id: 'close-1', ...done(at), shiftId: 'shift-1', zNo: 'S01-T01AZ-000001', zSeries: 'S01-T01AZ' },
      ...{ zN: 1, expected: [{ kind: 'cash', amountMinor: 9_580 }] },
      ...{ counted: [{ kind: 'cash', amountMinor: 9_500 }], denominations: [{ minor: 500, count: 19 }] },
      ...{ varianceMinor: -80, reason: 'not found', leftMinor: 9_500, totals: TOTALS },
      ...{ grandTotalMinor: 480, chainHead: 'hash' },
    }),
  ]),
];

const TOTALS = {
  ...{ sales: 1, salesMinor: 480, returns: 1, returnsMinor: 480, discountMinor: 20, cashRoundingMinor: 0 },
  ...{ payInMinor: 0, payOutMinor: 500, noSales: 1, taxes: [{ taxPct3: [2100], baseMinor: 0, taxMinor: 0 }] },
};

/** A return with what a sale may leave beside its own rows. */
function returnChanges(at: number): readonly Change[] {
  const part = { returnId: 'return-1', storeId };
  const rate = { taxPct3: [2100], taxMinor: 10 };
  const { actorId, ...when } = done(at);
  return [
    insert('sale_return', {
      ...{ id: 'return-1', ...when, cashierId: actorId, returnNo: 'S01-T01AR-000001' },
      ...{ returnSeries: 'S01-T01AR', returnN: 1, shiftId: 'shift-1', kind: 'return', saleId: 'sale-1' },
      ...{ saleReceiptNo: 'S01-T01A-000001', customerId: 'customer-1', authorisedBy: 'manager' },
      ...{ reason: 'wrong strength', currency: 'EUR', taxMode: 'inclusive', lineCount: 1, taxMinor: 10 },
      ...{ totalMinor: 480, cashRoundingMinor: 0 },
    }),
    insert('sale_return_line', {
      ...{ id: 'return-line-1', ...part, lineNo: 1, saleLineId: 'sale_line-1', packId: 'pack-1' },
      ...{ batchId: 'batch-1', name: 'DOLIPRANE 500 mg', qtyBase: 16, packSize: 16, baseUnit: 'tablet' },
      ...{ amountMinor: 480, ...rate, taxClassId: 'tax-1', place: 'shelf' },
    }),
    insert('sale_return_tax', {
      ...{ id: 'return-tax-1', ...part, ...rate, baseMinor: 470, componentsMinor: [10] },
    }),
    insert('refund_tender', {
      ...{ id: 'refund-1', ...part, lineNo: 1, kind: 'exchange', amountMinor: 480, reference: 'A-17' },
      ...{ exchangeSaleId: 'sale-2', authorisedAt: at },
    }),
    insert('account_entry', {
      ...{ id: 'refund-entry-1', ...done(at), customerId: 'customer-1', kind: 'refund', amountMinor: -1 },
      ...{ documentId: 'return-1', tenderKind: null, shiftId: null, reason: null },
    }),
    insert('voucher_entry', {
      ...{ id: 'voucher-1', ...done(at), code: 'V-1', kind: 'issue', amountMinor: 1_000 },
      ...{ expiresOn: '2027-03-02', documentId: 'sale-1' },
    }),
    insert('loyalty_entry', {
      ...{ id: 'points-1', ...done(at), customerId: 'customer-1', kind: 'earn', points: 4 },
      documentId: 'sale-1',
    }),
    insert('discount_note', {
      ...{ id: 'discount-1', storeId, saleId: 'sale-1', saleLineId: 'sale_line-1', kind: 'offer' },
      ...{ offerId: 'offer-1', amountMinor: 20, reason: 'damaged box', authorisedBy: 'manager' },
    }),
    insert('foreign_cash', {
      ...{ id: 'foreign-1', storeId, saleId: 'sale-1', tenderId: 'tender-1-2', tenderKind: 'cash' },
      ...{ currency: 'CHF', foreignMinor: 100, ratePpm: 1_000_000, amountMinor: 100, changeMinor: 20 },
    }),
  ];
}
