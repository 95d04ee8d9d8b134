import { useLingui } from '@lingui/react/macro';

/** The roles an org starts with, from the counter to HQ, as their rows name them. */
export const standardRoleNames: readonly string[] = [
  'Cashier',
  'Pharmacist',
  'Store manager',
  'HQ',
  'Auditor',
];

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
