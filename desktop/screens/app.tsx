import { Trans, useLingui } from '@lingui/react/macro';
import { KeyRound } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { TillState } from '#shared/auth/calls.ts';
import { ErrorState } from '#shared/ui/states.tsx';
import { OrgFormat } from '#shared/ui/use-format.ts';
import { Counter } from './counter.tsx';
import { CustomerScreen, isCustomerView } from './customer-display/customer-screen.tsx';
import { FirstRun } from './first-run/first-run.tsx';
import { Joining } from './first-run/joining.tsx';
import { KeyLost } from './first-run/key-lost.tsx';
import { RecoveredNote, type Recovery } from './first-run/recovered.tsx';
import { Starting } from './frame/starting.tsx';
import { CommandKeys } from './keys/command-keys.tsx';
import { useLive } from './live.ts';
import { useOwnSettings } from './settings/own-settings.ts';
import { Revoked } from './sign-in/revoked.tsx';
import { SignIn } from './sign-in/sign-in.tsx';
import { useTill } from './till.ts';
import type { TwoTills } from './training/counter.ts';
import { TrainingGround } from './training/training-ground.tsx';

/** The till's app: which screen is shown follows from what the till says it is ready for. */
export function App({ counter }: { readonly counter: TwoTills | null }) {
  const keymap = useOwnSettings((own) => own.keymap);
  if (!counter) return <NoToken />;
  if (isCustomerView(window))
    return (
      <TrainingGround counter={counter}>
        <CustomerScreen />
      </TrainingGround>
    );
  return (
    <CommandKeys keymap={keymap}>
      <TrainingGround counter={counter}>
        <Phases />
      </TrainingGround>
    </CommandKeys>
  );
}

function Phases() {
  const state = useLive(useTill().state);
  const store = state && 'store' in state ? state.store : null;
  const org = useMemo(
    () =>
      store && {
        currency: { code: store.currency, digits: store.minorDigits },
        timeZone: store.zone,
      },
    [store?.currency, store?.minorDigits, store?.zone, store],
  );
  const [recovery, setRecovery] = useState<Recovery>(null);
  const screen = () => {
    if (recovery !== null && recovery !== 'asking')
      return <RecoveredNote recovered={recovery} onDone={() => setRecovery(null)} />;
    if (state?.phase === 'key-lost')
      return <KeyLost state={state} asking={recovery === 'asking'} onRecovery={setRecovery} />;
    // The till is open before it has answered under which letter.
    return state && recovery === null ? screenOf(state) : <Starting />;
  };
  return org ? <OrgFormat value={org}>{screen()}</OrgFormat> : screen();
}

function screenOf(state: Exclude<TillState, { readonly phase: 'key-lost' }>) {
  switch (state.phase) {
    case 'first-run':
      return <FirstRun />;
    case 'joining':
      return <Joining state={state} />;
    case 'revoked':
      return <Revoked waiting={state.waiting} />;
    case 'sign-in':
      return <SignIn people={state.people} />;
    case 'ready':
      return <Counter state={state} />;
  }
}

/** A browser that came without the token, by a bookmark or a second tab: it is shown the way in, and nothing else. */
function NoToken() {
  const { t } = useLingui();
  return (
    <main className="grid h-full">
      <ErrorState
        icon={<KeyRound size={28} strokeWidth={1.5} aria-hidden />}
        title={t`This address has no key to the till`}
      >
        <Trans>Open the whole address that the till printed when it started.</Trans>
      </ErrorState>
    </main>
  );
}
