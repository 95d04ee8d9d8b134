import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { SaleRow } from '#shared/sales/calls.ts';
import { Money } from '#shared/ui/money.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTenderNames } from '../parts/tender-names.ts';
import { useSalesFeed } from './feed.ts';

/** Sales in rows, the latest first; one that has just come is marked for a moment. */
export function SalesTable({
  rows,
  chosen,
  onOpen,
  brief = false,
  children,
}: {
  readonly rows: readonly SaleRow[];
  readonly chosen?: string | undefined;
  readonly onOpen: (saleId: string) => void;
  /** Without till, cashier and lines, where there is little room. */
  readonly brief?: boolean;
  /** Under the last row. */
  readonly children?: ReactNode;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const tenderNames = useTenderNames();
  const arrived = useSalesFeed((feed) => feed.arrived);
  const today = format.day(Date.now());
  return (
    <Table
      caption={t`Sales`}
      rows={brief ? 'dense' : 'list'}
      head={
        <tr>
          <Th sort="descending" className={brief ? '' : 'w-24'}>{t`Time`}</Th>
          <Th className={brief ? '' : 'w-44'}>{t`Receipt`}</Th>
          <Th className={brief ? '' : 'w-32'}>{t`Store`}</Th>
          <Th num className={brief ? '' : 'w-24'}>{t`Total ${format.currency.code}`}</Th>
          <Th>{t`Paid by`}</Th>
          {!brief && (
            <>
              <Th>{t`Cashier`}</Th>
              <Th>{t`Till`}</Th>
              <Th num>{t`Lines`}</Th>
            </>
          )}
        </tr>
      }
    >
      {rows.map((row) => (
        <Tr
          key={row.saleId}
          selected={row.saleId === chosen}
          className={arrived.includes(row.saleId) ? 'flash' : ''}
          onPick={() => onOpen(row.saleId)}
        >
          <Td className="whitespace-nowrap text-muted">
            <time dateTime={new Date(row.at).toISOString()}>
              {format.day(row.at) === today ? '' : `${format.day(row.at)} `}
              {format.time(row.at, true)}
            </time>
          </Td>
          <Td className="whitespace-nowrap">
            <bdi dir="ltr">{row.receiptNo}</bdi>
          </Td>
          <Td className="whitespace-nowrap">{row.storeName}</Td>
          <Td num className="font-semibold">
            <Money minor={row.totalMinor} />
          </Td>
          <Td className="whitespace-nowrap text-muted">
            {[...new Set(row.tenders.map((tender) => tenderNames[tender.kind]))].join(' + ')}
          </Td>
          {!brief && (
            <>
              <Td className="whitespace-nowrap">{row.cashierName}</Td>
              <Td className="whitespace-nowrap text-muted">{row.tillName}</Td>
              <Td num>{row.lineCount}</Td>
            </>
          )}
        </Tr>
      ))}
      {children && (
        <tr>
          <td colSpan={8} className="py-3 text-center">
            {children}
          </td>
        </tr>
      )}
    </Table>
  );
}
