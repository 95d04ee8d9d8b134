import { useLingui } from '@lingui/react/macro';
import { useStores } from '../parts/stores.ts';
import { useRightGroups } from '../roles/right-names.ts';

/** Why HQ refused something, and what a person may do. The codes are intake's; the till has its own words for them. */
export interface RefusalWords {
  /** For a row of the list. */
  readonly short: string;
  readonly why: string;
  readonly may: string;
}

/** The words of a refusal; an unknown code is shown as it is. */
export function useRefusalWords(): (code: string, detail: string) => RefusalWords {
  const { t } = useLingui();
  const rightName = useRightName();
  return (code, detail) => {
    const right = rightName(detail);
    switch (code) {
      case 'UNREADABLE':
        return {
          short: t`It cannot be read`,
          why: t`What came is not a changeset this HQ understands. The till may run a newer version of Pestle.`,
          may: t`Try again after HQ has been updated.`,
        };
      case 'INCOMPLETE_TRANSACTION':
        return {
          short: t`Parts of it are missing`,
          why: t`It is one part of a transaction whose other parts did not come with it.`,
          may: t`Try again when they are here: all parts are then taken together.`,
        };
      case 'FOREIGN_SCOPE':
        return {
          short: t`It belongs to another store`,
          why: t`The till wrote where it does not stand: into another store, or into what only HQ keeps.`,
          may: t`If the till was moved, set its store right and try again.`,
        };
      case 'BAD_ROW':
        return {
          short: t`A record does not fit its table`,
          why: t`A record lacks something, or holds what it may not: ${detail}`,
          may: t`Try again once what it refers to is at HQ, or after an update.`,
        };
      case 'MISSING_RIGHT':
        return {
          short: t`The person had no right to do this`,
          why: t`When this was done the person did not have the right it needs: ${right}`,
          may: t`If it is right all the same, make the change here and dismiss this one.`,
        };
      case 'NOT_YOURS_TO_WRITE':
        return {
          short: t`Only HQ may change this`,
          why: t`The till asked for a change that only HQ makes.`,
          may: t`If it is right, make the change here and dismiss this one.`,
        };
      case 'WRONG_OPERATION':
        return {
          short: t`A record that is never changed was to be changed`,
          why: t`What has happened is corrected by a new record, never by changing the old one.`,
          may: t`Dismiss it, and have the correction made at the till.`,
        };
      case 'FACT_DIFFERS':
        return {
          short: t`The same record came with other content`,
          why: t`HQ has a record under the same number with other content. The first one stands.`,
          may: t`Compare them below, and dismiss this one once the difference is explained.`,
        };
      default:
        return { short: code, why: detail === '' ? code : `${code}: ${detail}`, may: '' };
    }
  };
}

export interface FlagWords {
  readonly title: string;
  readonly note: string;
}

/** What a person should look at, although it was taken. */
export function useFlagWords(): (code: string, detail: string) => FlagWords {
  const { t } = useLingui();
  const rightName = useRightName();
  return (code, detail) => {
    const right = rightName(detail);
    switch (code) {
      case 'BATCH_EXPIRY_DIFFERS':
        return {
          title: t`A batch was met with two expiry dates`,
          note: t`The later writer’s date stands. Check the box.`,
        };
      case 'DEVICE_REVOKED':
        return {
          title: t`The device had been revoked`,
          note: t`What it had not sent was taken all the same: goods and money had changed hands.`,
        };
      case 'MISSING_RIGHT':
        return {
          title: t`The person had no right to do this`,
          note: t`It happened, so it counts. Right: ${right}`,
        };
      case 'NOT_AUTHORISED':
        return {
          title: t`Whoever is said to have agreed had no right to`,
          note: t`It happened, so it counts. Right: ${right}. Ask who agreed, and look at the till.`,
        };
      case 'RECEIPT_TWICE':
        return {
          title: t`One receipt number was given twice`,
          note: t`Both receipts count: ${detail}. A till’s disk was probably copied; find the two machines.`,
        };
      case 'CLOCK_AHEAD':
        return {
          title: t`The till’s clock was ahead`,
          note: t`Taken in the order of arrival. Check prices and expiry of that time.`,
        };
      case 'CLOCK_OFF':
        return {
          title: t`The till’s clock was more than 5 minutes off`,
          note: t`The times on its receipts are the till’s.`,
        };
      case 'BAD_SIGNATURE':
        return {
          title: t`A signature does not fit`,
          note: t`The chain is sound; this device signs wrongly. Enrol it anew.`,
        };
      case 'FORKED':
      case 'RESTORED':
        return {
          title: t`A till’s disk was cloned or restored`,
          note: t`It goes on under a new letter. What was made twice is to be compared.`,
        };
      default:
        return { title: code, note: detail };
    }
  };
}

/** What kind of transaction a changeset was. */
export function useTypeWords(): (type: string) => string {
  const { t } = useLingui();
  const words: Readonly<Record<string, string>> = {
    '': t`Unreadable`,
    sale: t`A sale`,
    'sale-return': t`A return`,
    'sale-void': t`A void`,
    price: t`A price change`,
    setting: t`A setting`,
    batch: t`A batch`,
    person: t`A person`,
    reprint: t`A reprint`,
  };
  return (type) => words[type] ?? type;
}

/** A right by its name in the list of roles. */
function useRightName(): (permission: string) => string {
  const groups = useRightGroups();
  const names = new Map<string, string>(
    groups.flatMap(({ rights }) => rights.map(({ permission, name }) => [permission, name])),
  );
  return (permission) => names.get(permission) ?? permission;
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
