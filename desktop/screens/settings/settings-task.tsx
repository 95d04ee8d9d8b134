import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Session } from '#shared/auth/calls.ts';
import { Pane } from '#shared/ui/pane.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { BackupPane } from '../backup/backup-pane.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { CounterPane } from './counter-pane.tsx';
import { KeysPane } from './keys-pane.tsx';

/** How this counter looks, sounds and is worked by keys, and where its backups go. */
export function SettingsTask({ session }: { readonly session: Session }) {
  const { t } = useLingui();
  const [part, setPart] = useState<'counter' | 'keys'>('counter');
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back });
  const mayEdit = session.permissions.includes('auth.settings.edit');
  const parts = (
    <Segmented
      label={t`Part of the settings`}
      value={part}
      onChange={setPart}
      options={[
        { value: 'counter', label: t`Counter` },
        { value: 'keys', label: t`Keys` },
      ]}
    />
  );
  return (
    <Frame
      moment={[
        { keys: 'Tab', label: t`next field` },
        { keys: 'Enter', label: part === 'keys' ? t`press new keys` : t`choose` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' }}>
        <Pane title={t`Settings`} actions={parts}>
          {part === 'counter' ? <CounterPane mayEdit={mayEdit} /> : <KeysPane />}
        </Pane>
        <BackupPane mayEdit={mayEdit} />
      </main>
    </Frame>
  );
}
