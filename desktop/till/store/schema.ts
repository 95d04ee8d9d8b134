import { tables } from '#shared/schema.ts';

/** What drizzle-kit writes the till's migrations from. A table missing here has no migration. */
export * from './local.ts';
export const org = tables.org.sqlite;
export const store = tables.store.sqlite;
export const till = tables.till.sqlite;
export const device = tables.device.sqlite;
export const role = tables.role.sqlite;
export const person = tables.person.sqlite;
export const taxClass = tables.tax_class.sqlite;
export const taxRate = tables.tax_rate.sqlite;
export const medicine = tables.medicine.sqlite;
export const pack = tables.pack.sqlite;
export const packCode = tables.pack_code.sqlite;
export const price = tables.price.sqlite;
export const setting = tables.setting.sqlite;
export const staff = tables.staff.sqlite;
export const batch = tables.batch.sqlite;
export const stockMovement = tables.stock_movement.sqlite;
export const batchDecision = tables.batch_decision.sqlite;
export const sale = tables.sale.sqlite;
export const saleLine = tables.sale_line.sqlite;
export const saleTax = tables.sale_tax.sqlite;
export const tender = tables.tender.sqlite;
export const auditEntry = tables.audit_entry.sqlite;
