import { useLingui } from '@lingui/react/macro';
import { Keys } from '#shared/ui/kbd.tsx';
import { capsOf } from '../keys/chord.ts';
import { useKeymap } from '../keys/command-keys.tsx';
import { useElsewhere } from './use-elsewhere.ts';
import { useCountWords } from './words.ts';

/** How many other stores have a pack, with the key that names them. */
export function ElsewhereLine({ packId }: { readonly packId: string }) {
  const { t } = useLingui();
  const keymap = useKeymap();
  const counts = useCountWords();
  const found = useElsewhere(packId);
  if (!found) return null;
  const { holders, without } = found;
  const said =
    holders.length + without === 0 ? t`Nothing is known of other stores` : counts.holders(holders.length);
  return (
    <span className="flex items-center gap-2">
      <Keys keys={capsOf(keymap.elsewhere[0] ?? '')} /> {said}
    </span>
  );
}
