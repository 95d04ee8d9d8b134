import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '#shared/ui/pane.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';

type Taken = Hq['auth']['changesetsTaken']['quarters'];

/** What HQ has taken in of late; asked once for the chart and the box of figures. */
export const useTaken = () =>
  useQuery(hqQuery.auth.changesetsTaken.queryOptions({ refetchInterval: 30_000 }));

/** Changesets taken by quarter of an hour: bars, or the same as a table. Time runs in the direction of reading. */
export function TakenChart() {
  const { t } = useLingui();
  const taken = useTaken();
  const [shape, setShape] = useState<'chart' | 'table'>('chart');
  return (
    <Card
      title={t`Changesets taken`}
      aside={t`per quarter hour`}
      actions={
        <Segmented
          label={t`Shown as`}
          value={shape}
          onChange={setShape}
          options={[
            { value: 'chart', label: t`Chart` },
            { value: 'table', label: t`Table` },
          ]}
        />
      }
    >
      <Remote query={taken} skeleton={<SkeletonRows rows={4} />}>
        {({ quarters }) => (shape === 'chart' ? <Bars taken={quarters} /> : <Figures taken={quarters} />)}
      </Remote>
    </Card>
  );
}

function Bars({ taken }: { readonly taken: Taken }) {
  const { t } = useLingui();
  const format = useFormat();
  const top = niceTop(Math.max(...taken.map(({ count }) => count)));
  const total = format.count(taken.reduce((sum, { count }) => sum + count, 0));
  const label = t`${total} changesets taken in the last eight hours. The table has each quarter of an hour.`;
  return (
    <div role="img" aria-label={label} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 px-4 pb-3">
      <div
        aria-hidden
        className="flex h-[120px] flex-col justify-between text-12 leading-none text-muted tabular-nums"
      >
        <span>{format.count(top)}</span>
        <span>{format.count(top / 2)}</span>
        <span>0</span>
      </div>
      <div
        aria-hidden
        className="flex h-[120px] items-end gap-[3px] border-b border-line bg-[linear-gradient(to_bottom,var(--line-soft)_1px,transparent_1px)] bg-size-[100%_50%]"
      >
        {taken.map(({ from, count }, i) => (
          <span
            key={from}
            title={`${format.time(from)} · ${format.count(count)}`}
            className={`flex-1 rounded-t-[2px] bg-(--chart-1) ${i === taken.length - 1 ? 'opacity-50' : ''}`}
            style={{ blockSize: `${(count / top) * 100}%` }}
          />
        ))}
      </div>
      <span />
      <div aria-hidden className="flex pt-1 text-12 text-muted tabular-nums">
        {taken.map(({ from }, i) => (
          <span key={from} className="w-0 flex-1 overflow-visible whitespace-nowrap">
            {isHour(from) && i < taken.length - 1 ? format.time(from) : ''}
          </span>
        ))}
      </div>
    </div>
  );
}

function Figures({ taken }: { readonly taken: Taken }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table
      caption={t`Changesets taken`}
      rows="dense"
      className="max-h-[160px]"
      head={
        <tr>
          <Th>{t`From`}</Th>
          <Th num>{t`Changesets`}</Th>
        </tr>
      }
      foot={
        <tr>
          <Td>{t`Eight hours`}</Td>
          <Td num>{format.count(taken.reduce((sum, { count }) => sum + count, 0))}</Td>
        </tr>
      }
    >
      {taken.toReversed().map(({ from, count }) => (
        <tr key={from}>
          <Td>{format.time(from)}</Td>
          <Td num>{format.count(count)}</Td>
        </tr>
      ))}
    </Table>
  );
}

const isHour = (atMs: number): boolean => atMs % 3600_000 === 0;

/** The next of 2, 10, 20, 100, 200, … : what a scale may end at so that its half is a whole number too. */
function niceTop(most: number): number {
  let top = 2;
  while (top < most) top = String(top).startsWith('2') ? top * 5 : top * 2;
  return top;
}
