import { useLingui } from '@lingui/react/macro';
import type { Permission } from '#shared/auth/permissions.ts';

interface RightGroup {
  readonly title: string;
  readonly rights: readonly { readonly permission: Permission; readonly name: string }[];
}

/** Every right in words, grouped by where it is used. */
export function usePermissionNames(): readonly RightGroup[] {
  const { t } = useLingui();
  const rights = (names: Partial<Record<Permission, string>>): RightGroup['rights'] =>
    (Object.keys(names) as Permission[]).map((permission) => ({ permission, name: names[permission] ?? '' }));
  return [
    {
      title: t`At the till`,
      rights: rights({
        'sales.sell': t`Sell, hold, take payment`,
        'sales.reprint': t`Print a receipt again`,
        'sales.discount.over-limit': t`Discount over the limit`,
        'sales.price.override': t`Sell at another price`,
        'sales.return.blind': t`Return without receipt`,
        'sales.no-sale': t`Open the drawer without a sale`,
        'sales.customers.erase': t`Erase a customer’s data`,
        'auth.training': t`Training mode`,
      }),
    },
    {
      title: t`Medicines`,
      rights: rights({
        'sales.pharmacist-only.sell': t`Sell what needs a pharmacist`,
        'sales.prescription-only.sell': t`Sell what needs a prescription`,
        'prescriptions.verify': t`Verify a prescription`,
      }),
    },
    {
      title: t`Stock`,
      rights: rights({
        'inventory.batch.choose': t`Choose another batch than the first to expire`,
        'inventory.adjust': t`Adjust, count`,
        'inventory.dispose': t`Dispose of stock`,
        'inventory.quarantine': t`Put a batch in quarantine`,
        'purchasing.receive': t`Receive goods`,
      }),
    },
    {
      title: t`HQ`,
      rights: rights({
        'catalog.edit': t`Change catalogue, prices and taxes`,
        'catalog.import': t`Import a register`,
        'auth.people.edit': t`Edit people`,
        'auth.devices.edit': t`Enrol and revoke tills`,
        'auth.settings.edit': t`Edit settings`,
        'auth.audit.read': t`Read the audit`,
        'reports.read': t`Read reports`,
      }),
    },
  ];
}

/** The standard roles in the reader's language; others as they were named. */
export function useRoleName(): (name: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    Cashier: t`Cashier`,
    Pharmacist: t`Pharmacist`,
    'Store manager': t`Store manager`,
    HQ: t`Back office`,
    Auditor: t`Auditor`,
  };
  return (name) => names[name] ?? name;
}
