import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useRef } from 'react';
import { Badge } from '#shared/ui/badge.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import { NetworkField } from './network-field.tsx';
import { placeIcons, usePlaceKinds } from './place-kinds.ts';
import type { PrinterRow } from './printer-rows.ts';

interface Props {
  readonly rows: readonly PrinterRow[];
  readonly row: PrinterRow | undefined;
  readonly looking: boolean;
  readonly fixed: boolean;
  readonly typing: boolean;
  readonly onChoose: (address: string) => void;
  readonly onAdd: (text: string) => void;
  readonly onTyping: (typing: boolean) => void;
  readonly foot: ReactNode;
  /** The way to the other devices. */
  readonly parts: ReactNode;
}

/** Every printer that this counter uses or sees. Those on the network are typed in: nothing looks through a network. */
export function PrinterList({
  rows,
  row,
  looking,
  fixed,
  typing,
  onChoose,
  onAdd,
  onTyping,
  foot,
  parts,
}: Props) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  useScreenKeys(typing ? {} : { KeyN: () => field.current?.querySelector('input')?.focus() });
  const index = rows.findIndex(({ address }) => address === row?.address);
  const choose = (which: number) => {
    const next = rows[which];
    if (next) onChoose(next.address);
  };
  return (
    <Pane title={t`Devices`} actions={parts}>
      {looking && <EmptyState title={t`Looking for printers`} />}
      {fixed && (
        <EmptyState title={t`This till’s printer is fixed`}>
          <Trans>Whoever started this till chose its printer.</Trans>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <>
          <ChoiceList
            ref={list}
            id="printer"
            label={t`Receipt printers`}
            count={rows.length}
            chosen={index}
            onChoose={choose}
          >
            {rows.map((one, i) => (
              <Row key={one.address} row={one} index={i} chosen={i === index} onChoose={choose} />
            ))}
          </ChoiceList>
          <div ref={field} className="flex-none border-t border-line-soft p-4 low:py-2">
            <NetworkField
              label={t`Printer on the network`}
              hint={t`Its address, like 10.0.0.9 or receipts.shop:9100; Enter adds it to the list`}
              onAdd={(text) => {
                onAdd(text);
                list.current?.focus();
              }}
              onTyping={onTyping}
              onLeave={() => list.current?.focus()}
            />
          </div>
        </>
      )}
      {foot}
    </Pane>
  );
}

function Row({
  row,
  index,
  chosen,
  onChoose,
}: {
  readonly row: PrinterRow;
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const { t } = useLingui();
  const kinds = usePlaceKinds();
  const Icon = placeIcons[row.kind];
  return (
    <ChoiceRow
      id="printer"
      {...{ index, chosen, onChoose }}
      className="flex min-h-target-56 items-center gap-3 px-4"
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden className="flex-none text-muted" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">
          <bdi>{row.kind === 'screen' ? t`On the screen` : row.name}</bdi>
        </span>
        <span className="block truncate text-14 text-muted">{kinds[row.kind]}</span>
      </span>
      {row.role === 'first' && <Badge tone="ok">{t`Receipts`}</Badge>}
      {row.role === 'second' && <Badge tone="info">{t`Second printer`}</Badge>}
    </ChoiceRow>
  );
}
