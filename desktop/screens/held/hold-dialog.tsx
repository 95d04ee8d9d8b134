import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { useRefusalWords } from '../sell/refusal-words.tsx';
import { useTill } from '../till.ts';

/** F4: puts the sale aside under a name, for every counter of the store. Enter alone is enough. */
export function HoldDialog() {
  const { t } = useLingui();
  const { hands } = useTill();
  const words = useRefusalWords();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const leave = () => setDesk({ overlay: null });
  useCommands({ back: leave }, true);
  const hold = async () => {
    const answer = await hands.hold(name.trim());
    if (answer.ok) setDesk({ overlay: null, chosenLineId: null, text: '' });
    else setRefused(words(answer.refusal).title);
  };
  return (
    <Dialog open title={t`Hold the sale`} onClose={leave} initialFocus={field}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void hold();
        }}
      >
        <label className="grid gap-1 font-semibold">
          <Trans>Known by</Trans>
          <input
            ref={field}
            value={name}
            maxLength={60}
            autoComplete="off"
            aria-describedby="hold-note"
            onChange={(event) => setName(event.target.value)}
            className="h-[52px] rounded-10 border border-line-control bg-surface px-3 text-20"
          />
        </label>
        <p
          id="hold-note"
          role={refused ? 'alert' : undefined}
          className={refused ? 'text-stop' : 'text-muted'}
        >
          {refused ??
            t`A coat, a place in the queue: no name that is private. Every counter of the store sees it.`}
        </p>
        <Button kind="primary" size={56} keys="Enter" type="submit">
          <Trans>Hold</Trans>
        </Button>
      </form>
    </Dialog>
  );
}
