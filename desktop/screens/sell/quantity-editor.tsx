import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CartLineView } from '#shared/sales/calls-cart.ts';
import { cx } from '#shared/ui/cx.ts';
import { splitPacks } from '#shared/ui/format.ts';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { parseQuantity } from './parse-quantity.ts';
import { useSelling } from './use-selling.ts';

/** Types a line's quantity where it stands: packs, and loose units where a pack may be broken. Enter sets it. */
export function QuantityEditor({ line }: { readonly line: CartLineView }) {
  const { t } = useLingui();
  const { setBase } = useSelling();
  const [text, setText] = useState(() => asTyped(line));
  const [wrong, setWrong] = useState(false);
  const leave = () => setDesk({ editingLineId: null });
  useCommands({ back: leave, pay: () => enter() });
  const enter = () => {
    const base = parseQuantity(text, line.packSize);
    if (base === null) return setWrong(true);
    leave();
    if (base !== line.qtyBase) void setBase(line, base);
  };
  const { name, baseUnit } = line;
  return (
    <div className="relative col-span-2">
      <input
        // biome-ignore lint/a11y/noAutofocus: the key that opened it said that typing goes here
        autoFocus
        onFocus={(event) => event.target.select()}
        aria-label={t`Quantity of ${name}`}
        aria-invalid={wrong || undefined}
        inputMode="numeric"
        autoComplete="off"
        maxLength={14}
        value={text}
        onBlur={leave}
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
        {line.breakable ? (
          <Trans>
            <b dir="ltr">2</b> packs · <b dir="ltr">2+5</b> and loose · <b dir="ltr">5u</b> loose alone (
            {baseUnit})
          </Trans>
        ) : (
          <Trans>Whole packs: this one may not be broken</Trans>
        )}
      </p>
    </div>
  );
}

function asTyped({ qtyBase, packSize }: CartLineView): string {
  const { packs, loose } = splitPacks(qtyBase, packSize);
  if (packs === 0) return `${loose}u`;
  return loose === 0 ? String(packs) : `${packs}+${loose}`;
}
