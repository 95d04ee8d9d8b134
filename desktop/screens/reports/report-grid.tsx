import { useLingui } from '@lingui/react/macro';
import type { ReportView } from '#shared/reports/calls-till.ts';
import { type CellKind, type ColumnName, cellKinds, isTender } from '#shared/reports/report-table.ts';
import { Money, Quantity } from '#shared/ui/money.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTenderNames } from '../pay/tender-names.ts';
import { useColumnNames, useReportNames } from './words.ts';

type CellValue = ReportView['rows'][number][number];

/** A report as a table; its total stays at the foot while the rows scroll. */
export function ReportGrid({ table }: { readonly table: ReportView }) {
  const { t } = useLingui();
  const names = useReportNames();
  const heads = useColumnNames();
  const { columns, rows, total } = table;
  const isFigure = (name: ColumnName) => figures.has(cellKinds[name]);
  const cells = (row: readonly CellValue[], label: string) =>
    columns.map((name, i) => (
      <Td key={name} num={isFigure(name)}>
        {i === 0 && (row[0] ?? null) === null ? label : <Value name={name} cell={row[i] ?? null} />}
      </Td>
    ));
  return (
    <Table
      caption={names[table.kind]}
      rows="list"
      className="flex-1"
      head={
        <tr>
          {columns.map((name) => (
            <Th key={name} num={isFigure(name)}>
              {heads[name]}
            </Th>
          ))}
        </tr>
      }
      foot={total && <tr>{cells(total, t`Total`)}</tr>}
    >
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and are never moved
        <tr key={i}>{cells(row, t`All others`)}</tr>
      ))}
    </Table>
  );
}

const figures: ReadonlySet<CellKind> = new Set<CellKind>(['money', 'count', 'quantity', 'rate']);

function Value({ name, cell }: { readonly name: ColumnName; readonly cell: CellValue }) {
  const format = useFormat();
  const tenders = useTenderNames();
  if (cell === null) return null;
  if (typeof cell === 'object') {
    const [first = 0, second = 1, weighed] = cell;
    if (cellKinds[name] === 'quantity')
      return <Quantity qtyBase={first} packSize={second} weighed={weighed === 1} />;
    return <bdi dir="ltr">{(cell.length > 0 ? cell : [0]).map(format.rate).join(' + ')}</bdi>;
  }
  if (typeof cell === 'number') return <Figure kind={cellKinds[name]} value={cell} />;
  if (cellKinds[name] === 'day') return format.date(cell);
  return isTender(cell, tenders) && cellKinds[name] === 'tender' ? tenders[cell] : <bdi>{cell}</bdi>;
}

function Figure({ kind, value }: { readonly kind: CellKind; readonly value: number }) {
  const format = useFormat();
  if (kind === 'money') return <Money minor={value} />;
  if (kind === 'hour') return <bdi dir="ltr">{`${String(value).padStart(2, '0')}:00`}</bdi>;
  return <bdi dir="ltr">{format.count(value)}</bdi>;
}
