import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import type { ShiftView } from '#shared/sales/calls-shift.ts';
import { setDesk, useDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useLive } from '../live.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';
import { CloseFlow } from './close-flow.tsx';
import { MoneyDialog, type MoneyKind } from './money-dialog.tsx';
import { OpenStep } from './open-step.tsx';
import { Overview, type ShiftAction } from './overview.tsx';
import { PastStep } from './past-step.tsx';

/** F12: opens a shift, shows how the open one stands, moves money, counts and closes. */
export function ShiftTask({ people }: { readonly people: readonly PersonTile[] }) {
  const view = useLive(useTill().shift);
  const [place, setPlace] = useState<'rest' | 'closing' | 'past'>('rest');
  const toRest = () => setPlace('rest');
  if (!view) return null;
  if (place === 'past') return <Past onBack={toRest} />;
  if (place === 'closing')
    return (
      <CloseFlow view={view} people={people} onLeave={toRest} onDone={() => setDesk({ task: 'sell' })} />
    );
  return (
    <AtRest view={view} people={people} onClose={() => setPlace('closing')} onPast={() => setPlace('past')} />
  );
}

function AtRest({
  view,
  people,
  onClose,
  onPast,
}: {
  readonly view: ShiftView;
  readonly people: readonly PersonTile[];
  readonly onClose: () => void;
  readonly onPast: () => void;
}) {
  const { t } = useLingui();
  const { client } = useTill();
  const [unblinded, setUnblinded] = useState(false);
  const [moving, setMoving] = useState<MoneyKind | null>(null);
  const overlay = useDesk((desk) => desk.overlay);
  const back = () => setDesk({ task: 'sell' });
  const printX = async () => {
    const command = { commandId: crypto.randomUUID() };
    const answer = await answerOf(client.sales.shift.printX(command, { context: repeatable(3) }));
    if (answer.ok) setUnblinded(true);
  };
  const actions: readonly ShiftAction[] = [
    { name: t`Pay in`, keys: 'Ctrl+1', run: () => setMoving('pay-in') },
    { name: t`Pay out`, keys: 'Ctrl+2', run: () => setMoving('pay-out') },
    { name: t`Show and print the X-report`, keys: 'Ctrl+3', run: () => void printX() },
    { name: t`Past Z-reports`, keys: 'Ctrl+6', run: onPast },
    { name: t`Open drawer`, keys: 'Ctrl+D', run: () => setDesk({ overlay: 'drawer' }) },
  ];
  const quickKey = (which: number) =>
    actions.find(({ keys }) => keys === `Ctrl+${which + 1}` && (view.open || keys === 'Ctrl+6'))?.run();
  useCommands({ back, scan: back, quickKey });
  return (
    <Frame
      current="shift"
      moment={[
        ...(view.open ? [] : [{ keys: '↑+↓', label: t`next field` }]),
        { keys: 'Enter', label: view.open ? t`count and close` : t`open` },
        { keys: 'Ctrl+D', label: t`drawer` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      {view.open ? (
        <Overview
          {...{ view, actions, unblinded, onClose }}
          open={view.open}
          covered={moving !== null || overlay !== null}
          onBack={back}
        />
      ) : (
        <main className="grid min-h-0">
          <OpenStep leftMinor={view.leftMinor} onBack={back} onPast={onPast} />
        </main>
      )}
      {moving && <MoneyDialog kind={moving} people={people} onLeave={() => setMoving(null)} />}
    </Frame>
  );
}

function Past({ onBack }: { readonly onBack: () => void }) {
  const { t } = useLingui();
  return (
    <Frame
      current="shift"
      moment={[
        { keys: '↑+↓', label: t`Z-report` },
        { keys: 'F5', label: t`print again` },
        { keys: 'Esc', label: t`back` },
      ]}
    >
      <PastStep onBack={onBack} />
    </Frame>
  );
}
