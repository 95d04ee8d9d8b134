import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Check, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ImportJobView, ImportSummary } from '#shared/catalog/calls.ts';
import { Money } from '#shared/ui/money.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { Kpi, KpiStrip } from '../parts/kpi.tsx';
import { IssueTable } from './issue-table.tsx';

/** What an import found, and what it will do. */
export function DryRun({ job, summary }: { readonly job: ImportJobView; readonly summary: ImportSummary }) {
  const { t } = useLingui();
  const format = useFormat();
  const count = (severity: 'error' | 'warning') =>
    summary.issues
      .filter((issue) => issue.severity === severity)
      .reduce((sum, issue) => sum + issue.count, 0);
  const [errors, warnings] = [count('error'), count('warning')];
  const down = format.count(summary.priceDown ?? 0);
  const up = format.count(summary.priceUp ?? 0);
  const warningCount = format.count(warnings);
  const rows = format.count(summary.rowsRead);
  return (
    <>
      <KpiStrip>
        <Kpi label={t`Unchanged`} note={t`of ${rows} rows`}>
          {format.count(summary.unchanged)}
        </Kpi>
        <Kpi label={t`New`} note={job.kind === 'stock' ? t`batches` : t`packs`}>
          {format.count(summary.created)}
        </Kpi>
        <Kpi label={t`Withdrawn`} note={t`their stock sells on`}>
          {format.count(summary.withdrawn)}
        </Kpi>
        <Kpi label={t`Repriced`} note={summary.priceDown === undefined ? '' : t`${down} down, ${up} up`}>
          {format.count(summary.repriced)}
        </Kpi>
        <Kpi label={t`Restated`} note={t`label, size or status`}>
          {format.count(summary.restated)}
        </Kpi>
        <Kpi label={t`Errors`} tinted={errors > 0} note={t`${warningCount} warnings`}>
          {format.count(errors)}
        </Kpi>
      </KpiStrip>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,2.3fr)_minmax(0,1fr)] gap-3">
        <IssueTable jobId={job.id} summary={summary} />
        <div className="flex min-h-0 flex-col gap-3">
          <Repriced summary={summary} />
          <WhatItDoes job={job} summary={summary} />
          <Written summary={summary} />
        </div>
      </div>
    </>
  );
}

function Repriced({ summary }: { readonly summary: ImportSummary }) {
  const { t } = useLingui();
  const first = summary.firsts?.repriced ?? [];
  if (first.length === 0) return null;
  const shown = first.length;
  return (
    <Card title={t`Repriced`} aside={<Trans>the first {shown}</Trans>} className="max-h-56">
      <Table
        caption={t`Repriced`}
        rows="dense"
        head={
          <tr>
            <Th>{t`Pack`}</Th>
            <Th num>{t`Was`}</Th>
            <Th num>{t`Will be`}</Th>
          </tr>
        }
      >
        {first.map((pack) => (
          <tr key={pack.packId}>
            <Td className="max-w-0 truncate">
              <bdi>{pack.brand}</bdi>
            </Td>
            <Td num className="text-muted">
              {pack.priceWas === null ? '–' : <Money minor={pack.priceWas} />}
            </Td>
            <Td num className="font-semibold">
              {pack.priceIs === null ? '–' : <Money minor={pack.priceIs} />}
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function WhatItDoes({ job, summary }: { readonly job: ImportJobView; readonly summary: ImportSummary }) {
  const { t } = useLingui();
  const { created, withdrawn, repriced, withdrawnStocked = 0 } = summary;
  const done = job.state === 'applied';
  return (
    <Card title={done ? t`What it did` : t`What applying will do`} className="flex-none">
      <ul className="m-0 grid list-none gap-1.5 px-4 pt-0 pb-3.5">
        {job.kind === 'stock' ? (
          <Line>{t`${plural(created, { one: '# batch comes in', other: '# batches come in' })}`}</Line>
        ) : (
          <>
            <Line>
              {t`${plural(created, { one: '# pack added', other: '# packs added' })}, ${plural(withdrawn, { one: '# marked withdrawn', other: '# marked withdrawn' })}`}
            </Line>
            <Line>{t`${plural(repriced, { one: '# price changes', other: '# prices change' })}`}</Line>
            <Line>{t`No stock, batch or past sale is touched`}</Line>
          </>
        )}
        <Line>{t`All of it or none of it`}</Line>
        {withdrawnStocked > 0 && (
          <Line warn>
            {t`${plural(withdrawnStocked, { one: '# withdrawn pack is still in stock', other: '# withdrawn packs are still in stock' })}`}
          </Line>
        )}
      </ul>
    </Card>
  );
}

function Line({ warn = false, children }: { readonly warn?: boolean; readonly children: ReactNode }) {
  return (
    <li className="flex items-start gap-2.5">
      {warn ? (
        <TriangleAlert size={16} aria-hidden className="mt-0.5 flex-none text-warn" />
      ) : (
        <Check size={16} aria-hidden className="mt-0.5 flex-none text-ok" />
      )}
      {children}
    </li>
  );
}

function Written({ summary }: { readonly summary: ImportSummary }) {
  const { t } = useLingui();
  return (
    <Card title={t`How the files are written`} className="flex-none">
      <ul className="m-0 grid list-none gap-1 px-4 pt-0 pb-3 text-12">
        {summary.encodings.map((file) => (
          <li key={file.file} className="flex gap-3">
            <bdi dir="ltr" className="min-w-0 truncate text-muted">
              {file.file}
            </bdi>
            <span className="ms-auto font-medium">{file.encoding}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
