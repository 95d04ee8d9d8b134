import { Trans, useLingui } from '@lingui/react/macro';
import { PackageCheck, Pause, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { RefundView } from '#shared/sales/calls-returns.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Money, Quantity } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { QuantityInput } from '../sell/quantity-input.tsx';
import type { ReturnRow } from './rows.ts';
import { usePlaceNames } from './words.ts';

/** What comes back, line by line: arrows choose, + − and / say how many, G where it goes, A takes all. */
export function ReturnLines({
  rows,
  chosen,
  refund,
  onChoose,
  onPlace,
  onAll,
  onType,
}: {
  readonly rows: readonly ReturnRow[];
  readonly chosen: number;
  readonly refund: RefundView | null;
  readonly onChoose: (index: number) => void;
  readonly onPlace: () => void;
  readonly onAll: () => void;
  /** So many base units of the chosen line. */
  readonly onType: (base: number) => void;
}) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const [typing, setTyping] = useState(false);
  const row = rows[chosen];
  const toWeigh = row && row.soldBase === null && row.nowBase === 0 && isSoldByWeight(row) ? row.key : null;
  useEffect(() => {
    if (toWeigh !== null) setTyping(true);
  }, [toWeigh]);
  useCommands({ ...(row && row.leftBase > 0 && { quantity: () => setTyping(true) }) });
  const keys: Readonly<Record<string, () => void>> = {
    KeyG: onPlace,
    KeyA: onAll,
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div aria-hidden className="return-line h-9 flex-none items-center text-12 font-semibold text-muted">
        <span>{t`Article and batch`}</span>
        <span className="text-end">{t`Sold`}</span>
        <span className="text-end">{t({ message: 'Back', context: 'goods that came back before' })}</span>
        <span className="text-end">{t`Now`}</span>
        <span>{t`Goes to`}</span>
        <span className="text-end">{t`Refund`}</span>
      </div>
      <ChoiceList
        ref={list}
        id="return"
        label={t`Lines to return`}
        count={rows.length}
        chosen={chosen}
        onChoose={onChoose}
        onKeyDown={(event) => {
          const run = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.code];
          if (!run) return;
          event.preventDefault();
          run();
        }}
        className="border-t border-line-soft"
      >
        {rows.map((row, i) => (
          <Line
            key={row.key}
            row={row}
            index={i}
            chosen={i === chosen}
            amountMinor={amountOf(row, rows.slice(0, i).filter(comesBack).length, refund)}
            onChoose={onChoose}
          />
        ))}
      </ChoiceList>
      {typing && row && (
        <div className="flex flex-none items-center gap-4 border-t border-line-soft px-4 pt-3 pb-10">
          <span className="relative w-40 flex-none">
            <QuantityInput
              of={{ ...row, qtyBase: row.nowBase }}
              mostBase={row.leftBase}
              onSet={onType}
              onLeave={() => {
                setTyping(false);
                list.current?.focus();
              }}
            />
          </span>
          <span className="min-w-0 flex-1 truncate font-semibold">
            <bdi>{row.name}</bdi>
          </span>
        </div>
      )}
    </div>
  );
}

const comesBack = ({ nowBase }: ReturnRow): boolean => nowBase > 0;

/** A line's parts by batch add up; without a receipt those that come back stand in their order. */
function amountOf(row: ReturnRow, index: number, refund: RefundView | null): number | null {
  if (!refund || !comesBack(row)) return null;
  if (row.soldBase === null) return refund.lines[index]?.amountMinor ?? null;
  return refund.lines.reduce((sum, one) => (one.saleLineId === row.key ? sum + one.amountMinor : sum), 0);
}

function Line({
  row,
  index,
  chosen,
  amountMinor,
  onChoose,
}: {
  readonly row: ReturnRow;
  readonly index: number;
  readonly chosen: boolean;
  readonly amountMinor: number | null;
  readonly onChoose: (index: number) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { packSize, batch, leftBase } = row;
  const weighed = isSoldByWeight(row);
  const expiry = batch ? format.date(batch.expiresOn) : '';
  const figure = (qtyBase: number | null) =>
    qtyBase === null ? (
      <span />
    ) : (
      <span className="text-end">
        <Quantity {...{ qtyBase, packSize, weighed }} className={weighed ? 'whitespace-normal!' : ''} />
      </span>
    );
  return (
    <ChoiceRow
      id="return"
      {...{ index, chosen, onChoose }}
      className="return-line min-h-16 items-center py-2"
    >
      <span className="min-w-0">
        <span className="block truncate font-semibold">
          <bdi>{row.name}</bdi>
        </span>
        <span className="block truncate text-14 text-muted">
          {batch ? (
            <Trans>
              Batch <bdi dir="ltr">{batch.code}</bdi>, exp. {expiry}
            </Trans>
          ) : (
            t`batch not known`
          )}
        </span>
      </span>
      {figure(row.soldBase)}
      {figure(row.backBase)}
      {leftBase === 0 ? (
        <span className="text-end text-muted">–</span>
      ) : (
        <span
          className={cx(
            'rounded-6 border px-2 py-2 text-end font-semibold',
            chosen ? 'border-focus inset-ring inset-ring-focus' : 'border-line-control',
          )}
        >
          <Quantity
            qtyBase={row.nowBase}
            {...{ packSize, weighed }}
            className={weighed ? 'whitespace-normal!' : ''}
          />
        </span>
      )}
      {leftBase === 0 ? <span className="text-14 text-muted">{t`all returned`}</span> : <Place row={row} />}
      {amountMinor === null ? (
        <span className="text-end">–</span>
      ) : (
        <span className="text-end">
          <Money minor={amountMinor} className="text-20 font-semibold" />
        </span>
      )}
    </ChoiceRow>
  );
}

const tones = { shelf: 'ok', quarantine: 'warn', destruction: 'stop' } as const;
const icons = { shelf: PackageCheck, quarantine: Pause, destruction: Trash2 } as const;

function Place({ row: { place, places } }: { readonly row: ReturnRow }) {
  const { t } = useLingui();
  const names = usePlaceNames();
  const Icon = icons[place];
  return (
    <span className="min-w-0">
      <Badge tone={tones[place]} icon={<Icon size={14} aria-hidden />}>
        {names[place]}
      </Badge>
      {!places.includes('shelf') && <span className="block text-12 text-muted">{t`never resold`}</span>}
    </span>
  );
}
