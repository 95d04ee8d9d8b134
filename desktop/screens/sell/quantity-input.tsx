import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { cx } from '#shared/ui/cx.ts';
import { splitPacks } from '#shared/ui/format.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { parseGrams, parseQuantity } from './parse-quantity.ts';

/** Types a quantity where it stands: packs, and loose units where a pack may be broken; grams of a weight. Enter sets it, Esc leaves. */
export function QuantityInput({
  of: { name, baseUnit, packSize, breakable, qtyBase },
  mostBase = Number.POSITIVE_INFINITY,
  onSet,
  onLeave,
}: {
  readonly of: {
    readonly name: string;
    readonly baseUnit: string;
    readonly packSize: number;
    readonly breakable: boolean;
    readonly qtyBase: number;
  };
  readonly mostBase?: number;
  readonly onSet: (base: number) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const weighed = isSoldByWeight({ baseUnit, breakable });
  const [text, setText] = useState(() => (weighed ? String(qtyBase) : asTyped(qtyBase, packSize)));
  const [wrong, setWrong] = useState(false);
  useCommands({ back: onLeave, pay: () => enter() });
  const enter = () => {
    const base = weighed ? parseGrams(text) : parseQuantity(text, packSize);
    if (base === null || base > mostBase) return setWrong(true);
    onLeave();
    onSet(base);
  };
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: the key that opened it said that typing goes here
        autoFocus
        onFocus={(event) => event.target.select()}
        aria-label={weighed ? t`Grams of ${name}` : t`Quantity of ${name}`}
        aria-invalid={wrong || undefined}
        inputMode={weighed ? 'decimal' : 'numeric'}
        autoComplete="off"
        maxLength={14}
        value={text}
        onBlur={onLeave}
        onChange={(event) => {
          setWrong(false);
          setText(event.target.value);
        }}
        onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && enter()}
        className="figure h-9 w-full rounded-6 border border-line-control bg-surface px-2 text-20 font-semibold"
      />
      <p
        role={wrong ? 'alert' : undefined}
        className={cx(
          'absolute top-full z-10 mt-1 rounded-6 border bg-surface px-2 py-1 text-12 whitespace-nowrap shadow-2',
          wrong ? 'border-stop text-stop' : 'border-line text-muted',
        )}
      >
        {weighed ? (
          <Trans>
            <b dir="ltr">250</b> grams · <b dir="ltr">0.250</b> kilograms
          </Trans>
        ) : breakable ? (
          <Trans>
            <b dir="ltr">2</b> packs · <b dir="ltr">2+5</b> and loose · <b dir="ltr">5u</b> loose alone (
            {baseUnit})
          </Trans>
        ) : (
          <Trans>Whole packs: this one may not be broken</Trans>
        )}
      </p>
    </>
  );
}

function asTyped(qtyBase: number, packSize: number): string {
  const { packs, loose } = splitPacks(qtyBase, packSize);
  if (packs === 0 && loose > 0) return `${loose}u`;
  return loose === 0 ? String(packs) : `${packs}+${loose}`;
}
