import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { SecondRefundView } from '#shared/sales/calls-second-refunds.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { SecondRefundSettle } from './second-refund-settle.tsx';
import { useSecondRefunds } from './use-second-refunds.ts';
import { useSettleWords } from './words.ts';

/** Goods that came back at two counters while they could not hear of each other: a person's note settles it. */
export function SecondRefundsTask() {
  const { t } = useLingui();
  const words = useSettleWords();
  const { tasks, refusal, settle } = useSecondRefunds();
  const [index, setIndex] = useState(0);
  const note = useRef<HTMLDivElement>(null);
  const chosen = Math.min(index, (tasks?.length ?? 1) - 1);
  const task = tasks?.[chosen];
  const count = tasks?.length ?? 0;
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back });
  const failed = tasks === null && refusal ? words(refusal) : null;
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`sale` },
        { keys: 'Enter', label: t`settle` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes sync-panes">
        <Pane title={t`Returned twice`} aside={count > 0 && t`${count} to settle`}>
          {failed && <ErrorState title={failed.title}>{failed.next}</ErrorState>}
          {tasks?.length === 0 && (
            <EmptyState title={t`Nothing to settle`}>
              {t`No goods came back more often than they were sold. Esc goes back to the sale.`}
            </EmptyState>
          )}
          {tasks && tasks.length > 0 && (
            <ChoiceList
              id="second-refund"
              label={t`Returned twice`}
              count={count}
              chosen={chosen}
              onChoose={setIndex}
              onEnter={() => note.current?.querySelector('input')?.focus()}
            >
              {tasks.map((one, i) => (
                <Row key={one.saleId} task={one} index={i} chosen={i === chosen} onChoose={setIndex} />
              ))}
            </ChoiceList>
          )}
        </Pane>
        {task && (
          <SecondRefundSettle
            key={`${task.saleId} ${task.overBase}`}
            task={task}
            noteRef={note}
            refusal={refusal}
            onSettle={(text) => void settle(task, text)}
          />
        )}
      </main>
    </Frame>
  );
}

function Row({
  task,
  index,
  chosen,
  onChoose,
}: {
  readonly task: SecondRefundView;
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const format = useFormat();
  const last = task.returns.at(-1);
  return (
    <ChoiceRow
      id="second-refund"
      {...{ index, chosen, onChoose }}
      className="flex min-h-16 items-center gap-4 px-4 py-2"
    >
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">
          <bdi dir="ltr">{task.receiptNo}</bdi>
        </span>
        <span className="block truncate text-14 text-muted">
          <bdi>{task.lines.map(({ name }) => name).join(', ')}</bdi>
        </span>
      </span>
      <Badge tone="warn">
        <Trans>returned twice</Trans>
      </Badge>
      {last && (
        <span className="text-end">
          <Money minor={last.totalMinor} className="block font-semibold" />
          <span className="block text-12 text-muted">{format.day(last.at)}</span>
        </span>
      )}
    </ChoiceRow>
  );
}
