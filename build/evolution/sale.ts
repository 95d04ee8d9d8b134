import type { Change, Row } from '#shared/replica/changeset.ts';
import { insert } from './changes.ts';

/** A sale of one line, paid by card and cash, as complete-sale.ts writes it. */
export function saleChanges({
  storeId,
  at,
  n,
}: {
  readonly storeId: string;
  readonly at: number;
  readonly n: number;
}): readonly Change[] {
  const saleId = `sale-${n}`;
  const part = (table: string, row: Row): Change =>
    insert(table, { id: `${table}-${n}`, saleId, storeId, ...row });
  const tender = (lineNo: number, row: Row): Change =>
    insert('tender', { id: `tender-${n}-${lineNo}`, saleId, storeId, lineNo, ...row });
  const day = { at, businessDate: '2026-03-02' };
  return [
    insert('sale', {
      ...{ id: saleId, storeId, tillId: `till ${n}`, receiptNo: `S01-T0${n}A-000001` },
      ...{ receiptSeries: `S01-T0${n}A`, receiptN: 1, ...day, cashierId: 'manager', currency: 'EUR' },
      ...{ taxMode: 'inclusive', lineCount: 1, discountMinor: 20, taxMinor: 10, totalMinor: 480 },
      ...{ cashRoundingMinor: 0, changeMinor: 20, shiftId: 'shift-1', customerId: 'customer-1' },
      ...{ note: 'bag', taxExemption: n === 1 ? null : 'EX-1' },
    }),
    part('sale_line', {
      ...{ lineNo: 1, packId: 'pack-1', name: 'DOLIPRANE 500 mg', scheduleClass: 'general', qtyBase: 16 },
      ...{ packSize: 16, baseUnit: 'tablet', packPriceMinor: 500, grossMinor: 500, lineDiscountMinor: 20 },
      ...{ cartDiscountMinor: 0, amountMinor: 480, taxMinor: 10, taxClassId: 'tax-1', taxPct3: [2100] },
      ...{ discountReason: 'damaged box', note: 'take with food' },
    }),
    insert('stock_movement', {
      ...{ id: `sold-${n}`, storeId, batchId: 'batch-1', packId: 'pack-1', kind: 'sell', qtyBase: -16 },
      ...{ documentId: saleId, documentLine: 1, ...day, actorId: 'manager', reason: null },
    }),
    part('sale_tax', { taxPct3: [2100], baseMinor: 470, taxMinor: 10, componentsMinor: [10] }),
    tender(1, { kind: 'card', amountMinor: 400, reference: 'A-17', authorisedAt: at }),
    tender(2, { kind: 'cash', amountMinor: 100, reference: null, authorisedAt: null }),
  ];
}
