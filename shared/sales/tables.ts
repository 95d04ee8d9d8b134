import { scheduleClasses } from '#shared/catalog/schedule-class.ts';
import { bool, id, int, intOpt, json, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import { tenderKinds } from './tender-kinds.ts';

/** A completed counter transaction, as it was when it was made. Money in minor units of `currency`. */
export const sale = defineTable(
  'sale',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    /** 'S01-T02A-000123', and its parts. */
    receiptNo: text(),
    receiptSeries: text(),
    receiptN: int(),
    at: int(),
    businessDate: text(),
    cashierId: text(),
    currency: text(),
    taxMode: oneOf('inclusive', 'exclusive'),
    lineCount: int(),
    discountMinor: int(),
    taxMinor: int(),
    totalMinor: int(),
    cashRoundingMinor: int(),
    changeMinor: int(),
    shiftId: textOpt(),
    customerId: textOpt(),
    note: textOpt(),
    /** The certificate that exempted the customer from tax; null: taxed. */
    taxExemption: textOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['businessDate'], ['receiptSeries', 'receiptN'], ['at']],
    checks: { change: 'change_minor >= 0' },
  },
);

/** One line as sold. Names and rates are copies on purpose: a receipt stays what it was. */
export const saleLine = defineTable(
  'sale_line',
  {
    id: id(),
    saleId: text(),
    storeId: text(),
    lineNo: int(),
    packId: text(),
    name: text(),
    scheduleClass: oneOf(...scheduleClasses),
    qtyBase: int(),
    packSize: int(),
    baseUnit: text(),
    packPriceMinor: int(),
    grossMinor: int(),
    lineDiscountMinor: int(),
    cartDiscountMinor: int(),
    amountMinor: int(),
    taxMinor: int(),
    taxClassId: text(),
    taxPct3: json<readonly number[]>(),
    discountReason: textOpt(),
    note: textOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['saleId'], ['packId']],
    references: { saleId: () => sale },
    checks: { qty: 'qty_base > 0' },
  },
);

/** Tax of a sale by rate group. */
export const saleTax = defineTable(
  'sale_tax',
  {
    id: id(),
    saleId: text(),
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
    indexes: [['saleId']],
    references: { saleId: () => sale },
  },
);

/** Means of payment and amount as handed over; change is the sale's. */
export const tender = defineTable(
  'tender',
  {
    id: id(),
    saleId: text(),
    storeId: text(),
    lineNo: int(),
    kind: oneOf(...tenderKinds),
    amountMinor: int(),
    reference: textOpt(),
    authorisedAt: intOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['saleId']],
    references: { saleId: () => sale },
    checks: { amount: 'amount_minor >= 0' },
  },
);

/**
 * A customer. What is personal is enciphered with the customer's own key (customer-fields.ts) before it becomes a
 * change, so that log, snapshots and backups hold nothing readable once that key is destroyed.
 */
export const customer = defineTable(
  'customer',
  {
    id: id(),
    /** Enciphered. */
    name: text(),
    phone: textOpt(),
    email: textOpt(),
    address: textOpt(),
    note: textOpt(),
    /** Whether the customer agreed to messages: not personal by itself. */
    consent: bool(),
    /** The customer this one was merged into. */
    mergedInto: textOpt(),
    createdAt: int(),
  },
  { policy: 'lww', scope: 'party', writers: ['till', 'hq'] },
);

/**
 * A customer's data was erased on request (GDPR art. 17): the key is destroyed, what was indexed, printed or drafted is
 * purged wherever this fact arrives. The row stays, unreadable, so that chains over it still verify.
 */
export const erasure = defineTable(
  'erasure',
  {
    id: id(),
    subjectId: text(),
    at: int(),
    actorId: text(),
    reason: text(),
  },
  { policy: 'append', scope: 'party', writers: ['till', 'hq'], indexes: [['subjectId']] },
);
