import type { Permission } from './permissions.ts';

/**
 * The right each kind of business transaction needs, by the type of its changeset: checked at the till before the act
 * and at HQ again when it arrives. A type without an entry needs none, or asks for its rights line by line.
 */
const rightOfType: Readonly<Record<string, Permission>> = {
  sale: 'sales.sell',
  reprint: 'sales.reprint',
  customer: 'sales.sell',
  erasure: 'sales.customers.erase',
  'sale-return': 'sales.return',
  'sale-void': 'sales.void',
  shift: 'sales.shift',
  'shift-close': 'sales.shift',
  'cash-movement': 'sales.cash.move',
  'held-sale': 'sales.sell',
  'held-end': 'sales.sell',
  'card-attempt': 'sales.sell',
  'card-outcome': 'sales.sell',
  account: 'sales.account.edit',
  'account-payment': 'sales.sell',
  'tax-invoice': 'sales.sell',
  offer: 'catalog.edit',
  'no-sale': 'sales.no-sale',
  'stock-adjustment': 'inventory.adjust',
  'stock-disposal': 'inventory.dispose',
  'batch-quarantine': 'inventory.quarantine',
  'goods-receipt': 'purchasing.receive',
  setting: 'auth.settings.edit',
  badge: 'auth.people.edit',
  'time-confirmation': 'auth.settings.edit',
};

/** Registers that nobody edits without a right, whatever the transaction calls itself: its name is the sender's word. */
const rightOfTable: Readonly<Record<string, Permission>> = {
  setting: 'auth.settings.edit',
  erasure: 'sales.customers.erase',
  account: 'sales.account.edit',
};

/** The right a transaction needs, by its type and by the tables it writes. */
export function rightFor(type: string, tables: Iterable<string>): Permission | null {
  if (Object.hasOwn(rightOfType, type)) return rightOfType[type] ?? null;
  for (const table of tables) if (Object.hasOwn(rightOfTable, table)) return rightOfTable[table] ?? null;
  return null;
}
