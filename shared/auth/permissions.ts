/** Every right there is. A role is an editable set of them; a refusal names the one that is missing. */
export const permissions = [
  'sales.sell',
  'sales.reprint',
  'sales.price.override',
  'sales.discount.over-limit',
  'sales.no-sale',
  'sales.return.blind',
  'sales.prescription-only.sell',
  'sales.pharmacist-only.sell',
  'inventory.batch.choose',
  'inventory.adjust',
  'inventory.dispose',
  'inventory.quarantine',
  'purchasing.receive',
  'prescriptions.verify',
  'auth.people.edit',
  'auth.settings.edit',
  'auth.devices.edit',
  'auth.training',
  'auth.audit.read',
  'catalog.edit',
  'catalog.import',
  'reports.read',
] as const;
export type Permission = (typeof permissions)[number];

/** The roles a new org starts with (RULES.md §4); HQ may edit them. */
export const standardRoles: Readonly<
  Record<'cashier' | 'pharmacist' | 'manager' | 'hq' | 'auditor', readonly Permission[]>
> = {
  cashier: ['sales.sell', 'sales.reprint'],
  pharmacist: [
    'sales.sell',
    'sales.reprint',
    'sales.prescription-only.sell',
    'sales.pharmacist-only.sell',
    'inventory.batch.choose',
    'inventory.quarantine',
    'prescriptions.verify',
  ],
  manager: [
    'sales.sell',
    'sales.reprint',
    'sales.price.override',
    'sales.discount.over-limit',
    'sales.no-sale',
    'sales.return.blind',
    'inventory.adjust',
    'inventory.dispose',
    'inventory.quarantine',
    'purchasing.receive',
    'auth.people.edit',
    'auth.settings.edit',
    'auth.training',
    'reports.read',
  ],
  hq: [
    'auth.people.edit',
    'auth.settings.edit',
    'auth.devices.edit',
    'auth.audit.read',
    'catalog.edit',
    'catalog.import',
    'reports.read',
  ],
  auditor: ['auth.audit.read', 'reports.read'],
};
