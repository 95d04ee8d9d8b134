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
  'no-sale': 'sales.no-sale',
  'stock-adjustment': 'inventory.adjust',
  'stock-disposal': 'inventory.dispose',
  'batch-quarantine': 'inventory.quarantine',
  'goods-receipt': 'purchasing.receive',
  setting: 'auth.settings.edit',
  'time-confirmation': 'auth.settings.edit',
};

export const rightFor = (type: string): Permission | null =>
  Object.hasOwn(rightOfType, type) ? (rightOfType[type] ?? null) : null;
