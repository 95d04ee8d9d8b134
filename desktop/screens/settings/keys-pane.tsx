import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Keys } from '#shared/ui/kbd.tsx';
import { capsOf } from '../keys/chord.ts';
import { type CommandId, commandIds } from '../keys/default-keys.ts';
import { commandLabels } from '../keys/labels.ts';
import { fixedKeys, keysPressed, type NewKeys, usualKeys } from './new-keys.ts';
import { changeOwn, useOwnSettings } from './own-settings.ts';

/** Every command and its keys: Enter on one, then the new keys; Delete gives back the usual ones. */
export function KeysPane() {
  const { t } = useLingui();
  const { keys, keymap } = useOwnSettings();
  const [pressing, setPressing] = useState<CommandId | null>(null);
  const [said, setSaid] = useState('');
  const settle = (id: CommandId, outcome: NewKeys) => {
    const name = t(commandLabels[id]);
    if (outcome.code === 'pressing') return;
    setPressing(null);
    if (outcome.code === 'types')
      return setSaid(t`That key types or moves. Take one with Ctrl or Alt, or F1 to F12.`);
    if (outcome.code === 'taken')
      return setSaid(t`That key is already ${t(commandLabels[outcome.by])}. ${name} keeps its own.`);
    changeOwn({ keys: outcome.keys });
    setSaid(t`${name} has its new key.`);
  };
  const onKeyDown = (event: KeyboardEvent, id: CommandId) => {
    if (pressing !== id && event.key !== 'Delete') return;
    if (event.key === 'Tab' && pressing !== id) return;
    // The key belongs to this row, whatever command it is elsewhere.
    event.preventDefault();
    event.nativeEvent.stopImmediatePropagation();
    if (pressing !== id) return settle(id, usualKeys(keys, id));
    if (event.key === 'Escape') return setPressing(null);
    settle(id, keysPressed(keys, id, event.nativeEvent));
  };
  const reset = () => {
    changeOwn({ keys: {} });
    setSaid(t`All keys are the usual ones again.`);
  };
  return (
    <>
      <p role="status" className="min-h-10 flex-none px-4 py-2 text-14 text-muted">
        {said || (
          <Trans>Enter on a command, then press its new keys. Delete gives back the usual ones.</Trans>
        )}
      </p>
      <ul className="min-h-0 flex-1 overflow-auto px-4">
        {commandIds
          .filter((id) => !fixedKeys.has(id))
          .map((id) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => setPressing(id)}
                onBlur={() => setPressing(null)}
                onKeyDown={(event) => onKeyDown(event, id)}
                className={cx(
                  'flex min-h-11 w-full items-center justify-between gap-4 border-b border-line-soft px-2 text-start text-14',
                  pressing === id && 'bg-brand-soft text-on-brand-soft',
                )}
              >
                <span>{t(commandLabels[id])}</span>
                {pressing === id ? (
                  <span className="font-semibold">
                    <Trans>Press the new keys</Trans>
                  </span>
                ) : (
                  <Keys keys={capsOf(keymap[id][0] ?? '')} />
                )}
              </button>
            </li>
          ))}
      </ul>
      <footer className="flex flex-none justify-end border-t border-line-soft px-4 py-3">
        <Button onClick={reset} disabled={Object.keys(keys).length === 0}>
          <Trans>All usual keys</Trans>
        </Button>
      </footer>
    </>
  );
}
