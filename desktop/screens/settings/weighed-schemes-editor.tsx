import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { StoreSettings } from '#shared/auth/calls-store-settings.ts';
import { parseScan } from '#shared/catalog/scan.ts';
import type { WeighedScheme } from '#shared/catalog/scan-types.ts';
import { sampleLabel, type WeighedSchemeFault, weighedSchemesFault } from '#shared/catalog/weighed.ts';
import { atDigits } from '#shared/catalog/weighed-sale.ts';
import { Field } from '#shared/ui/field.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { ChoiceField } from '../choice-field.tsx';
import { useSampleScan } from './scanned.ts';
import { emptyRow, rowOfScheme, type SchemeRow, schemeOfRow } from './scheme-rows.ts';

type Stored = StoreSettings['catalog.weighed-schemes'];

/** Layouts that are shown at once; a store has one for weights and one for prices. */
const shownRows = 3;

/** How the shop's own scale writes its labels, by prefix, and a label that is read as it would be at the counter. */
export function WeighedSchemesEditor({
  schemes: stored,
  onSchemes,
}: {
  readonly schemes: Stored;
  /** Null while a row is not whole. */
  readonly onSchemes: (schemes: Stored | null) => void;
}) {
  const [rows, setRows] = useState<readonly SchemeRow[]>(() => [
    ...stored.map(rowOfScheme),
    ...Array.from({ length: Math.max(1, shownRows - stored.length) }, () => emptyRow),
  ]);
  const used = rows.filter(isUsed);
  const read = used.map(schemeOfRow).filter((scheme) => scheme !== null);
  const fault = weighedSchemesFault(read);
  const set = (at: number, change: Partial<SchemeRow>) => {
    const next = rows.map((row, i) => (i === at ? { ...row, ...change } : row));
    setRows(next);
    const schemes = next.filter(isUsed).map(schemeOfRow);
    const whole = schemes.filter((scheme) => scheme !== null);
    onSchemes(whole.length === schemes.length && !weighedSchemesFault(whole) ? [...whole] : null);
  };
  return (
    <>
      <Sample schemes={fault ? [] : read} />
      <ol className="grid gap-4">
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have a place, and no name until one is typed
          <li key={i} className="border-t border-line-soft pt-3">
            <Row
              {...{ row, which: i + 1 }}
              fault={fault?.prefix === row.prefix.trim() && isLast(rows, i) ? fault : null}
              onChange={(change) => set(i, change)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

const isUsed = ({ prefix }: SchemeRow): boolean => prefix.trim() !== '';
/** Of two rows with one prefix the later is the one that is wrong. */
const isLast = (rows: readonly SchemeRow[], at: number): boolean =>
  rows.findLastIndex(({ prefix }) => prefix.trim() === rows[at]?.prefix.trim()) === at;

function Row({
  row,
  which,
  fault,
  onChange,
}: {
  readonly row: SchemeRow;
  readonly which: number;
  readonly fault: WeighedSchemeFault | null;
  readonly onChange: (change: Partial<SchemeRow>) => void;
}) {
  const { t } = useLingui();
  const scheme = schemeOfRow(row);
  const faults = {
    'bad-prefix': t`Only 02 and 20 to 29 are a shop’s own.`,
    'bad-parts': t`These parts do not fill a label.`,
    'prefix-taken': t`Another layout has this prefix.`,
  };
  const incomplete = isUsed(row) && scheme === null ? t`These parts do not fill a label.` : undefined;
  const set = { autoComplete: 'off', inputMode: 'numeric', dir: 'ltr' } as const;
  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.5fr)_minmax(0,1fr)] gap-3">
        <Field
          label={t`Prefix ${which}`}
          {...set}
          maxLength={5}
          value={row.prefix}
          error={fault ? faults[fault.code] : undefined}
          onChange={({ target }) => onChange({ prefix: target.value })}
        />
        <Field
          label={t`Digits of the article`}
          {...set}
          maxLength={2}
          value={row.itemDigits}
          error={incomplete}
          onChange={({ target }) => onChange({ itemDigits: target.value })}
        />
        <Measures value={row.measures} onChange={onChange} />
        <Field
          label={t`Decimals`}
          {...set}
          maxLength={1}
          disabled={row.measures === 'quantity'}
          value={row.measures === 'quantity' ? '0' : row.decimals}
          onChange={({ target }) => onChange({ decimals: target.value })}
        />
      </div>
      <label className="flex min-h-8 items-center gap-2 text-14">
        <input
          type="checkbox"
          checked={row.checked}
          onChange={({ target }) => onChange({ checked: target.checked })}
        />
        <Trans>A check digit of the price stands before it</Trans>
      </label>
      {isUsed(row) && scheme && !fault && (
        <p className="text-14 text-muted">
          <Meaning code={sampleLabel(scheme)} schemes={[scheme]} />
        </p>
      )}
    </div>
  );
}

/** What stands behind the article; a weight has grams and a price cents unless somebody says otherwise. */
function Measures({
  value,
  onChange,
}: {
  readonly value: SchemeRow['measures'];
  readonly onChange: (change: Partial<SchemeRow>) => void;
}) {
  const { t } = useLingui();
  const { currency } = useFormat();
  const decimals = { price: String(currency.digits), weightKg: '3', quantity: '0' } as const;
  return (
    <ChoiceField
      label={t`Then comes`}
      value={value}
      options={[
        ['price', t`a price`],
        ['weightKg', t`a weight in kg`],
        ['quantity', t`a number of packs`],
      ]}
      onChoose={(measures) => onChange({ measures, decimals: decimals[measures] })}
    />
  );
}

/** A label typed or scanned here says what it would be, by the layouts as they stand on the screen; nothing is sold. */
function Sample({ schemes }: { readonly schemes: readonly WeighedScheme[] }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const scan = useSampleScan((state) => state.scan);
  useEffect(() => {
    useSampleScan.setState({ wanted: true, scan: null });
    return () => useSampleScan.setState({ wanted: false, scan: null });
  }, []);
  useEffect(() => {
    if (scan) setText(scan.code);
  }, [scan]);
  return (
    <div className="grid gap-1">
      <Field
        label={t`Scan a label of the scale, or type it`}
        inputMode="numeric"
        autoComplete="off"
        dir="ltr"
        maxLength={40}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <p role="status" className="min-h-5 text-14 font-semibold">
        {text.trim() !== '' && <Meaning code={text.trim()} schemes={schemes} />}
      </p>
    </div>
  );
}

/** What the till reads out of a label. */
function Meaning({ code, schemes }: { readonly code: string; readonly schemes: readonly WeighedScheme[] }) {
  const values = useValueWords();
  // No date stands in a label of thirteen digits.
  const scan = parseScan(code, { todayYear: 2000, weighedSchemes: schemes });
  const label = <bdi dir="ltr">{code}</bdi>;
  if (!scan.ok) return <Trans>{label} cannot be read: one of its digits is wrong.</Trans>;
  if (scan.value.scheme !== 'weighed')
    return <Trans>{label} is no label of these layouts, but a code like any other.</Trans>;
  const item = <bdi dir="ltr">{scan.value.item}</bdi>;
  const value = <bdi>{values(scan.value)}</bdi>;
  return (
    <Trans>
      {label} is article {item}: {value}.
    </Trans>
  );
}

/** `4.50 €`, `0.250 kg`, or that it is too fine to be sold. */
function useValueWords() {
  const { t } = useLingui();
  const format = useFormat();
  return ({ price, weightKg, quantity = 0 }: Measured): string => {
    if (price) {
      const minor = atDigits(price, format.currency.digits);
      return minor === null ? t`a price finer than the money there is` : format.money(minor);
    }
    if (weightKg) {
      const grams = atDigits(weightKg, 3);
      return grams === null ? t`a weight finer than a gram` : format.weight(grams);
    }
    const packs = format.count(quantity);
    return t`${packs} packs`;
  };
}

type Measured = {
  readonly price?: { readonly amount: number; readonly decimals: number };
  readonly weightKg?: { readonly amount: number; readonly decimals: number };
  readonly quantity?: number;
};
