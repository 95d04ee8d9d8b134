import { bool, id, int, intOpt, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import { tenderKinds } from './tender-kinds.ts';

/** A card terminal is about to be asked: on disk before it is. Its end is a `card_outcome`; without one it is unknown. */
export const cardAttempt = defineTable(
  'card_attempt',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    /** The cart it is for: `revision` of the sale in progress. */
    kind: oneOf('charge', 'refund'),
    terminal: text(),
    amountMinor: int(),
    currency: text(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['at']],
    checks: { amount: 'amount_minor > 0' },
  },
);

/** What became of an attempt, by the terminal or by a person who read its slip. The first approval counts. */
export const cardOutcome = defineTable(
  'card_outcome',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    attemptId: text(),
    outcome: oneOf('approved', 'declined', 'not-charged'),
    by: oneOf('terminal', 'person'),
    reference: textOpt(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['till'], indexes: [['attemptId']] },
);

/** A customer's standing with one store; its id is name-based (store, customer), so two tills make one row. */
export const account = defineTable(
  'account',
  {
    id: id(),
    storeId: text(),
    customerId: text(),
    /** The most the customer may owe; 0: no credit. */
    limitMinor: int(),
    priceListId: textOpt(),
    /** The certificate that exempts the customer from tax; null: not exempt. */
    taxExemption: textOpt(),
    active: bool(),
  },
  {
    policy: 'lww',
    scope: 'store',
    writers: ['till', 'hq'],
    indexes: [['customerId']],
    checks: { limit: 'limit_minor >= 0' },
  },
);

/** What a customer owes a store is the sum of these: positive, more is owed. */
export const accountEntry = defineTable(
  'account_entry',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    customerId: text(),
    kind: oneOf('charge', 'payment', 'refund', 'adjust'),
    amountMinor: int(),
    /** The sale or return; null for a payment. */
    documentId: textOpt(),
    /** How a payment was made; null for all else. */
    tenderKind: textOpt(),
    shiftId: textOpt(),
    reason: textOpt(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['till', 'hq'], indexes: [['customerId'], ['shiftId']] },
);

/** A voucher's or gift card's liability is the sum of these by code: positive, the store owes more. */
export const voucherEntry = defineTable(
  'voucher_entry',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    code: text(),
    kind: oneOf('issue', 'redeem', 'refund', 'expire'),
    amountMinor: int(),
    expiresOn: textOpt(),
    documentId: textOpt(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['till', 'hq'], indexes: [['code'], ['documentId']] },
);

/** Foreign cash that was taken as a tender of kind `cash`. `rate`: minor units of the store's for 1,000,000 foreign ones. */
export const foreignCash = defineTable(
  'foreign_cash',
  {
    id: id(),
    storeId: text(),
    saleId: text(),
    tenderId: text(),
    tenderKind: oneOf(...tenderKinds),
    currency: text(),
    foreignMinor: int(),
    ratePpm: int(),
    amountMinor: int(),
    changeMinor: intOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['saleId']],
    checks: { amount: 'foreign_minor > 0 and rate_ppm > 0' },
  },
);
