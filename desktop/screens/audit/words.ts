import { useLingui } from '@lingui/react/macro';
import type { AuditRow } from '#shared/auth/calls-audit.ts';
import { useReasonWords } from '#shared/ui/return-reasons.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { useSettingNames } from '../settings/setting-names.ts';

/** What was done, in words; an action this till has no words for keeps its own name. */
export function useActionNames(): (action: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    'sales.reprint': t`Receipt printed again`,
    'sales.receipt-saved': t`Receipt saved as a file`,
    'sales.x-report': t`X-report printed`,
    'sales.z-reprint': t`Z-report printed again`,
    'sales.shift-counted': t`Drawer counted`,
    'sales.shift-closed': t`Shift closed for another`,
    'sales.shift-closed-unapproved': t`Shift closed without approval`,
    'sales.pay-in': t`Cash put in`,
    'sales.pay-out': t`Cash taken out`,
    'sales.no-sale': t`Drawer opened without a sale`,
    'sales.return-authorised': t`Return agreed to`,
    'sales.void-authorised': t`Void agreed to`,
    'sales.blind-authorised': t`Return without receipt agreed to`,
    'sales.second-refund-settled': t`Second refund settled`,
    'sales.pharmacist-answered': t`A pharmacist agreed`,
    'sales.over-limit-agreed': t`More than the limit agreed to`,
    'sales.printed-late': t`Receipt printed at last`,
    'sales.print-seen': t`Receipt seen on paper`,
    'sales.account-changed': t`Account changed`,
    'settings.changed': t`Setting changed`,
    'inventory.batch-swapped': t`Batch swapped`,
    'inventory.batch-swap-undone': t`Batch swap taken back`,
    'auth.badge-printed': t`Badge printed`,
    'drawer.tested': t`Drawer tested`,
    'reports.lent': t`Reports shown with a lent right`,
    'time.confirmed': t`Date confirmed`,
    'sync.repaired': t`Copy taken from HQ again`,
    'sync.flag-reviewed': t`Flag reviewed at HQ`,
    'sync.outage-file.imported': t`File of unsent work taken in`,
    'sync.quarantine.retried': t`Refused work judged again`,
    'till.recovered': t`Till recovered`,
    'training.begun': t`Training begun`,
    'training.ended': t`Training ended`,
  };
  return (action) => names[action] ?? action;
}

/** What else an entry says: `amountMinor 250` becomes an amount, the rest keeps its own name. */
export function useDetails(): (row: AuditRow) => string {
  const { t } = useLingui();
  const format = useFormat();
  const settings = useSettingNames();
  const reasons = useReasonWords();
  const names: Readonly<Record<string, string>> = {
    amountMinor: t`Amount`,
    cashMinor: t`Cash`,
    varianceMinor: t`Difference`,
    limitMinor: t`Limit`,
    exempt: t`Exempt from tax`,
    more: t`More`,
    reason: t`Reason`,
    perMinor: t`One point for every`,
    valueMinor: t`A point takes off`,
    enabled: t`In use`,
    itemDigits: t`Digits of the article`,
    valueDigits: t`Digits of the value`,
    valueCheckDigit: t`Check digit of the price`,
    measures: t`Then comes`,
    decimals: t`Decimals`,
    address: t`Address`,
    protocol: t`Protocol`,
    page: t`Letters`,
    language: t`Language`,
    profile: t`Model`,
    printer: t`Printer`,
    drawer: t`Cash drawer`,
    logo: t`Logo`,
  };
  /** `scale.address` is told by its parts: those that have words by their words. */
  const nameOf = (path: string) =>
    path
      .split('.')
      .map((part) => names[part] ?? part)
      .join(' › ');
  const values: Readonly<Record<string, string>> = { true: t`yes`, false: t`no` };
  return ({ details }) => {
    const setting = details.find(({ name }) => name === 'setting')?.value;
    return details
      .map(({ name, value }) => {
        if (name === 'setting') return settings(String(value));
        if (name === 'reason') return `${nameOf(name)}: ${reasons(String(value))}`;
        const figure = (text: string) =>
          values[text] ??
          (isMoney(name, setting) && /^-?\d+$/.test(text) ? format.figure(Number(text)) : text);
        const told = String(value).split(' → ').map(figure).join(' → ');
        return name === 'value' ? told : `${nameOf(name)}: ${told}`;
      })
      .join(' · ');
  };
}

const isMoney = (name: string, setting: unknown): boolean =>
  name.endsWith('Minor') || (name === 'value' && moneySettings.has(setting));
const moneySettings: ReadonlySet<unknown> = new Set([
  'sales.blind-return-cap',
  'sales.shift-variance-limit',
  'sales.voucher-quota',
]);

/** What is wrong with a journal's first faulty entry. */
export function useFaultWords(): (what: string, detail: string) => string {
  const { t } = useLingui();
  /** `3 to 5`, or the whole chain. */
  const missing = (detail: string): string => {
    const [from, to] = detail.split(' to ');
    return to === undefined ? t`All its entries are missing.` : t`Entries ${from} to ${to} are missing.`;
  };
  return (what, detail) => {
    switch (what) {
      case 'NOT_AS_HASHED':
        return t`Its text is not what was written.`;
      case 'BAD_SIGNATURE':
        return t`This till did not sign it.`;
      case 'UNKNOWN_KEY':
        return t`Nobody knows the key it was signed with.`;
      case 'UNREADABLE':
        return t`It cannot be read.`;
      case 'COLUMN_DIFFERS':
        return t`What stands beside it (${detail}) is not what was signed.`;
      case 'MISSING':
        return missing(detail);
      case 'TWICE':
        return t`Another entry has its place.`;
      case 'CHAIN_BROKEN':
        return t`It does not follow the entry before it.`;
      case 'HEAD_DIFFERS':
        return t`The chain does not end where this till ended it.`;
      default:
        return `${what} ${detail}`;
    }
  };
}
