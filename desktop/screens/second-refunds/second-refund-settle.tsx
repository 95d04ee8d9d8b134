import { Trans, useLingui } from '@lingui/react/macro';
import { type RefObject, useState } from 'react';
import type { SecondRefundView } from '#shared/sales/calls-second-refunds.ts';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Money, Quantity } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { WordsNote } from '../sell/words-note.tsx';
import type { SettleRefusal } from './use-second-refunds.ts';
import { useSettleWords } from './words.ts';

/** Who took it back, where and when, and the note that settles it. */
export function SecondRefundSettle({
  task,
  noteRef,
  refusal,
  onSettle,
}: {
  readonly task: SecondRefundView;
  /** Around the field that the list's Enter leads to. */
  readonly noteRef: RefObject<HTMLDivElement | null>;
  readonly refusal: SettleRefusal | null;
  readonly onSettle: (note: string) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useSettleWords();
  const [note, setNote] = useState('');
  const settle = () => onSettle(note.trim());
  return (
    <Pane title={<bdi dir="ltr">{task.receiptNo}</bdi>}>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        {refusal && <WordsNote {...words(refusal)} />}
        <p>
          <Trans>
            Two counters took these goods back before they could hear of each other. Both returns stand: ask
            the customer and both counters.
          </Trans>
        </p>
        <ul className="grid gap-1">
          {task.lines.map(({ saleLineId, name, overBase, packSize, weighed }) => (
            <li key={saleLineId} className="flex gap-4">
              <bdi className="min-w-0 flex-1 truncate font-semibold">{name}</bdi>
              <span>
                <Quantity qtyBase={overBase} packSize={packSize} weighed={weighed} /> <Trans>too many</Trans>
              </span>
            </li>
          ))}
        </ul>
        <ul className="grid gap-2 text-14">
          {task.returns.map(({ returnId, returnNo, at, tillName, cashierName, totalMinor }) => (
            <li key={returnId} className="flex gap-4">
              <span className="min-w-0 flex-1">
                <bdi dir="ltr" className="font-semibold">
                  {returnNo}
                </bdi>
                <span className="block text-muted">
                  {format.day(at)} {format.time(at)}
                  {[tillName, cashierName]
                    .filter((part) => part !== '')
                    .map((part) => (
                      <span key={part}>
                        {' · '}
                        <bdi>{part}</bdi>
                      </span>
                    ))}
                </span>
              </span>
              <Money minor={totalMinor} />
            </li>
          ))}
        </ul>
        <div ref={noteRef}>
          <Field
            label={t`What was found`}
            autoComplete="off"
            dir="auto"
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && !event.repeat && settle()}
          />
        </div>
      </div>
      <div className="flex flex-none p-4">
        <Button
          kind="primary"
          size={72}
          grow
          keys="Enter"
          tabIndex={-1}
          disabled={note.trim() === ''}
          onClick={settle}
        >
          <Trans>Settle it</Trans>
        </Button>
      </div>
    </Pane>
  );
}
