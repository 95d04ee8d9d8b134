import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { PackHitView } from '#shared/catalog/calls.ts';
import { cx } from '#shared/ui/cx.ts';
import { Kbd } from '#shared/ui/kbd.tsx';
import { Money, PerWeight } from '#shared/ui/money.tsx';
import { ElsewhereKey } from '../elsewhere/elsewhere-key.tsx';
import { formAndPack, genericNames, ScheduleBadge } from './article.tsx';
import { Marked } from './marked.tsx';
import { Stock } from './stock.tsx';
import { type Found, mostHits } from './use-search.ts';

const rowHeight = 64;
export const optionId = (index: number) => `result-${index}`;

/** The packs found, best first; only the rows in sight are in the page. */
export function Results({
  found,
  chosen,
  onPick,
}: {
  readonly found: Found;
  readonly chosen: number;
  readonly onPick: (index: number) => void;
}) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const { hits } = found;
  const rows = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer scrolls back to its first row as well
  useEffect(() => rows.scrollToIndex(chosen), [rows, chosen, found]);
  return (
    <>
      <ResultsHead found={found} />
      <div
        ref={scroller}
        id="results"
        role="listbox"
        tabIndex={-1}
        aria-label={t`Packs found`}
        className="min-h-0 flex-1 overflow-auto stacked:h-[192px] stacked:flex-none"
      >
        <div role="presentation" className="relative" style={{ blockSize: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const hit = hits[index];
            return (
              hit && (
                <div
                  key={hit.packId}
                  id={optionId(index)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === chosen}
                  aria-posinset={index + 1}
                  aria-setsize={hits.length}
                  onMouseDown={(event) => {
                    event.preventDefault();
                    onPick(index);
                  }}
                  style={{ insetBlockStart: start, blockSize: rowHeight, position: 'absolute' }}
                  className={cx(
                    'inset-x-0 grid cursor-pointer grid-cols-[minmax(0,1fr)] content-center border-b border-line-soft px-4',
                    index === chosen && 'chosen',
                  )}
                >
                  <Hit hit={hit} chosen={index === chosen} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </>
  );
}

function ResultsHead({ found: { hits, corrected, text } }: { readonly found: Found }) {
  const { t } = useLingui();
  const words = text.trim();
  const count = hits.length;
  return (
    <div className="flex h-9 flex-none items-center justify-between gap-3 border-b border-line-soft px-4 text-12 text-muted">
      <span role="status" className="truncate font-semibold">
        {corrected ? (
          <Trans>Nothing reads “{words}”: nearest names</Trans>
        ) : count >= mostHits ? (
          <Trans>The best {count} packs</Trans>
        ) : (
          t`${plural(count, { one: '# pack matches', other: '# packs match' })}`
        )}
      </span>
      <span>{corrected ? <Trans>Nearest first</Trans> : <Trans>Best match first</Trans>}</span>
    </div>
  );
}

function Hit({ hit, chosen }: { readonly hit: PackHitView; readonly chosen: boolean }) {
  return (
    <>
      <span className="flex items-center gap-3 font-semibold">
        <span className="flex min-w-0 flex-1 items-center gap-2">
          <span className="truncate">
            <Marked text={hit.brand} ranges={hit.marks.brand} />
          </span>
          <ScheduleBadge scheduleClass={hit.scheduleClass} />
        </span>
        {chosen && <Kbd>Enter</Kbd>}
        <Price of={hit} />
      </span>
      <span className="flex items-center gap-3 text-14 whitespace-nowrap text-muted">
        {/* Long generics leave room for the pack, which tells one row from the next. */}
        <span className="flex min-w-0 flex-1">
          <bdi className="flex min-w-0">
            <span className="max-w-[55%] flex-none truncate">
              <Marked text={genericNames(hit)} ranges={hit.marks.generics} />
            </span>
            <span className="truncate before:whitespace-pre before:content-['_·_']">{formAndPack(hit)}</span>
          </bdi>
        </span>
        <span className="flex flex-none items-center gap-1">
          <Stock of={hit} />
          {chosen && hit.soldAs === null && hit.onHandBase <= 0 && <ElsewhereKey />}
        </span>
      </span>
    </>
  );
}

function Price({ of: { priceMinor, packSize, weighed } }: { readonly of: PackHitView }) {
  if (priceMinor !== null)
    return (
      <span className="whitespace-nowrap">
        <Money minor={priceMinor} className="min-w-12" />
        {weighed && <PerWeight packSize={packSize} />}
      </span>
    );
  return (
    <span className="text-14 text-stop">
      <Trans>no price</Trans>
    </span>
  );
}
