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
import { customer, erasure, sale, saleLine, saleTax, tender } from './sales/tables.ts';
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
