import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { ReviewRow } from './review-row.tsx';
import { RowButton } from './row-button.tsx';

export type Oversold = Hq['inventory']['oversold'][number];
type Task = Oversold['task'];

/** A batch below zero, or one that was swapped at both ends: what happened, and the button that settles it. */
export function OversoldRow({
  oversold: { task, at, storeName },
  busy,
  onSettle,
}: {
  readonly oversold: Oversold;
  readonly busy: boolean;
  readonly onSettle: () => void;
}) {
  const { t } = useLingui();
  const { name } = task;
  const title = task.kind === 'oversold' ? t`Sold more than there was: ${name}` : t`Swapped twice: ${name}`;
  const verb = task.kind === 'oversold' ? t`Swap batch` : t`Undo one swap`;
  const other = task.kind === 'oversold' ? task.suggestion : task.from;
  return (
    <ReviewRow at={at} title={title} note={<Note task={task} />} where={storeName}>
      {other && <RowButton verb={verb} what={title} busy={busy} onPress={onSettle} />}
    </ReviewRow>
  );
}

function Note({ task }: { readonly task: Task }) {
  const format = useFormat();
  const amount = (base: number) =>
    task.weighed ? format.weight(base) : format.quantity(base, task.packSize);
  if (task.kind === 'surplus') {
    const tooMany = <Figure>{amount(task.surplusBase)}</Figure>;
    if (!task.from)
      return (
        <Trans>
          Batch <Code>{task.code}</Code> has {tooMany} too many. Have it counted on the shelf.
        </Trans>
      );
    return (
      <Trans>
        Batch <Code>{task.code}</Code> has {tooMany} too many, <Code>{task.from.code}</Code> as many too few.
      </Trans>
    );
  }
  const below = <Figure>{amount(-task.shortBase)}</Figure>;
  if (!task.suggestion)
    return (
      <Trans>
        Batch <Code>{task.code}</Code> stands at {below}. No other has as much: have it counted.
      </Trans>
    );
  return (
    <Trans>
      Batch <Code>{task.code}</Code> stands at {below}. Suggested: take from{' '}
      <Code>{task.suggestion.code}</Code>
    </Trans>
  );
}

const Code = ({ children }: { readonly children: string }) => <bdi dir="ltr">{children}</bdi>;
const Figure = ({ children }: { readonly children: string }) => (
  <bdi dir="ltr" className="tabular-nums">
    {children}
  </bdi>
);
