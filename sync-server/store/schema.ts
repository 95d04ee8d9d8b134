import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { tables } from '#shared/schema.ts';

/** What drizzle-kit writes the HQ's migrations from. A table missing here has no migration. */
export * from './server-tables.ts';

const dialect = { pg, sql };
export const org = tables.org.pg(dialect);
export const store = tables.store.pg(dialect);
export const till = tables.till.pg(dialect);
export const device = tables.device.pg(dialect);
export const role = tables.role.pg(dialect);
export const person = tables.person.pg(dialect);
export const taxClass = tables.tax_class.pg(dialect);
export const taxRate = tables.tax_rate.pg(dialect);
export const medicine = tables.medicine.pg(dialect);
export const pack = tables.pack.pg(dialect);
export const packCode = tables.pack_code.pg(dialect);
export const price = tables.price.pg(dialect);
export const setting = tables.setting.pg(dialect);
export const staff = tables.staff.pg(dialect);
export const batch = tables.batch.pg(dialect);
export const stockMovement = tables.stock_movement.pg(dialect);
export const batchDecision = tables.batch_decision.pg(dialect);
export const sale = tables.sale.pg(dialect);
export const saleLine = tables.sale_line.pg(dialect);
export const saleTax = tables.sale_tax.pg(dialect);
export const tender = tables.tender.pg(dialect);
export const auditEntry = tables.audit_entry.pg(dialect);
export const quarantineDecision = tables.quarantine_decision.pg(dialect);
export const customer = tables.customer.pg(dialect);
export const erasure = tables.erasure.pg(dialect);
