import { Trans, useLingui } from '@lingui/react/macro';
import type { OversellTaskView } from '#shared/inventory/calls.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
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
  return (
    <ChoiceList
      id="oversell"
      label={t`Sold twice`}
      count={tasks.length}
      chosen={chosen}
      onChoose={onChoose}
      onEnter={onSettle}
    >
      {tasks.map((task, i) => (
        <OversellRow
          key={task.kind === 'surplus' ? `${task.batchId} ${task.swapId}` : task.batchId}
          task={task}
          index={i}
          chosen={i === chosen}
          onChoose={onChoose}
        />
      ))}
    </ChoiceList>
  );
}

function OversellRow({
  task,
  index,
  chosen,
  onChoose,
}: {
  readonly task: OversellTaskView;
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const expiry = format.date(task.expiresOn);
  const surplus = task.kind === 'surplus';
  return (
    <ChoiceRow
      id="oversell"
      {...{ index, chosen, onChoose }}
      className="flex min-h-16 items-center gap-4 px-4 py-2"
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
          weighed={task.weighed}
        />
        <span className="block text-12 text-muted">{surplus ? t`too many` : t`missing`}</span>
      </span>
    </ChoiceRow>
  );
}
