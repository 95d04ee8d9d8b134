import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { useIdleMinutes } from './use-idle-lock.ts';

/** When a counter that nobody touches locks, and when it stops waiting for who locked it. */
export function IdleRow({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useLingui();
  const { client } = useTill();
  const { minutes, signOut } = useIdleMinutes();
  const [lockText, setLockText] = useState('');
  const [outText, setOutText] = useState('');
  const [said, setSaid] = useState<'saved' | 'not-saved' | null>(null);
  useEffect(() => setLockText(minutes === null ? '' : String(minutes)), [minutes]);
  useEffect(() => setOutText(signOut === null ? '' : String(signOut)), [signOut]);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!isMinutes(lockText) || !isMinutes(outText)) return setSaid('not-saved');
    const wanted = { idleLockMinutes: Number(lockText), signOutMinutes: Number(outText) };
    const answer = await answerOf(client.auth.changeCounterSettings(wanted));
    if (answer.ok) useIdleMinutes.setState({ minutes: Number(lockText), signOut: Number(outText) });
    setSaid(answer.ok ? 'saved' : 'not-saved');
  };
  const wrong = (text: string) =>
    said === 'not-saved' && !isMinutes(text) ? t`Not saved: type minutes from 0 to 240.` : undefined;
  const usual = { inputMode: 'numeric', maxLength: 3, disabled: !mayEdit } as const;
  return (
    <form onSubmit={save} className="flex flex-wrap items-end gap-3 border-b border-line-soft py-3">
      <Field
        {...usual}
        className="min-w-40 flex-1"
        label={t`Lock after so many minutes without a key (0: never)`}
        value={lockText}
        onChange={(event) => setLockText(event.target.value)}
        error={wrong(lockText)}
        hint={mayEdit ? said === 'saved' && t`Saved.` : t`A manager may change this.`}
      />
      <Field
        {...usual}
        className="min-w-40 flex-1"
        label={t`Once locked, wait so many minutes for the same person (0: for ever)`}
        value={outText}
        onChange={(event) => setOutText(event.target.value)}
        error={wrong(outText)}
      />
      <Button type="submit" keys="Enter" disabled={!mayEdit}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

const isMinutes = (text: string) => /^\d{1,3}$/.test(text) && Number(text) <= 240;
