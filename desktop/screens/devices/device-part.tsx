import { Trans, useLingui } from '@lingui/react/macro';
import { Ban, CreditCard, FlaskConical } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { DevicesReport } from '#shared/auth/calls-devices.ts';
import { Badge } from '#shared/ui/badge.tsx';
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
import { placeIcons, usePlaceKinds } from './place-kinds.ts';
import { PlaceList } from './place-list.tsx';
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
  ...hands
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
  const words = useRowWords();
  const places = rows.map(({ address: place, kind, name, inUse }) => ({
    ...{ address: place, icon: icons[kind], ...words(part, { kind, name }) },
    use: inUse && <Badge tone="ok">{t`In use`}</Badge>,
  }));
  return (
    <Pane title={t`Devices`} actions={parts}>
      {report === null && <EmptyState title={t`Looking for devices`} />}
      {report?.chosen === null && (
        <EmptyState title={t`This till’s devices are fixed`}>
          <Trans>Whoever started this till chose what hangs on it.</Trans>
        </EmptyState>
      )}
      <PlaceList
        id="device"
        label={t`Where it is`}
        places={places}
        chosen={rows.findIndex((row) => isSamePlace(row.address, address))}
        field={{
          label: t`On the network`,
          hint: t`Its address, like 10.0.0.9:9100, or a port, like serial:COM3; Enter adds it to the list`,
        }}
        {...hands}
      />
    </Pane>
  );
}

const icons = { ...placeIcons, none: Ban, hand: CreditCard, simulated: FlaskConical } as const;

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
          title: t`None: slips typed by hand`,
          detail: t`no terminal hangs on this till; the number of a slip is typed`,
        };
      case 'simulated':
        return part === 'scale'
          ? { title: t`Simulated scale`, detail: t`for trying things out: it makes its weights up` }
          : { title: t`Simulated terminal`, detail: t`for trying things out: no card is charged` };
      case 'screen':
        return { title: t`On the screen`, detail: kinds.screen };
      default:
        return { title: name, detail: kinds[kind] };
    }
  };
}
