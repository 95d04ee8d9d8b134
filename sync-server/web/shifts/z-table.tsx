import { useLingui } from '@lingui/react/macro';
import { Fragment, type ReactNode } from 'react';
import { type TenderKind, tenderKinds } from '#shared/sales/tender-kinds.ts';
import { Money } from '#shared/ui/money.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { useTenderNames } from '../parts/tender-names.ts';
import { amountOf, Variance } from './variance.tsx';

type ZRow = Hq['sales']['zReports']['rows'][number];

/** Z-reports in rows, the latest first: by means of payment what should have been there, what was, and the difference. */
export function ZTable({
  rows,
  chosen,
  onOpen,
  children,
}: {
  readonly rows: readonly ZRow[];
  readonly chosen: string | undefined;
  readonly onOpen: (closeId: string) => void;
  /** Under the last row. */
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const kinds = tenderKinds.filter((kind) => rows.some((row) => has(row, kind)));
  return (
    <Table caption={t`Z-reports`} rows="list" head={<Head kinds={kinds} />}>
      {rows.map((row) => (
        <Tr key={row.closeId} selected={row.closeId === chosen} onPick={() => onOpen(row.closeId)}>
          <Td className="whitespace-nowrap text-muted">
            {format.day(row.at)} {format.time(row.at)}
          </Td>
          <Td className="whitespace-nowrap">
            <bdi dir="ltr">{row.zNo}</bdi>
          </Td>
          <Td className="whitespace-nowrap">{row.storeName}</Td>
          <Td className="whitespace-nowrap text-muted">{row.tillName}</Td>
          <Td className="whitespace-nowrap">{row.closedBy}</Td>
          <Td num group>
            <Variance minor={row.varianceMinor} />
          </Td>
          {kinds.map((kind) => (
            <TenderCells key={kind} row={row} kind={kind} />
          ))}
        </Tr>
      ))}
      {children && (
        <tr>
          <td colSpan={6 + 3 * kinds.length} className="py-3 text-center">
            {children}
          </td>
        </tr>
      )}
    </Table>
  );
}

const has = ({ expected, counted }: ZRow, kind: TenderKind): boolean =>
  [...expected, ...counted].some((of) => of.kind === kind);

function Head({ kinds }: { readonly kinds: readonly TenderKind[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useTenderNames();
  return (
    <tr>
      <Th sort="descending">{t`Closed`}</Th>
      <Th>{t`Z-report`}</Th>
      <Th>{t`Store`}</Th>
      <Th>{t`Till`}</Th>
      <Th>{t`By`}</Th>
      <Th num group>{t`Variance ${format.currency.code}`}</Th>
      {kinds.map((kind) => (
        <Fragment key={kind}>
          <Th num group>{t`${names[kind]}: expected`}</Th>
          <Th num>{t`counted`}</Th>
          <Th num>{t`variance`}</Th>
        </Fragment>
      ))}
    </tr>
  );
}

function TenderCells({ row, kind }: { readonly row: ZRow; readonly kind: TenderKind }) {
  if (!has(row, kind))
    return (
      <>
        <Td num group>
          –
        </Td>
        <Td num>–</Td>
        <Td num>–</Td>
      </>
    );
  const expected = amountOf(row.expected, kind);
  const counted = amountOf(row.counted, kind);
  return (
    <>
      <Td num group>
        <Money minor={expected} />
      </Td>
      <Td num>
        <Money minor={counted} />
      </Td>
      <Td num>
        <Variance minor={counted - expected} />
      </Td>
    </>
  );
}
