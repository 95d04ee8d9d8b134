import { sql } from 'drizzle-orm';
import * as lite from 'drizzle-orm/sqlite-core';
import { tables } from '#shared/schema.ts';

/** What drizzle-kit writes the till's migrations from. A table missing here has no migration. */
export * from './local.ts';

const dialect = { lite, sql };
export const org = tables.org.sqlite(dialect);
export const store = tables.store.sqlite(dialect);
export const till = tables.till.sqlite(dialect);
export const device = tables.device.sqlite(dialect);
export const role = tables.role.sqlite(dialect);
export const person = tables.person.sqlite(dialect);
export const taxClass = tables.tax_class.sqlite(dialect);
export const taxRate = tables.tax_rate.sqlite(dialect);
export const medicine = tables.medicine.sqlite(dialect);
export const pack = tables.pack.sqlite(dialect);
export const packCode = tables.pack_code.sqlite(dialect);
export const price = tables.price.sqlite(dialect);
export const setting = tables.setting.sqlite(dialect);
export const staff = tables.staff.sqlite(dialect);
export const batch = tables.batch.sqlite(dialect);
export const stockMovement = tables.stock_movement.sqlite(dialect);
export const batchDecision = tables.batch_decision.sqlite(dialect);
export const sale = tables.sale.sqlite(dialect);
export const saleLine = tables.sale_line.sqlite(dialect);
export const saleTax = tables.sale_tax.sqlite(dialect);
export const tender = tables.tender.sqlite(dialect);
export const auditEntry = tables.audit_entry.sqlite(dialect);
export const quarantineDecision = tables.quarantine_decision.sqlite(dialect);
export const customer = tables.customer.sqlite(dialect);
export const erasure = tables.erasure.sqlite(dialect);
