import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { OversellList } from './oversell-list.tsx';
import { OversellSettle } from './oversell-settle.tsx';
import { useOversell } from './use-oversell.ts';
import { useSwapWords } from './words.ts';

/** What two counters sold of one batch while they could not hear of each other: settled here with one key each. */
export function OversellTask() {
  const { t } = useLingui();
  const words = useSwapWords();
  const { tasks, refusal, settle } = useOversell();
  const [index, setIndex] = useState(0);
  const chosen = Math.min(index, (tasks?.length ?? 1) - 1);
  const task = tasks?.[chosen];
  const count = tasks?.length ?? 0;
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back });
  const settleChosen = () => task && void settle(task);
  const failed = tasks === null && refusal ? words(refusal) : null;
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`batch` },
        { keys: 'Enter', label: t`settle` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes sync-panes">
        <Pane title={t`Sold twice`} aside={count > 0 && t`${count} to settle`}>
          {failed && <ErrorState title={failed.title}>{failed.next}</ErrorState>}
          {tasks?.length === 0 && (
            <EmptyState title={t`Nothing to settle`}>
              {t`No batch was sold beyond what there was. Esc goes back to the sale.`}
            </EmptyState>
          )}
          {tasks && tasks.length > 0 && (
            <OversellList tasks={tasks} chosen={chosen} onChoose={setIndex} onSettle={settleChosen} />
          )}
        </Pane>
        {task && <OversellSettle task={task} refusal={refusal} onSettle={settleChosen} />}
      </main>
    </Frame>
  );
}
