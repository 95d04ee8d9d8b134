import { Trans, useLingui } from '@lingui/react/macro';
import { Ban, CreditCard, FlaskConical } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { DevicesReport } from '#shared/auth/calls-devices.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Frame } from '../frame/frame.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import { DevicePane } from './device-pane.tsx';
import {
  type DevicePart,
  type DeviceRow,
  type Draft,
  deviceRows,
  draftOf,
  isInUse,
  isSamePlace,
  trialOf,
  withDraft,
} from './device-rows.ts';
import { NetworkField } from './network-field.tsx';
import { placeIcons, usePlaceKinds } from './place-kinds.ts';
import { typedAddress } from './printer-rows.ts';
import { useDevices } from './use-devices.ts';

interface Props {
  readonly part: DevicePart;
  /** The way to the other devices. */
  readonly parts: ReactNode;
}

/** One kind of device: where it may be, how it is spoken to, a test, and which is used. */
export function DevicePartView({ part, parts }: Props) {
  const { t } = useLingui();
  const devices = useDevices();
  const [typed, setTyped] = useState<readonly string[]>([]);
  const [changed, setChanged] = useState<Draft | null>(null);
  const [typing, setTyping] = useState(false);
  const { report } = devices;
  const chosen = report?.chosen ?? null;
  const draft = changed ?? (chosen && draftOf(chosen));
  const rows = report ? deviceRows(report, part, typed) : [];
  const change = (next: Draft) => {
    setChanged(next);
    devices.quiet();
  };
  const goTo = (address: string) => draft && change({ ...draft, [part]: { ...draft[part], address } });
  const inUse = chosen !== null && draft !== null && isInUse(chosen, part, draft);
  const address = draft?.[part].address ?? '';
  const acts = {
    use: () => {
      if (!chosen || !draft || inUse) return;
      void devices.choose(withDraft(chosen, part, draft), t`In use from now on`).then(() => setChanged(null));
    },
    test: () => draft && address !== '' && void devices.test(trialOf(part, draft)),
  };
  useScreenKeys(typing ? {} : { Enter: acts.use, NumpadEnter: acts.use, KeyT: acts.test });
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`choose` },
        ...(inUse ? [] : [{ keys: 'Enter', label: t`use it` }]),
        { keys: 'T', label: t`test` },
        { keys: 'Ctrl+1…6', label: t`device` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="panes">
        <Places
          {...{ part, parts, report, rows, address, typing }}
          onChoose={goTo}
          onAdd={(text) => {
            const added = typedAddress(text);
            setTyped([...typed, added]);
            goTo(added);
          }}
          onTyping={setTyping}
        />
        {draft && (
          <DevicePane
            {...{ part, draft, inUse, acts }}
            said={devices.said}
            busy={devices.busy}
            onChange={change}
            onTyping={setTyping}
          />
        )}
      </main>
    </Frame>
  );
}

function Places({
  part,
  parts,
  report,
  rows,
  address,
  typing,
  onChoose,
  onAdd,
  onTyping,
}: Props & {
  readonly report: DevicesReport | null;
  readonly rows: readonly DeviceRow[];
  readonly address: string;
  readonly typing: boolean;
  readonly onChoose: (address: string) => void;
  readonly onAdd: (text: string) => void;
  readonly onTyping: (typing: boolean) => void;
}) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  useScreenKeys(typing ? {} : { KeyN: () => field.current?.querySelector('input')?.focus() });
  const index = rows.findIndex((row) => isSamePlace(row.address, address));
  const choose = (which: number) => {
    const row = rows[which];
    if (row) onChoose(row.address);
  };
  const leave = () => list.current?.focus();
  return (
    <Pane title={t`Devices`} actions={parts}>
      {report === null && <EmptyState title={t`Looking for devices`} />}
      {report?.chosen === null && (
        <EmptyState title={t`This till’s devices are fixed`}>
          <Trans>Whoever started this till chose what hangs on it.</Trans>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <>
          <ChoiceList
            ref={list}
            id="device"
            label={t`Where it is`}
            count={rows.length}
            chosen={index}
            onChoose={choose}
          >
            {rows.map((row, i) => (
              <Row key={row.address} {...{ part, row }} index={i} chosen={i === index} onChoose={choose} />
            ))}
          </ChoiceList>
          <div ref={field} className="flex-none border-t border-line-soft p-4 low:py-2">
            <NetworkField
              label={t`On the network`}
              hint={t`Its address, like 10.0.0.9:9100, or a port, like serial:COM3; Enter adds it to the list`}
              onAdd={(text) => {
                onAdd(text);
                leave();
              }}
              onTyping={onTyping}
              onLeave={leave}
            />
          </div>
        </>
      )}
    </Pane>
  );
}

const icons = { ...placeIcons, none: Ban, hand: CreditCard, simulated: FlaskConical } as const;

function Row({
  part,
  row: { kind, name, inUse },
  index,
  chosen,
  onChoose,
}: {
  readonly part: DevicePart;
  readonly row: DeviceRow;
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const { t } = useLingui();
  const words = useRowWords();
  const { title, detail } = words(part, { kind, name });
  const Icon = icons[kind];
  return (
    <ChoiceRow
      id="device"
      {...{ index, chosen, onChoose }}
      className="flex min-h-target-56 items-center gap-3 px-4"
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden className="flex-none text-muted" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">
          <bdi>{title}</bdi>
        </span>
        <span className="block truncate text-14 text-muted">{detail}</span>
      </span>
      {inUse && <Badge tone="ok">{t`In use`}</Badge>}
    </ChoiceRow>
  );
}

function useRowWords() {
  const { t } = useLingui();
  const kinds = usePlaceKinds();
  return (part: DevicePart, { kind, name }: Pick<DeviceRow, 'kind' | 'name'>) => {
    switch (kind) {
      case 'none':
        return part === 'scale'
          ? { title: t`No scale`, detail: t`nothing is weighed here` }
          : { title: t`No pole display`, detail: t`customers look at another screen, or at none` };
      case 'hand':
        return {
          title: t`Slips typed by hand`,
          detail: t`the terminal stands alone; its slip’s number is typed`,
        };
      case 'simulated':
        return { title: t`Simulated terminal`, detail: t`for trying things out: no card is charged` };
      case 'screen':
        return { title: t`On the screen`, detail: kinds.screen };
      default:
        return { title: name, detail: kinds[kind] };
    }
  };
}
