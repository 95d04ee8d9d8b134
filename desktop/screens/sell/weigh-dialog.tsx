import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { WeightError } from '#shared/sales/weighing.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Field } from '#shared/ui/field.tsx';
import { type Desk, setDesk, useDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { play } from '../sounds.ts';
import { parseGrams } from './parse-quantity.ts';
import { useScale } from './use-scale.ts';
import { useSelling } from './use-selling.ts';

/** Asks the scale as soon as it opens; whoever begins to type is asked instead, and so where the scale gives no weight. */
export function WeighDialog() {
  const weighing = useDesk((desk) => desk.weighing);
  return weighing && <OpenScale weighing={weighing} />;
}

type State = 'asking' | 'typing' | 'no-number' | WeightError['code'];

function OpenScale({ weighing: { name, of } }: { readonly weighing: NonNullable<Desk['weighing']> }) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [state, setState] = useState<State>('asking');
  const [bare, setBare] = useState(false);
  const trouble = useTroubles()(state);
  const { weighed } = useSelling();
  const leave = () => setDesk({ overlay: null, weighing: null });
  const take = (grams: number) => {
    leave();
    void weighed(of, grams);
  };
  const scale = useScale(take, (code) => {
    // A counter that has none types its weights: nothing is wrong.
    setBare(code === 'no-scale');
    if (code === 'no-scale') return setState('typing');
    play('unknown');
    setState(code);
  });
  const enter = () => {
    if (text.trim() !== '') {
      const grams = parseGrams(text);
      return grams === null ? setState('no-number') : take(grams);
    }
    if (bare) return setState('no-number');
    if (state === 'asking') return;
    setState('asking');
    scale.ask();
  };
  useCommands({ back: leave }, true);
  return (
    <Dialog open title={t`Weight of ${name}`} onClose={leave} initialFocus={field}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <Field
          ref={field}
          label={t`Grams`}
          size={56}
          autoComplete="off"
          inputMode="decimal"
          maxLength={10}
          value={text}
          error={trouble ?? undefined}
          onChange={(event) => {
            scale.leave();
            setState('typing');
            setText(event.target.value);
          }}
        />
        <p role="status" className="text-14 text-muted">
          {bare
            ? t`This counter has no scale: type what another one shows, 250 or 0.250 kg.`
            : state === 'asking'
              ? t`The scale is asked. Whoever types the grams need not wait.`
              : t`Enter with nothing typed asks the scale; or type the grams.`}
        </p>
        <Button kind="primary" size={56} keys="Enter" type="submit">
          {text.trim() === '' && !bare ? t`Ask the scale` : t`Take this weight`}
        </Button>
      </form>
    </Dialog>
  );
}

/** Why there is no weight, and what helps; null while nothing is wrong. */
function useTroubles(): (state: State) => string | null {
  const { t } = useLingui();
  const words: Readonly<Record<State, string | null>> = {
    asking: null,
    typing: null,
    'no-number': t`Type whole grams, 250, or kilograms, 0.250`,
    'in-motion': t`The weight does not stand still.`,
    under: t`Less than nothing lies on the scale. Set it to zero with nothing on it.`,
    over: t`More lies on the scale than it bears. Take something off.`,
    'no-zero': t`The scale has not found its zero. Switch it off and on with nothing on it.`,
    fault: t`The scale reports a fault of its own. It has to be mended.`,
    garbled: t`The scale cannot be understood. Devices shows its protocol and speed.`,
    offline: t`The scale does not answer. Is it switched on, and its cable in?`,
    'no-scale': null,
    'nothing-on-it': t`Nothing lies on the scale.`,
    'not-whole-grams': t`The scale gives no whole grams. Set it to kilograms.`,
  };
  return (state) => words[state];
}
