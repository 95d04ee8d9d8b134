import {
  auditEntry,
  device,
  org,
  person,
  quarantineDecision,
  role,
  setting,
  staff,
  store,
  till,
} from './auth/tables.ts';
import { medicine, pack, packCode, price, taxClass, taxRate } from './catalog/tables.ts';
import { batch, batchDecision, stockMovement } from './inventory/tables.ts';
import { stockElsewhere, stockElsewhereStore } from './inventory/tables-elsewhere.ts';
import { customer, erasure, sale, saleLine, saleTax, tender } from './sales/tables.ts';
import { heldEnd, heldSale } from './sales/tables-held.ts';
import { discountNote, listPrice, loyaltyEntry, offer, priceList } from './sales/tables-offers.ts';
import { fiscalSignature, taxInvoice } from './sales/tables-papers.ts';
import {
  account,
  accountEntry,
  cardAttempt,
  cardOutcome,
  foreignCash,
  voucherEntry,
} from './sales/tables-payment.ts';
import { refundTender, saleReturn, saleReturnLine, saleReturnTax } from './sales/tables-returns.ts';
import { cashMovement, shift, shiftClose } from './sales/tables-shift.ts';
import type { TableFacts } from './tables/define-table.ts';

/**
 * Every replicated table by its SQL name, parents before children. Both hosts take their schema, their merge rules
 * and their snapshots from this one list.
 */
export const tables = {
  org,
  store,
  till,
  device,
  role,
  person,
  tax_class: taxClass,
  tax_rate: taxRate,
  medicine,
  pack,
  pack_code: packCode,
  price,
  setting,
  staff,
  batch,
  stock_movement: stockMovement,
  batch_decision: batchDecision,
  sale,
  sale_line: saleLine,
  sale_tax: saleTax,
  tender,
  audit_entry: auditEntry,
  quarantine_decision: quarantineDecision,
  customer,
  erasure,
  offer,
  price_list: priceList,
  list_price: listPrice,
  shift,
  cash_movement: cashMovement,
  shift_close: shiftClose,
  sale_return: saleReturn,
  sale_return_line: saleReturnLine,
  sale_return_tax: saleReturnTax,
  refund_tender: refundTender,
  held_sale: heldSale,
  held_end: heldEnd,
  card_attempt: cardAttempt,
  card_outcome: cardOutcome,
  account,
  account_entry: accountEntry,
  voucher_entry: voucherEntry,
  foreign_cash: foreignCash,
  loyalty_entry: loyaltyEntry,
  discount_note: discountNote,
  tax_invoice: taxInvoice,
  fiscal_signature: fiscalSignature,
  stock_elsewhere: stockElsewhere,
  stock_elsewhere_store: stockElsewhereStore,
} as const;

export type TableName = keyof typeof tables;
export const tableNames = Object.values(tables).map((t) => t.name);
export const tableFacts: ReadonlyMap<string, TableFacts> = new Map(
  Object.values(tables).map((t) => [t.name, t.facts]),
);

/** A whole row of a replicated table as its domain writes it: without the replica's own `deleted` and `stamps`. */
export type RowOf<N extends TableName> = Omit<
  ReturnType<(typeof tables)[N]['sqlite']>['$inferInsert'],
  'deleted' | 'stamps'
>;
