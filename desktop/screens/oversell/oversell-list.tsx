import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import type { OversellTaskView } from '#shared/inventory/calls.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Quantity } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';

/** The batches to settle; arrows choose, Enter settles the chosen one. */
export function OversellList({
  tasks,
  chosen,
  onChoose,
  onSettle,
}: {
  readonly tasks: readonly OversellTaskView[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onSettle: () => void;
}) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []);
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={t`Sold twice`}
      aria-activedescendant={`oversell-${chosen}`}
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-3"
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step !== undefined) {
          event.preventDefault();
          onChoose(Math.min(Math.max(chosen + step, 0), tasks.length - 1));
        }
        if (event.key === 'Enter') onSettle();
      }}
    >
      {tasks.map((task, i) => (
        <OversellRow
          key={task.kind === 'surplus' ? `${task.batchId} ${task.swapId}` : task.batchId}
          task={task}
          id={`oversell-${i}`}
          chosen={i === chosen}
          onChoose={() => onChoose(i)}
        />
      ))}
    </div>
  );
}

function OversellRow({
  task,
  id,
  chosen,
  onChoose,
}: {
  readonly task: OversellTaskView;
  readonly id: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const expiry = format.date(task.expiresOn);
  const surplus = task.kind === 'surplus';
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onMouseDown={onChoose}
      className={cx(
        'relative flex min-h-16 cursor-pointer items-center gap-4 border-b border-line-soft px-4 py-2',
        chosen && 'chosen',
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">
          <bdi>{task.name}</bdi>
        </span>
        <span className="block truncate text-14 text-muted">
          <Trans>
            Batch <bdi dir="ltr">{task.code}</bdi>, exp. {expiry}
          </Trans>
        </span>
      </span>
      <Badge tone={surplus ? 'info' : 'warn'}>{surplus ? t`swapped twice` : t`sold twice`}</Badge>
      <span className="text-end">
        <Quantity
          className="block font-semibold"
          qtyBase={surplus ? task.surplusBase : task.shortBase}
          packSize={task.packSize}
        />
        <span className="block text-12 text-muted">{surplus ? t`too many` : t`missing`}</span>
      </span>
    </div>
  );
}
