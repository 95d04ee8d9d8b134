import { Trans, useLingui } from '@lingui/react/macro';
import { Download, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { ImportSummary } from '#shared/catalog/calls.ts';
import { CountBadge } from '#shared/ui/badge.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Card } from '#shared/ui/pane.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useFieldNames } from './field-names.ts';
import { useIssueWords, useOutcomeWords } from './issue-words.ts';

type Sample = ImportSummary['samples'][number];

/** What is odd about the rows: by reason with its count, or row by row. All of it is in the CSV. */
export function IssueTable({ jobId, summary }: { readonly jobId: string; readonly summary: ImportSummary }) {
  const { t } = useLingui();
  const format = useFormat();
  const [view, setView] = useState<'reasons' | 'out' | 'part'>('reasons');
  const total = summary.issues.reduce((sum, issue) => sum + issue.count, 0);
  const keptOut = summary.samples.filter((sample) => sample.outcome === 'row-left-out');
  const inPart = summary.samples.filter((sample) => sample.outcome !== 'row-left-out');
  return (
    <Card
      title={t`Errors by row`}
      aside={<CountBadge>{format.count(total)}</CountBadge>}
      actions={
        <>
          <Segmented
            label={t`Show`}
            value={view}
            onChange={setView}
            options={[
              { value: 'reasons', label: t`By reason` },
              { value: 'out', label: t`Kept out` },
              { value: 'part', label: t`In part` },
            ]}
          />
          <a
            href={`/api/imports/${jobId}/issues.csv`}
            download
            className="inline-flex h-8 items-center gap-2 rounded-6 border border-line-control bg-surface px-3 font-semibold hover:bg-surface-2"
          >
            <Download size={16} aria-hidden /> CSV
          </a>
        </>
      }
    >
      {total === 0 ? (
        <EmptyState title={t`No row is odd`}>
          <Trans>Every row was read as it stands.</Trans>
        </EmptyState>
      ) : view === 'reasons' ? (
        <Reasons summary={summary} />
      ) : (
        <Rows samples={view === 'out' ? keptOut : inPart} />
      )}
    </Card>
  );
}

function Reasons({ summary }: { readonly summary: ImportSummary }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useIssueWords();
  const names = useFieldNames();
  const sorted = summary.issues.toSorted((a, b) => rank(a.severity) - rank(b.severity) || b.count - a.count);
  return (
    <Table
      caption={t`Errors by reason`}
      rows="list"
      head={
        <tr>
          <Th num>{t`Rows`}</Th>
          <Th>{t`Reason`}</Th>
          <Th>{t`Column`}</Th>
          <Th>{t`File`}</Th>
          <Th>{t`Outcome`}</Th>
        </tr>
      }
    >
      {sorted.map((issue) => (
        <tr key={`${issue.code} ${issue.file} ${issue.column}`}>
          <Td num className="font-semibold">
            {format.count(issue.count)}
          </Td>
          <Td className="w-full max-w-0 truncate" title={words(issue.code)}>
            {words(issue.code)}
          </Td>
          <Td className="whitespace-nowrap text-muted">{columnName(issue.column, names)}</Td>
          <Td className="max-w-28 truncate text-muted" title={issue.file}>
            <bdi dir="ltr">{issue.file}</bdi>
          </Td>
          <Td>
            {issue.severity === 'error' ? (
              <Weight error>{t`row kept out`}</Weight>
            ) : (
              <Weight>{t`warning`}</Weight>
            )}
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function Rows({ samples }: { readonly samples: readonly Sample[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useIssueWords();
  const outcomes = useOutcomeWords();
  const names = useFieldNames();
  const SHOWN = 400;
  return (
    <Table
      caption={t`Errors by row`}
      head={
        <tr>
          <Th num>{t`Row`}</Th>
          <Th>{t`Reason`}</Th>
          <Th>{t`Column`}</Th>
          <Th>{t`What happens`}</Th>
        </tr>
      }
    >
      {samples.slice(0, SHOWN).map((sample) => (
        <tr key={`${sample.file} ${sample.line} ${sample.column} ${sample.code}`}>
          <Td num className="align-top">
            <span className="block pt-1.5">{format.count(sample.line)}</span>
          </Td>
          <Td className="max-w-0 py-1.5">
            <span className="block truncate font-medium">{words(sample.code)}</span>
            <span className="block truncate text-12 text-muted">
              <bdi dir="ltr">
                {[
                  sample.file,
                  ...Object.entries(sample.params)
                    .filter(([name]) => name !== 'as')
                    .map(([, value]) => value),
                ].join(' · ')}
              </bdi>
            </span>
          </Td>
          <Td className="text-muted">{columnName(sample.column, names)}</Td>
          <Td className="whitespace-nowrap">
            <Weight error={sample.outcome === 'row-left-out'}>
              {outcomes(sample.outcome)} {sample.outcome === 'taken-as' && <bdi>{sample.params.as}</bdi>}
            </Weight>
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function Weight({
  error = false,
  children,
}: {
  readonly error?: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <span
      className={cx(
        'flex items-center gap-2 text-12 font-medium whitespace-nowrap',
        error ? 'text-stop' : 'text-warn',
      )}
    >
      {error ? (
        <X size={14} aria-hidden className="flex-none" />
      ) : (
        <TriangleAlert size={14} aria-hidden className="flex-none" />
      )}
      <span>{children}</span>
    </span>
  );
}

const rank = (severity: 'error' | 'warning'): number => (severity === 'error' ? 0 : 1);

const columnName = (column: string | null | undefined, names: Readonly<Record<string, string>>): string =>
  column ? (names[column] ?? column) : '–';
