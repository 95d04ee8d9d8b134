import { Trans, useLingui } from '@lingui/react/macro';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cx } from '#shared/ui/cx.ts';
import { Field } from '#shared/ui/field.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { RefundPart } from './refund-part.tsx';
import type { Hit, ReturnsDesk } from './use-returns.ts';
import { useReturnWords } from './words.ts';

/** Which sale the goods are of: scanned, or by number, amount or day; several are chosen from by arrows. */
export function FindReceipt({ desk }: { readonly desk: ReturnsDesk }) {
  const { t } = useLingui();
  const words = useReturnWords();
  const place = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const { hits, chosen, refusal } = desk;
  useEffect(() => place.current?.querySelector('input')?.focus(), []);
  const move = (by: number) => desk.set({ chosen: Math.min(Math.max(chosen + by, 0), hits.length - 1) });
  const enter = () => {
    const hit = hits[chosen];
    if (hit && text === '') return void desk.openSale(hit.saleId);
    if (text.trim() === '') return;
    setText('');
    void desk.find(text);
  };
  return (
    <Pane title={t`Which sale`}>
      <div ref={place} className="grid flex-none gap-3 p-4">
        <Field
          label={t`Receipt`}
          labelHidden
          size={56}
          autoComplete="off"
          dir="auto"
          maxLength={200}
          lead={<Search size={20} aria-hidden />}
          trail={<Kbd>F2</Kbd>}
          placeholder={t`Scan a receipt, or type its number`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat) enter();
            const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (by === undefined || hits.length === 0) return;
            event.preventDefault();
            move(by);
          }}
        />
        <p className="text-14 text-muted">
          <Trans>Also the last digits, what was paid (35.45), or the day (24/11/2026).</Trans>
        </p>
        {refusal && <WordsNote {...words(refusal)} />}
        <RefundPart refund={desk.card} onOpen={(receiptNo) => void desk.find(receiptNo)} />
      </div>
      <Hits hits={hits} chosen={chosen} onOpen={desk.openSale} />
    </Pane>
  );
}

function Hits({
  hits,
  chosen,
  onOpen,
}: {
  readonly hits: readonly Hit[];
  readonly chosen: number;
  readonly onOpen: (saleId: string) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  if (hits.length === 0) return null;
  return (
    <div
      role="listbox"
      tabIndex={-1}
      aria-label={t`Sales found`}
      className="min-h-0 flex-1 overflow-auto border-t border-line-soft"
    >
      {hits.map((hit, i) => (
        <div
          key={hit.saleId}
          role="option"
          tabIndex={-1}
          aria-selected={i === chosen}
          onMouseDown={() => onOpen(hit.saleId)}
          className={cx(
            'relative flex min-h-16 cursor-pointer items-center gap-4 border-b border-line-soft px-4 py-2',
            i === chosen && 'chosen',
          )}
        >
          <span className="min-w-0 flex-1">
            <span className="block font-semibold">
              <bdi dir="ltr">{hit.receiptNo}</bdi>
            </span>
            <span className="block truncate text-14 text-muted">
              {format.day(hit.at)} {format.time(hit.at)} · <bdi>{hit.tillName}</bdi>
            </span>
          </span>
          <Money minor={hit.totalMinor} className="text-20 font-semibold" />
        </div>
      ))}
    </div>
  );
}
