import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Field } from '#shared/ui/field.tsx';
import type { Locale } from '#shared/ui/format.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { parseAmount, typedAmount } from '../pay/amounts.ts';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | null;
  /** With every key: null for what is no value. */
  readonly onValue: (value: number | null) => void;
}

/** A figure as a person types it, checked with every key. */
export function TypedField({
  label,
  hint,
  value,
  parse,
  typed,
  onValue,
}: Props & {
  readonly parse: (text: string) => number | null;
  readonly typed: (value: number, locale: Locale) => string;
}) {
  const { t } = useLingui();
  const { locale } = useFormat();
  const [text, setText] = useState(() => (value === null ? '' : typed(value, locale)));
  return (
    <Field
      label={label}
      hint={hint}
      error={
        text.trim() !== '' && parse(text) === null ? t`This is no value that can be used here.` : undefined
      }
      value={text}
      inputMode="decimal"
      autoComplete="off"
      maxLength={20}
      dir="ltr"
      onChange={({ target }) => {
        setText(target.value);
        onValue(parse(target.value));
      }}
    />
  );
}

/** An amount of the store's money, in minor units; from `least` on. */
export function MoneyField({
  digits,
  least = 0,
  most = 100_000_000_000,
  ...props
}: Props & { readonly digits: number; readonly least?: number; readonly most?: number }) {
  const { currency } = useFormat();
  return (
    <TypedField
      {...props}
      hint={props.hint ?? currency.code}
      typed={(value, locale) => typedAmount(value, digits, locale)}
      parse={(text) => {
        const minor = parseAmount(text, digits);
        return minor === null || minor < least || minor > most ? null : minor;
      }}
    />
  );
}
