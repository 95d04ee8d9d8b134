import { id, int, intOpt, json, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import { tenderKinds } from './tender-kinds.ts';

/** Where goods that came back go: on sale again, aside until somebody decides, or away. */
export const returnPlaces = ['shelf', 'quarantine', 'destruction'] as const;
export type ReturnPlace = (typeof returnPlaces)[number];

/**
 * Goods back and money back, as it was when it was made. Nothing of the sale it concerns is changed: how much of a
 * line is still sold is a fold over the returns that name it. A `void` is the return of all of a sale.
 */
export const saleReturn = defineTable(
  'sale_return',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    /** 'S01-T02AR-000123': a gap-free series of its own. */
    returnNo: text(),
    returnSeries: text(),
    returnN: int(),
    at: int(),
    businessDate: text(),
    cashierId: text(),
    shiftId: textOpt(),
    kind: oneOf('return', 'void', 'blind'),
    /** Null for a blind return, where no receipt is known here. */
    saleId: textOpt(),
    /** What the paper says where the sale is not known here. */
    saleReceiptNo: textOpt(),
    customerId: textOpt(),
    /** Who agreed in place, where the cashier's own rights would not do. */
    authorisedBy: textOpt(),
    reason: text(),
    currency: text(),
    taxMode: oneOf('inclusive', 'exclusive'),
    lineCount: int(),
    taxMinor: int(),
    totalMinor: int(),
    cashRoundingMinor: int(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['saleId'], ['businessDate'], ['returnSeries', 'returnN'], ['shiftId']],
    checks: { total: 'total_minor >= 0' },
  },
);

/** One line that came back, to one batch. Amounts are what is given back for it (RULES.md §1.7). */
export const saleReturnLine = defineTable(
  'sale_return_line',
  {
    id: id(),
    returnId: text(),
    storeId: text(),
    lineNo: int(),
    /** The line of the sale; null for a blind return. */
    saleLineId: textOpt(),
    packId: text(),
    batchId: textOpt(),
    name: text(),
    qtyBase: int(),
    packSize: int(),
    baseUnit: text(),
    amountMinor: int(),
    taxMinor: int(),
    taxClassId: text(),
    taxPct3: json<readonly number[]>(),
    place: oneOf(...returnPlaces),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['returnId'], ['saleLineId']],
    references: { returnId: () => saleReturn },
    checks: { qty: 'qty_base > 0' },
  },
);

/** Tax given back by rate group. */
export const saleReturnTax = defineTable(
  'sale_return_tax',
  {
    id: id(),
    returnId: text(),
    storeId: text(),
    taxPct3: json<readonly number[]>(),
    baseMinor: int(),
    taxMinor: int(),
    componentsMinor: json<readonly number[]>(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['returnId']],
    references: { returnId: () => saleReturn },
  },
);

/** Money handed back, by the means it went back by. `exchange` pays a sale made in the same go. */
export const refundTender = defineTable(
  'refund_tender',
  {
    id: id(),
    returnId: text(),
    storeId: text(),
    lineNo: int(),
    kind: oneOf(...tenderKinds),
    amountMinor: int(),
    reference: textOpt(),
    /** The sale an exchange goes to. */
    exchangeSaleId: textOpt(),
    authorisedAt: intOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['returnId']],
    references: { returnId: () => saleReturn },
    checks: { amount: 'amount_minor >= 0' },
  },
);
