import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowLeftRight } from 'lucide-react';
import type { OversellTaskView } from '#shared/inventory/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { Quantity } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { type SwapRefusal, useSwapWords } from './words.ts';

/** What happened to the chosen batch, and the one key that settles it. */
export function OversellSettle({
  task,
  refusal,
  onSettle,
}: {
  readonly task: OversellTaskView;
  readonly refusal: SwapRefusal | null;
  readonly onSettle: () => void;
}) {
  const { t } = useLingui();
  const other = task.kind === 'surplus' ? task.from : task.suggestion;
  return (
    <Pane title={task.kind === 'surplus' ? t`Swapped twice` : t`Sold twice`}>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        <Refused refusal={refusal} />
        {task.kind === 'surplus' ? <Surplus task={task} /> : <Short task={task} />}
      </div>
      {other && (
        <div className="flex flex-none p-4">
          <Button
            kind="primary"
            size={72}
            grow
            keys="Enter"
            tabIndex={-1}
            icon={<ArrowLeftRight size={24} aria-hidden />}
            onClick={onSettle}
          >
            <span className="truncate text-20">
              {task.kind === 'surplus' ? (
                <Trans>Take one swap back</Trans>
              ) : (
                <Trans>
                  Swap with <bdi dir="ltr">{other.code}</bdi>
                </Trans>
              )}
            </span>
          </Button>
        </div>
      )}
    </Pane>
  );
}

function Short({ task }: { readonly task: Extract<OversellTaskView, { kind: 'oversold' }> }) {
  const format = useFormat();
  const { suggestion, packSize, weighed } = task;
  return (
    <>
      <p>
        <Trans>
          More of batch <bdi dir="ltr">{task.code}</bdi> was sold than there was: two counters could not hear
          of each other, or it was not on the books. Every receipt stands.
        </Trans>
      </p>
      {suggestion ? (
        <p>
          <Trans>
            What was handed over was probably batch <bdi dir="ltr">{suggestion.code}</bdi>, exp.{' '}
            {format.date(suggestion.expiresOn)}, with{' '}
            <Quantity qtyBase={suggestion.onHandBase} packSize={packSize} weighed={weighed} /> on the books.
            Look at the shelf first.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>No other batch of it has as much. Count it on the shelf.</Trans>
        </p>
      )}
    </>
  );
}

function Surplus({ task }: { readonly task: Extract<OversellTaskView, { kind: 'surplus' }> }) {
  return (
    <p>
      {task.from ? (
        <Trans>
          Two people settled this batch, here and at HQ, before they heard of each other. The books now have
          too many of <bdi dir="ltr">{task.code}</bdi> and too few of <bdi dir="ltr">{task.from.code}</bdi>.
        </Trans>
      ) : (
        <Trans>
          Two people settled this batch. The books now have too many of it: count it on the shelf.
        </Trans>
      )}
    </p>
  );
}

function Refused({ refusal }: { readonly refusal: SwapRefusal | null }) {
  const words = useSwapWords();
  return refusal && <WordsNote {...words(refusal)} />;
}
