import { Trans, useLingui } from '@lingui/react/macro';
import { Monitor, Network, Printer, Usb } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Badge } from '#shared/ui/badge.tsx';
import { cx } from '#shared/ui/cx.ts';
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
  useEffect(() => {
    if (rows.length > 0) list.current?.focus();
  }, [rows.length]);
  useScreenKeys(typing ? {} : { KeyN: () => field.current?.querySelector('input')?.focus() });
  const index = rows.findIndex(({ address }) => address === row?.address);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = rows[Math.min(Math.max(index + by, 0), rows.length - 1)];
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
          <div
            ref={list}
            role="listbox"
            tabIndex={0}
            aria-label={t`Receipt printers`}
            aria-activedescendant={index >= 0 ? `printer-${index}` : undefined}
            onKeyDown={onKeyDown}
            className="min-h-0 flex-1 overflow-auto -outline-offset-3"
          >
            {rows.map((one, i) => (
              <Row key={one.address} row={one} index={i} chosen={i === index} onChoose={onChoose} />
            ))}
          </div>
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
  readonly onChoose: (address: string) => void;
}) {
  const { t } = useLingui();
  const kinds = useKindNames();
  const Icon = icons[row.kind];
  return (
    <div
      id={`printer-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      ref={chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : null}
      onMouseDown={(event) => {
        event.preventDefault();
        onChoose(row.address);
      }}
      className={cx(
        'flex min-h-target-56 cursor-pointer items-center gap-3 border-b border-line-soft px-4',
        chosen && 'chosen',
      )}
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
    </div>
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
