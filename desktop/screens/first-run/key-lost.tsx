import { Trans, useLingui } from '@lingui/react/macro';
import type { TillState } from '#shared/auth/calls.ts';
import { LocaleSwitch } from '#shared/ui/preference-switches.tsx';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useNextLanguage } from '../use-counter.ts';
import { RecoverCard } from './recover-card.tsx';
import type { Recovery } from './recovered.tsx';
import { RestoreCard } from './restore-card.tsx';
import { WhatHappened } from './what-happened.tsx';

interface Given {
  readonly state: Extract<TillState, { readonly phase: 'key-lost' }>;
  readonly asking: boolean;
  readonly onRecovery: (recovery: Recovery) => void;
}

/**
 * The till's database is here and its key is gone: what happened, what brings it back, and the two ways to do it. Joining as
 * a new till is not among them: whoever is in a hurry would take it, and the work that is in this database alone would lie
 * in a folder that nobody thinks of (decision 0007).
 */
export function KeyLost({ state, asking, onRecovery }: Given) {
  const { t } = useLingui();
  useCommands({ language: useNextLanguage() });
  const fits = state.why !== 'other';
  return (
    <Frame
      moment={[
        { keys: 'Tab', label: t`next field` },
        { keys: 'Enter', label: t`recover` },
        { keys: 'Alt+L', label: t`language` },
      ]}
    >
      <main className="flex min-h-0 flex-col gap-6 overflow-auto px-12 py-8 stacked:p-4">
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div>
            <h1 className="text-48 font-semibold tracking-tight low:text-28">
              {fits ? (
                <Trans>The key of this till is gone</Trans>
              ) : (
                <Trans>The key here does not open this till</Trans>
              )}
            </h1>
            <p className="text-20 text-muted low:text-16">
              {fits ? (
                <Trans>
                  Everything done at this till is still here, locked. HQ and the recovery key open it again.
                </Trans>
              ) : (
                <Trans>
                  Its database is here and nothing was changed in it. The recovery key opens it if it is
                  whole.
                </Trans>
              )}
            </p>
          </div>
          <LocaleSwitch />
        </div>
        <div className="grid flex-1 grid-cols-3 gap-6 stacked:flex-none stacked:grid-cols-1">
          <WhatHappened state={state} />
          <RecoverCard asking={asking} onRecovery={onRecovery} />
          <RestoreCard overLocked />
        </div>
      </main>
    </Frame>
  );
}
