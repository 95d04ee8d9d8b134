import { Trans, useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import type { RefusedChange } from '#shared/auth/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { useRefusedWords } from './refused-words.ts';

/** What to say to HQ on the phone: the number they find it by, and the words. */
export function AskDialog({
  change,
  onClose,
}: {
  readonly change: RefusedChange;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const state = useLive(useTill().state);
  const done = useRef<HTMLButtonElement>(null);
  const words = useRefusedWords()(change);
  useCommands({ back: onClose }, true);
  const till = state && 'store' in state ? `${state.store.name}, ${state.tillName}` : '';
  const { number, reason } = change;
  const made = `${format.day(change.at)}, ${format.time(change.at)}`;
  return (
    <Dialog open title={t`Ask HQ to take it`} initialFocus={done} onClose={onClose}>
      <div className="grid gap-4">
        <p>
          <Trans>Call HQ and read this out. They find it under Sync health, in quarantine.</Trans>
        </p>
        <p className="rounded-10 bg-surface-2 px-4 py-3 text-28 font-semibold tabular-nums">
          <bdi dir="ltr">{number}</bdi>
        </p>
        <blockquote className="border-s-4 border-line ps-4">
          <p>
            <bdi>{till}</bdi>. <bdi>{words.title}</bdi> ({made}).
          </p>
          <p>
            <Trans>
              The reason is <bdi dir="ltr">{reason}</bdi>. Please take it after all, or give it up.
            </Trans>
          </p>
        </blockquote>
        <p className="text-14 text-muted">
          <Trans>What HQ decides arrives here by itself.</Trans>
        </p>
        <Button ref={done} size={56} keys="Esc" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
