import { useLingui } from '@lingui/react/macro';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { useStores } from '../parts/stores.ts';
import { useTypeWords } from './words.ts';

type Row = Pick<Hq['auth']['quarantine']['rows'][number], 'subject' | 'type'>;

/** What was refused, in the pharmacy's words: `Price of Gastrelis 20 mg, 28 capsules, 6.40 to 5.90`. */
export function useSubjectWords(): (row: Row) => string {
  const { t } = useLingui();
  const format = useFormat();
  const types = useTypeWords();
  return ({ subject: { table, name, fromMinor, toMinor }, type }) => {
    if (table === 'price') {
      const [from, to] = [fromMinor, toMinor].map((minor) => (minor === null ? null : format.figure(minor)));
      if (from && to) return t`Price of ${name}, ${from} to ${to}`;
      return to ? t`Price of ${name}, ${to}` : t`Price of ${name}`;
    }
    if (name === '') return types(type);
    const words: Readonly<Record<string, string>> = {
      batch: t`Batch ${name}`,
      sale: t`Sale ${name}`,
      stock_movement: t`Stock of ${name}`,
      setting: t`Setting ${name}`,
      person: t`Person ${name}`,
      medicine: t`Medicine ${name}`,
    };
    return words[table] ?? `${types(type)} · ${name}`;
  };
}

/** A column's name in words; one that has none is shown as it is. */
export function useColumnWords(): (column: string) => string {
  const { t } = useLingui();
  const { currency } = useFormat();
  const money = currency.code;
  const words: Readonly<Record<string, string>> = {
    priceMinor: t`Price, ${money}`,
    packPriceMinor: t`Price on the pack, ${money}`,
    costMinor: t`Cost, ${money}`,
    totalMinor: t`Total, ${money}`,
    amountMinor: t`Amount, ${money}`,
    storeId: t`Store`,
    packId: t`Pack`,
    validFrom: t`From`,
    expiresOn: t`Expires on`,
    businessDate: t`Business date`,
    receivedAt: t`Received`,
    at: t`When`,
    code: t`Code`,
    name: t`Name`,
    qtyBase: t`Quantity, base units`,
    receiptNo: t`Receipt`,
    key: t`Setting`,
    value: t`Value`,
    active: t`Active`,
    reason: t`Reason`,
  };
  return (column) => words[column] ?? column;
}

type Value = Hq['auth']['quarantined']['changes'][number]['columns'][number]['wanted'];

/** A value as its column means it; a dash where there is none. */
export function useValueWords(): (column: string, value: Value) => string {
  const { t } = useLingui();
  const format = useFormat();
  const stores = useStores().data ?? [];
  return (column, value) => {
    if (value === null) return '–';
    if (typeof value === 'boolean') return value ? t`yes` : t`no`;
    if (typeof value === 'number') {
      if (column.endsWith('Minor')) return format.figure(value);
      if (column === 'at' || column.endsWith('At')) return `${format.day(value)} ${format.time(value)}`;
      return format.count(value);
    }
    if (column === 'storeId') return stores.find(({ id }) => id === value)?.code ?? value;
    // Of a name-based or time-based id the end tells two apart.
    if (column.endsWith('Id')) return `…${value.slice(-8)}`;
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.date(value) : value;
  };
}

/** What is wrong with a record, as intake says it (`batch.storeId: missing`), in words; as it is where it is no such thing. */
export function useRowProblemWords(): (detail: string) => string {
  const { t } = useLingui();
  const column = useColumnWords();
  return (detail) => {
    const [, name, why] = /^\w+\.(\w+): (\w+)$/.exec(detail) ?? [];
    if (name === undefined) return detail;
    const field = column(name);
    const words: Readonly<Record<string, string>> = {
      missing: t`“${field}” is missing`,
      type: t`“${field}” is not of its kind`,
      word: t`“${field}” has a word that is not known`,
      unknown: t`“${field}” is not known here`,
      group: t`“${field}” is missing beside what belongs to it`,
      key: t`“${field}” is never changed`,
    };
    return words[why ?? ''] ?? detail;
  };
}
