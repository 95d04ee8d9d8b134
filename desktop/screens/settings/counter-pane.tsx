import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { LocaleSwitch, ThemeSwitch } from '#shared/ui/preference-switches.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { setDesk } from '../desk.ts';
import { answerOf } from '../refusal.ts';
import { play } from '../sounds.ts';
import { useTill } from '../till.ts';
import { changeOwn, useOwnSettings } from './own-settings.ts';
import { SupportRow } from './support-row.tsx';
import { useIdleMinutes } from './use-idle-lock.ts';

/** Language, theme, sounds, idle lock, and the ways to devices and support. */
export function CounterPane({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useLingui();
  const sounds = useOwnSettings((own) => own.sounds);
  const setSounds = (next: 'on' | 'off') => {
    changeOwn({ sounds: next === 'on' });
    play('ok');
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto px-4">
      <Row label={t`Language`}>
        <LocaleSwitch />
      </Row>
      <Row label={t`Theme`}>
        <ThemeSwitch />
      </Row>
      <Row label={t`Sounds`}>
        <Segmented
          label={t`Sounds`}
          value={sounds ? 'on' : 'off'}
          onChange={setSounds}
          options={[
            { value: 'on', label: t`On` },
            { value: 'off', label: t`Off` },
          ]}
        />
      </Row>
      <IdleRow mayEdit={mayEdit} />
      <Row label={t`Printers, scanners and labels`}>
        <Button onClick={() => setDesk({ task: 'devices' })}>
          <Trans>Devices</Trans>
        </Button>
      </Row>
      <SupportRow />
    </div>
  );
}

function IdleRow({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useLingui();
  const { client } = useTill();
  const { minutes } = useIdleMinutes();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<'saved' | 'not-saved' | null>(null);
  useEffect(() => setText(minutes === null ? '' : String(minutes)), [minutes]);
  const wanted = Number(text);
  const isGood = /^\d{1,3}$/.test(text) && wanted <= 240;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!isGood) return setSaid('not-saved');
    const answer = await answerOf(client.auth.changeCounterSettings({ idleLockMinutes: wanted }));
    if (answer.ok) useIdleMinutes.setState({ minutes: wanted });
    setSaid(answer.ok ? 'saved' : 'not-saved');
  };
  return (
    <form onSubmit={save} className="flex flex-wrap items-end gap-3 border-b border-line-soft py-3">
      <Field
        className="min-w-40 flex-1"
        label={t`Lock after so many minutes without a key (0: never)`}
        inputMode="numeric"
        maxLength={3}
        value={text}
        disabled={!mayEdit}
        onChange={(event) => setText(event.target.value)}
        error={said === 'not-saved' ? t`Not saved: type minutes from 0 to 240.` : undefined}
        hint={mayEdit ? said === 'saved' && t`Saved.` : t`A manager may change this.`}
      />
      <Button type="submit" keys="Enter" disabled={!mayEdit}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-3 border-b border-line-soft py-2">
      <span>{label}</span>
      {children}
    </div>
  );
}
