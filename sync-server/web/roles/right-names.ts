import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { Permission } from '#shared/auth/permissions.ts';

const groups = ['till', 'money', 'customers', 'medicines', 'stock', 'chain'] as const;
type Group = (typeof groups)[number];

const titles: Readonly<Record<Group, MessageDescriptor>> = {
  till: msg`At the till`,
  money: msg`Prices, shifts and cash`,
  customers: msg`Customers and accounts`,
  medicines: msg`Medicines`,
  stock: msg`Stock`,
  chain: msg`HQ`,
};

/** Every right there is, with the words it has beside a tick; a new one without words does not compile. */
const rights: Readonly<Record<Permission, readonly [Group, MessageDescriptor]>> = {
  'sales.sell': ['till', msg`Sell, hold, take payment`],
  'sales.reprint': ['till', msg`Print a receipt again`],
  'sales.return': ['till', msg`Take goods back with their receipt`],
  'sales.return.blind': ['till', msg`Return without receipt`],
  'sales.void': ['till', msg`Void a completed sale`],
  'auth.training': ['till', msg`Training mode`],
  'sales.discount': ['money', msg`Discount up to the limit`],
  'sales.discount.over-limit': ['money', msg`Discount over the limit`],
  'sales.price.override': ['money', msg`Sell at another price`],
  'sales.tax-exempt': ['money', msg`Sell without tax`],
  'sales.shift': ['money', msg`Open and close own shift`],
  'sales.shift.others': ['money', msg`Close a shift that is not one’s own`],
  'sales.cash.move': ['money', msg`Put cash in, take it out`],
  'sales.no-sale': ['money', msg`Open the drawer without a sale`],
  'sales.account.edit': ['customers', msg`Change an account and its limit`],
  'sales.account.over-limit': ['customers', msg`Let an account go over its limit`],
  'sales.voucher.over-quota': ['customers', msg`Take vouchers beyond the offline quota`],
  'sales.customers.erase': ['customers', msg`Erase a customer’s data`],
  'sales.pharmacist-only.sell': ['medicines', msg`Sell what needs a pharmacist`],
  'sales.prescription-only.sell': ['medicines', msg`Sell what needs a prescription`],
  'prescriptions.verify': ['medicines', msg`Verify a prescription`],
  'inventory.batch.choose': ['stock', msg`Choose another batch than the first to expire`],
  'inventory.adjust': ['stock', msg`Adjust, count`],
  'inventory.dispose': ['stock', msg`Dispose of stock`],
  'inventory.quarantine': ['stock', msg`Put a batch in quarantine`],
  'purchasing.receive': ['stock', msg`Receive goods`],
  'catalog.edit': ['chain', msg`Change catalogue, prices and taxes`],
  'catalog.import': ['chain', msg`Import a register`],
  'auth.people.edit': ['chain', msg`Edit people`],
  'auth.devices.edit': ['chain', msg`Enrol and revoke tills`],
  'auth.settings.edit': ['chain', msg`Edit settings`],
  'auth.audit.read': ['chain', msg`Read the audit`],
  'reports.read': ['chain', msg`Read reports`],
};

export interface RightGroup {
  readonly title: string;
  readonly rights: readonly { readonly permission: Permission; readonly name: string }[];
}

/** Every right in words, grouped by where it is used. */
export function useRightGroups(): readonly RightGroup[] {
  const { _ } = useLingui();
  const all = Object.keys(rights) as Permission[];
  return groups.map((group) => ({
    title: _(titles[group]),
    rights: all
      .filter((permission) => rights[permission][0] === group)
      .map((permission) => ({ permission, name: _(rights[permission][1]) })),
  }));
}
