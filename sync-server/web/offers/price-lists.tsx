import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '#shared/ui/badge.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { Remote } from '../parts/remote.tsx';
import { PriceListDrawer } from './price-list-drawer.tsx';

type PriceList = Hq['sales']['priceLists'][number];

/** Price lists; one that is picked opens with its prices. */
export function PriceLists({ today }: { readonly today: string }) {
  const { t } = useLingui();
  const lists = useQuery(hqQuery.sales.priceLists.queryOptions());
  const [picked, setPicked] = useState<string | null>(null);
  const open = lists.data?.find((list) => list.listId === picked);
  return (
    <>
      <Remote query={lists}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t`No price lists yet`}>
              <Trans>A customer’s account at a store names the list they pay by.</Trans>
            </EmptyState>
          ) : (
            <ListTable lists={all} picked={picked} onPick={setPicked} />
          )
        }
      </Remote>
      {open && (
        <PriceListDrawer key={open.listId} list={open} today={today} onClose={() => setPicked(null)} />
      )}
    </>
  );
}

function ListTable({
  lists,
  picked,
  onPick,
}: {
  readonly lists: readonly PriceList[];
  readonly picked: string | null;
  readonly onPick: (listId: string) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table
      caption={t`Price lists`}
      head={
        <tr>
          <Th>{t`Name`}</Th>
          <Th num>{t`Off the rest`}</Th>
          <Th num>{t`Prices`}</Th>
          <Th num>{t`Accounts`}</Th>
          <Th>{t`State`}</Th>
        </tr>
      }
    >
      {lists.map((list) => (
        <Tr key={list.listId} selected={list.listId === picked} onPick={() => onPick(list.listId)}>
          <Td className="font-medium">
            <bdi>{list.name}</bdi>
          </Td>
          <Td num>{list.ratePct3 === 0 ? '–' : format.rate(list.ratePct3)}</Td>
          <Td num>{format.count(list.prices)}</Td>
          <Td num>{format.count(list.accounts)}</Td>
          <Td>
            <Badge tone={list.active ? 'ok' : 'plain'}>{list.active ? t`In use` : t`Not in use`}</Badge>
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
