import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { Permission } from '#shared/auth/permissions.ts';

/** What is missing when a right is refused, as it follows "You have no right …". Every right has its words. */
const rightNames: Readonly<Record<Permission, MessageDescriptor>> = {
  'sales.sell': msg`to sell`,
  'sales.reprint': msg`to print receipts again`,
  'sales.return': msg`to take goods back`,
  'sales.return.blind': msg`to take goods back without a receipt`,
  'sales.void': msg`to void a completed sale`,
  'sales.shift': msg`to open and close shifts`,
  'sales.shift.others': msg`to close another person’s shift`,
  'sales.cash.move': msg`to put cash in or take it out`,
  'sales.no-sale': msg`to open the drawer without a sale`,
  'sales.discount': msg`to give a discount`,
  'sales.discount.over-limit': msg`to give more than the usual discount`,
  'sales.price.override': msg`to change a price`,
  'sales.tax-exempt': msg`to sell without tax`,
  'sales.account.edit': msg`to change a customer’s account`,
  'sales.account.over-limit': msg`to let an account go over its limit`,
  'sales.voucher.over-quota': msg`to take a voucher that is not known here`,
  'sales.customers.erase': msg`to erase a customer’s data`,
  'sales.prescription-only.sell': msg`to hand over prescription medicines`,
  'sales.pharmacist-only.sell': msg`to hand over what needs a pharmacist`,
  'inventory.batch.choose': msg`to choose another batch than the first to expire`,
  'inventory.adjust': msg`to correct stock`,
  'inventory.dispose': msg`to dispose of stock`,
  'inventory.quarantine': msg`to set a batch aside or release it`,
  'purchasing.receive': msg`to receive goods`,
  'prescriptions.verify': msg`to verify prescriptions`,
  'auth.people.edit': msg`to change people and their PINs`,
  'auth.settings.edit': msg`to change settings`,
  'auth.devices.edit': msg`to add tills and take them out of service`,
  'auth.training': msg`to start and end training`,
  'auth.audit.read': msg`to read the audit`,
  'catalog.edit': msg`to change articles and prices`,
  'catalog.import': msg`to import articles`,
  'reports.read': msg`to read reports`,
};

/** A right in words; one that only a newer HQ knows keeps its name there. */
export function useRightNames(): (right: string) => string {
  const { _ } = useLingui();
  const named = new Map<string, MessageDescriptor>(Object.entries(rightNames));
  return (right) => {
    const words = named.get(right);
    return words ? _(words) : right;
  };
}
