import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { StoreSettings } from '#shared/auth/calls-store-settings.ts';
import { foreignWorth } from '#shared/sales/foreign-cash.ts';
import { Field } from '#shared/ui/field.tsx';
import { formatMoney } from '#shared/ui/format.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { currencyDigits } from '../pay/use-foreign-cash.ts';
import type { StoreFacts } from '../store-facts.ts';
import { parseCurrency, parseWorth, typedWorth } from './store-values.ts';

type Taken = StoreSettings['sales.foreign-cash'];
type Typed = { readonly currency: string; readonly worth: string };

/** Currencies a store takes at once. */
const most = 4;

/** The currencies taken in cash beside the store's own, and what one of each is worth; an empty code is none. */
export function ForeignCashEditor({
  taken,
  store,
  onTaken,
}: {
  readonly taken: Taken;
  readonly store: StoreFacts;
  /** Null while a row is not whole. */
  readonly onTaken: (taken: Taken | null) => void;
}) {
  const { locale } = useFormat();
  const own = store.minorDigits;
  const [rows, setRows] = useState<readonly Typed[]>(() => [
    ...taken.map(({ currency, ratePpm }) => ({
      currency,
      worth: typedWorth(ratePpm, { own, foreign: currencyDigits(currency) }, locale),
    })),
    ...Array.from({ length: most - taken.length }, () => ({ currency: '', worth: '' })),
  ]);
  const set = (at: number, change: Partial<Typed>) => {
    const next = rows.map((row, i) => (i === at ? { ...row, ...change } : row));
    setRows(next);
    const read = next.filter(({ currency }) => currency.trim() !== '').map((row) => readRow(row, store));
    onTaken(read.every((row) => row !== null) ? read : null);
  };
  return (
    <ol className="grid gap-4">
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have a place, and no name until one is typed
        <li key={i}>
          <Row
            {...{ row, store }}
            which={i + 1}
            since={taken.find(({ currency }) => currency === row.currency.trim().toUpperCase())}
            onChange={(change) => set(i, change)}
          />
        </li>
      ))}
    </ol>
  );
}

function Row({
  row,
  which,
  store,
  since: stored,
  onChange,
}: {
  readonly row: Typed;
  readonly which: number;
  readonly store: StoreFacts;
  readonly since: Taken[number] | undefined;
  readonly onChange: (change: Partial<Typed>) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const currency = parseCurrency(row.currency, store.currency);
  const empty = row.currency.trim() === '';
  const read = readRow(row, store);
  const hundred = read && 100 * 10 ** currencyDigits(read.currency);
  const isOfBefore = read !== null && stored?.ratePpm === read.ratePpm && stored.since !== undefined;
  const own = store.currency;
  return (
    <>
      <div className="grid grid-cols-[120px_minmax(0,1fr)] gap-3">
        <Field
          label={t`Currency ${which}`}
          value={row.currency}
          maxLength={3}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          error={empty || currency ? undefined : t`No other currency has this code.`}
          onChange={({ target }) => onChange({ currency: target.value.toUpperCase() })}
        />
        <Field
          label={currency ? t`One ${currency} is worth, in ${own}` : t`One is worth, in ${own}`}
          value={row.worth}
          maxLength={20}
          inputMode="decimal"
          autoComplete="off"
          dir="ltr"
          error={
            !empty && row.worth.trim() !== '' && read === null && currency
              ? t`No rate that can be used.`
              : undefined
          }
          onChange={({ target }) => onChange({ worth: target.value })}
        />
      </div>
      {read && hundred !== null && (
        <p className="pt-1 text-14">
          <Trans>
            <bdi>
              {formatMoney(
                hundred,
                { code: read.currency, digits: currencyDigits(read.currency) },
                format.locale,
              )}
            </bdi>{' '}
            are worth <bdi>{format.money(foreignWorth(hundred, read.ratePpm))}</bdi>.
          </Trans>{' '}
          <span className="text-muted">
            {isOfBefore && stored.since !== undefined
              ? t`Since ${format.date(stored.since)}.`
              : t`From today on, once it is saved.`}
          </span>
        </p>
      )}
    </>
  );
}

/** A row as the settings keep it; null where code or worth is none. */
function readRow({ currency: text, worth }: Typed, store: StoreFacts): Taken[number] | null {
  const currency = parseCurrency(text, store.currency);
  if (currency === null) return null;
  const ratePpm = parseWorth(worth, { own: store.minorDigits, foreign: currencyDigits(currency) });
  return ratePpm === null ? null : { currency, ratePpm };
}
