import { useLingui } from '@lingui/react/macro';

/** Settings as a person knows them, of the store (`sales.…`) and of this counter (`till.…`); others keep their key. */
export function useSettingNames(): (setting: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    'sales.discount-limit': t`Discount without a PIN`,
    'sales.blind-return-cap': t`Return without a receipt`,
    'sales.return-place': t`Where returned goods go`,
    'sales.shift-variance-limit': t`Difference at closing`,
    'sales.shift-variance-pin': t`PIN for a difference`,
    'sales.voucher-quota': t`Vouchers this till does not know`,
    'sales.foreign-cash': t`Foreign cash`,
    'sales.loyalty': t`Loyalty points`,
    'sales.prescription-policy': t`Medicines on prescription`,
    'sales.quick-keys': t`Quick keys`,
    'catalog.weighed-schemes': t`Labels of the shop’s scale`,
    'sales.receipt-design': t`Receipt design`,
    'catalog.label-template': t`Label template`,
    'till.printers': t`Receipt printers`,
    'till.devices': t`Devices`,
    'till.scanners': t`Scanners`,
    'till.idle-lock': t`Idle lock`,
    'till.backups': t`Backups`,
  };
  return (setting) => names[setting] ?? setting;
}
