import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { LocaleSwitch, ThemeSwitch } from '#shared/ui/preference-switches.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { setDesk } from '../desk.ts';
import { play } from '../sounds.ts';
import { TrainingButton } from '../training/training-button.tsx';
import { IdleRow } from './idle-row.tsx';
import { changeOwn, useOwnSettings } from './own-settings.ts';
import { SupportRow } from './support-row.tsx';
import { VersionRow } from './version-row.tsx';

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
      <Row label={t`Practise without anything counting`}>
        <TrainingButton />
      </Row>
      <VersionRow />
      <SupportRow />
    </div>
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
