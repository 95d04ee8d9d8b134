import { Trans, useLingui } from '@lingui/react/macro';
import { Clock3 } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useEffect, useState } from 'react';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { BatchView } from '#shared/inventory/calls.ts';
import type { CartLineView } from '#shared/sales/calls-cart.ts';
import { Button } from '#shared/ui/button.tsx';
import { Quantity } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { answerOf } from '../refusal.ts';
import { RefusalNote } from '../sell/refusal-note.tsx';
import { useSelling } from '../sell/use-selling.ts';
import { useTill } from '../till.ts';
import { BatchRow } from './batch-row.tsx';
import { isLocked } from './is-locked.ts';

/** All batches of the line's pack, in the order they should go; what may not be sold is locked and says why. */
export function BatchPane({
  line,
  number,
  onBack,
}: {
  readonly line: CartLineView;
  readonly number: number;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const { takeFromBatch } = useSelling();
  const batches = useBatches(line.packId);
  const [choice, setChoice] = useState<string | null>(null);
  const chosenId = choice ?? line.batches[0]?.batchId ?? null;
  const chosen = batches?.find(({ batchId }) => batchId === chosenId);
  const take = async () => {
    if (chosen && (await takeFromBatch(line, chosen.batchId))) onBack();
  };
  return (
    <Pane
      title={t`Batch of line ${number}`}
      aside={<bdi>{line.name}</bdi>}
      actions={
        <span className="text-muted">
          <Trans>
            <Quantity qtyBase={line.qtyBase} packSize={line.packSize} weighed={isSoldByWeight(line)} /> to
            take
          </Trans>
        </span>
      }
    >
      <RefusalNote />
      <div
        aria-hidden="true"
        className="batch-row h-8 flex-none items-center border-b border-line-soft text-12 font-semibold text-faint"
      >
        <span />
        <span>
          <Trans>Batch</Trans>
        </span>
        <span>
          <Trans>Time left</Trans>
        </span>
        <span className="figure">
          <Trans>On hand</Trans>
        </span>
      </div>
      {batches?.length === 0 && <EmptyState title={t`The books have no batch of it`} />}
      {batches && batches.length > 0 && (
        <RadioGroup.Root
          aria-label={t`Batches`}
          value={chosenId ?? ''}
          onValueChange={setChoice}
          className="min-h-0 flex-1 overflow-auto"
          onKeyDownCapture={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step === undefined) return;
            // Radix moves the choice a tick later: an Enter right behind the arrow would take the batch before.
            event.preventDefault();
            const next = neighbour(event.currentTarget, step);
            next?.focus();
            if (next) setChoice(next.value);
          }}
          onKeyDown={(event) => event.key === 'Enter' && void take()}
        >
          {batches.map((batch, i) => (
            <BatchRow
              key={batch.batchId}
              batch={batch}
              number={i + 1}
              packSize={line.packSize}
              weighed={isSoldByWeight(line)}
              chosen={batch.batchId === chosenId}
            />
          ))}
        </RadioGroup.Root>
      )}
      {chosen && chosen.fefo !== 1 && (
        <p className="flex flex-none items-start gap-3 border-t border-info-line bg-info-soft px-4 py-2.5 text-14 text-info">
          <Clock3 size={20} aria-hidden className="flex-none" />
          <Trans>
            Another batch than the first to expire needs the right to choose, and is kept in the audit.
          </Trans>
        </p>
      )}
      <div className="flex flex-none gap-3 p-4">
        <Button size={72} keys="Esc" tabIndex={-1} onClick={onBack}>
          <Trans>As before</Trans>
        </Button>
        <Button
          className="min-w-0"
          kind="primary"
          size={72}
          grow
          keys="Enter"
          tabIndex={-1}
          disabled={!chosen || isLocked(chosen)}
          onClick={() => void take()}
        >
          <span className="truncate text-20">
            <Trans>
              Take from <bdi dir="ltr">{chosen?.code ?? '–'}</bdi>
            </Trans>
          </span>
        </Button>
      </div>
    </Pane>
  );
}

/** The batch before or behind the one in focus, of those that can be taken; round at the ends. */
function neighbour(list: HTMLElement, step: number): HTMLButtonElement | undefined {
  const open = [...list.querySelectorAll<HTMLButtonElement>('button[role="radio"]:not([disabled])')];
  const focused = document.activeElement;
  const at = focused instanceof HTMLButtonElement ? open.indexOf(focused) : -1;
  return open[(at + step + open.length) % open.length];
}

function useBatches(packId: string): readonly BatchView[] | null {
  const { client } = useTill();
  const [batches, setBatches] = useState<readonly BatchView[] | null>(null);
  useEffect(() => {
    let wanted = true;
    void answerOf(client.inventory.batches({ packId })).then((answer) => {
      if (wanted) setBatches(answer.ok ? answer.value.toSorted(byOrder) : []);
    });
    return () => {
      wanted = false;
    };
  }, [client, packId]);
  return batches;
}

/** Those that may be sold in the order they should go, then the others by expiry. */
const byOrder = (a: BatchView, b: BatchView) =>
  (a.fefo ?? Number.POSITIVE_INFINITY) - (b.fefo ?? Number.POSITIVE_INFINITY) ||
  (a.expiresOn < b.expiresOn ? -1 : 1);
