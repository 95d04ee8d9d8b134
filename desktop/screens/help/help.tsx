import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useRef } from 'react';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Keys } from '#shared/ui/kbd.tsx';
import { setDesk } from '../desk.ts';
import { capsOf } from '../keys/chord.ts';
import { useCommandRunner, useCommands, useKeymap } from '../keys/command-keys.tsx';
import { type CommandId, commandIds } from '../keys/default-keys.ts';
import { commandLabels } from '../keys/labels.ts';

/** The keys that work where it was opened, and what one types into the scan field. */
export function Help() {
  const { t } = useLingui();
  const keymap = useKeymap();
  const runner = useCommandRunner();
  const working = useRef<readonly CommandId[]>(null);
  // Taken once: the help's own layer hides them.
  working.current ??= commandIds.filter((id) => runner(id));
  const leave = () => setDesk({ overlay: null });
  useCommands({ back: leave, keys: leave }, true);
  return (
    <Dialog open width={760} title={t`Keys that work here`} onClose={leave}>
      <dl tabIndex={0} className="grid grid-cols-2 gap-x-8 gap-y-2 text-14 max-[640px]:grid-cols-1">
        {working.current.map((id) => (
          <Row key={id} keys={keymap[id].slice(0, id === 'quickKey' || id === 'tender' ? 1 : 2).map(capsOf)}>
            {t(commandLabels[id])}
          </Row>
        ))}
        <Row keys={['n', '*']}>
          <Trans>so many packs of the next article</Trans>
        </Row>
        <Row keys={['↑', '↓', 'Enter']}>
          <Trans>choose among what was found; in an empty field, a line</Trans>
        </Row>
      </dl>
    </Dialog>
  );
}

function Row({ keys, children }: { readonly keys: readonly string[]; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 border-b border-line-soft">
      <dt>{children}</dt>
      <dd className="flex flex-wrap gap-1.5">
        {keys.map((key) => (
          <Keys key={key} keys={key} />
        ))}
      </dd>
    </div>
  );
}
