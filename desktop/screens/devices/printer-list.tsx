import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Badge } from '#shared/ui/badge.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { placeIcons, usePlaceKinds } from './place-kinds.ts';
import { PlaceList } from './place-list.tsx';
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
export function PrinterList({ rows, row, looking, fixed, foot, parts, ...hands }: Props) {
  const { t } = useLingui();
  const kinds = usePlaceKinds();
  const places = rows.map(({ address, kind, name, role }) => ({
    ...{ address, icon: placeIcons[kind], detail: kinds[kind] },
    title: kind === 'screen' ? t`On the screen` : name,
    use:
      role === 'first' ? (
        <Badge tone="ok">{t`Receipts`}</Badge>
      ) : (
        role === 'second' && <Badge tone="info">{t`Second printer`}</Badge>
      ),
  }));
  return (
    <Pane title={t`Devices`} actions={parts}>
      {looking && <EmptyState title={t`Looking for printers`} />}
      {fixed && (
        <EmptyState title={t`This till’s printer is fixed`}>
          <Trans>Whoever started this till chose its printer.</Trans>
        </EmptyState>
      )}
      <PlaceList
        id="printer"
        label={t`Receipt printers`}
        places={places}
        chosen={rows.findIndex(({ address }) => address === row?.address)}
        field={{
          label: t`Printer on the network`,
          hint: t`Its address, like 10.0.0.9 or receipts.shop:9100; Enter adds it to the list`,
        }}
        {...hands}
      />
      {foot}
    </Pane>
  );
}
