/** What waits for HQ, in the words of the counter; in the order the sync status shows them. */
export const waitingKinds = [
  'sales',
  'stock',
  'prescriptions',
  'customers',
  'shift',
  'audit',
  'settings',
  'other',
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/**
 * What one changeset counts for, by kind, from the tables of its changes. People count documents, not rows: a sale with
 * its lines, taxes and tenders is 1, each of its stock movements is 1. A kind of which there are only parts counts 1.
 */
export function kindsOfChangeset(changedTables: readonly string[]): ReadonlyMap<WaitingKind, number> {
  const counts = new Map<WaitingKind, number>();
  for (const table of changedTables) {
    const { kind, part } = kindOfTable(table);
    counts.set(kind, (counts.get(kind) ?? 0) + (part ? 0 : 1));
  }
  for (const [kind, count] of counts) if (count === 0) counts.set(kind, 1);
  return counts;
}

type TableKind = { readonly kind: WaitingKind; readonly part: boolean };

const whole = (kind: WaitingKind): TableKind => ({ kind, part: false });
const part = (kind: WaitingKind): TableKind => ({ kind, part: true });

/** The tables a till writes; waiting-kinds.test.ts fails when one is missing. */
const kindOf: ReadonlyMap<string, TableKind> = new Map([
  ['sale', whole('sales')],
  ['sale_line', part('sales')],
  ['sale_tax', part('sales')],
  ['tender', part('sales')],
  ['discount_note', part('sales')],
  ['foreign_cash', part('sales')],
  ['voucher_entry', part('sales')],
  ['loyalty_entry', part('sales')],
  ['fiscal_signature', part('sales')],
  ['sale_return', whole('sales')],
  ['sale_return_line', part('sales')],
  ['sale_return_tax', part('sales')],
  ['refund_tender', part('sales')],
  ['held_sale', whole('sales')],
  ['held_end', part('sales')],
  ['card_attempt', whole('sales')],
  ['card_outcome', part('sales')],
  ['tax_invoice', whole('sales')],
  ['shift', whole('shift')],
  ['cash_movement', whole('shift')],
  ['shift_close', whole('shift')],
  ['stock_movement', whole('stock')],
  ['batch_decision', whole('stock')],
  ['batch', part('stock')],
  ['customer', whole('customers')],
  ['erasure', whole('customers')],
  ['account', part('customers')],
  ['account_entry', part('customers')],
  ['audit_entry', whole('audit')],
  ['setting', whole('settings')],
]);

const kindOfTable = (table: string): TableKind => kindOf.get(table) ?? whole('other');
