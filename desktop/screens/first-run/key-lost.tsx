import { Trans, useLingui } from '@lingui/react/macro';
import type { TillState } from '#shared/auth/calls.ts';
import { Beginnings } from './beginnings.tsx';
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
  const fits = state.why !== 'other';
  return (
    <Beginnings
      title={
        fits ? (
          <Trans>The key of this till is gone</Trans>
        ) : (
          <Trans>The key here does not open this till</Trans>
        )
      }
      lead={
        fits ? (
          <Trans>
            Everything done at this till is still here, locked. HQ and the recovery key open it again.
          </Trans>
        ) : (
          <Trans>
            Its database is here and nothing was changed in it. The recovery key opens it if it is whole.
          </Trans>
        )
      }
      enter={t`recover`}
    >
      <WhatHappened state={state} />
      <RecoverCard asking={asking} onRecovery={onRecovery} />
      <RestoreCard overLocked />
    </Beginnings>
  );
}
