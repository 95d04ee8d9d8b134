import { Trans, useLingui } from '@lingui/react/macro';
import { Monitor, Network, Printer, Usb } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Badge } from '#shared/ui/badge.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import type { PrinterKind, PrinterRow } from './printer-rows.ts';

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
}

/** Every printer that this counter uses or sees. Those on the network are typed in: nothing looks through a network. */
export function PrinterList({ rows, row, looking, fixed, typing, onChoose, onAdd, onTyping, foot }: Props) {
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
    <Pane title={t`Receipt printers`}>
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

function NetworkField({
  onAdd,
  onTyping,
  onLeave,
}: {
  readonly onAdd: (text: string) => void;
  readonly onTyping: (typing: boolean) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setText('');
      onLeave();
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text);
    setText('');
  };
  return (
    <Field
      label={t`Printer on the network`}
      hint={t`Its address, like 10.0.0.9 or receipts.shop:9100; Enter adds it to the list`}
      value={text}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
      trail={<Kbd>N</Kbd>}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onFocus={() => onTyping(true)}
      onBlur={() => onTyping(false)}
    />
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
  const kinds = useKindNames();
  const Icon = icons[row.kind];
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

const icons = { screen: Monitor, tcp: Network, usb: Usb, queue: Printer, serial: Usb } as const;

function useKindNames(): Readonly<Record<PrinterKind, string>> {
  const { t } = useLingui();
  return {
    screen: t`a picture, for trying things out`,
    tcp: t`on the network`,
    usb: t`USB`,
    queue: t`printer of this computer`,
    serial: t`serial port`,
  };
}
