import { useLingui } from '@lingui/react/macro';
import { useStores } from '../parts/stores.ts';

/** Why HQ refused or marked something, in words; an unknown reason is shown as it is. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useLingui();
  const words: Readonly<Record<string, string>> = {
    MISSING_RIGHT: t`The person had no right to do this`,
    NOT_YOURS_TO_WRITE: t`Only HQ may change this`,
    FOREIGN_SCOPE: t`It belongs to another store`,
    FACT_DIFFERS: t`The same record came with other content`,
    BAD_ROW: t`A record does not fit its table`,
    WRONG_OPERATION: t`A record that is never changed was to be changed`,
    UNREADABLE: t`It cannot be read`,
    BATCH_EXPIRY_DIFFERS: t`A batch was met with two expiry dates`,
    CLOCK_AHEAD: t`The till’s clock was far off`,
    DEVICE_REVOKED: t`The device had been revoked`,
    OVERSOLD: t`More was sold than was there`,
  };
  return (reason) => words[reason] ?? reason;
}

/** What kind of transaction a changeset was. */
export function useTypeWords(): (type: string) => string {
  const { t } = useLingui();
  const words: Readonly<Record<string, string>> = {
    sale: t`A sale`,
    price: t`A price change`,
    setting: t`A setting`,
    batch: t`A batch`,
    person: t`A person`,
    reprint: t`A reprint`,
  };
  return (type) => words[type] ?? type;
}

/** A scope by what it holds. */
export function useScopeName(): (scope: string) => string {
  const { t } = useLingui();
  const stores = useStores().data ?? [];
  return (scope) => {
    if (scope === 'org') return t`Chain: catalogue, people, prices`;
    if (scope === 'party') return t`Customers`;
    const store = stores.find((one) => scope === `store:${one.id}`);
    return store ? `${store.code} ${store.name}` : scope;
  };
}
