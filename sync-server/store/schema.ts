import { tables } from '#shared/schema.ts';

/** What drizzle-kit writes the HQ's migrations from. A table missing here has no migration. */
export * from './server-tables.ts';
export const org = tables.org.pg;
export const store = tables.store.pg;
export const till = tables.till.pg;
export const device = tables.device.pg;
export const role = tables.role.pg;
export const person = tables.person.pg;
export const taxClass = tables.tax_class.pg;
export const taxRate = tables.tax_rate.pg;
export const medicine = tables.medicine.pg;
export const pack = tables.pack.pg;
export const packCode = tables.pack_code.pg;
export const price = tables.price.pg;
export const setting = tables.setting.pg;
export const staff = tables.staff.pg;
export const batch = tables.batch.pg;
export const stockMovement = tables.stock_movement.pg;
export const batchDecision = tables.batch_decision.pg;
export const sale = tables.sale.pg;
export const saleLine = tables.sale_line.pg;
export const saleTax = tables.sale_tax.pg;
export const tender = tables.tender.pg;
export const auditEntry = tables.audit_entry.pg;
