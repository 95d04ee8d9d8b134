import { Trans } from '@lingui/react/macro';
import { Keys } from '#shared/ui/kbd.tsx';
import { capsOf } from '../keys/chord.ts';
import { useKeymap } from '../keys/command-keys.tsx';

/** The key that asks the other stores, where this one has none. */
export function ElsewhereKey() {
  const keymap = useKeymap();
  return (
    <>
      {' · '}
      <Keys keys={capsOf(keymap.elsewhere[0] ?? '')} />
      <Trans>other stores</Trans>
    </>
  );
}
