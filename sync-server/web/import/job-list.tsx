import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportJobView } from '#shared/catalog/calls.ts';
import { Chip, type Tone } from '#shared/ui/chip.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';

/** Earlier imports, those under way first. */
export function JobList() {
  const { t } = useLingui();
  const format = useFormat();
  const jobs = useQuery(hqQuery.catalog.imports.queryOptions({ refetchInterval: 5_000 }));
  return (
    <Card title={t`Earlier imports`}>
      <Remote query={jobs} skeleton={<SkeletonRows rows={4} />}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t`Nothing has been imported yet`} />
          ) : (
            <Table
              caption={t`Earlier imports`}
              rows="list"
              head={
                <tr>
                  <Th>{t`Started`}</Th>
                  <Th>{t`Files`}</Th>
                  <Th>{t`State`}</Th>
                  <Th num>{t`Rows`}</Th>
                  <Th num>{t`New`}</Th>
                  <Th num>{t`Repriced`}</Th>
                  <Th num>{t`Withdrawn`}</Th>
                  <Th>
                    <span className="sr-only">{t`Actions`}</span>
                  </Th>
                </tr>
              }
            >
              {all.map((job) => (
                <tr key={job.id}>
                  <Td className="whitespace-nowrap text-muted">{`${format.day(job.startedAt)} ${format.time(job.startedAt)}`}</Td>
                  <Td className="max-w-[420px] truncate">
                    <bdi dir="ltr">{job.files.join(', ')}</bdi>
                  </Td>
                  <Td>
                    <JobChip state={job.state} />
                  </Td>
                  <Td num>{format.count(job.rowsDone)}</Td>
                  <Td num>{job.summary ? format.count(job.summary.created) : '–'}</Td>
                  <Td num>{job.summary ? format.count(job.summary.repriced) : '–'}</Td>
                  <Td num>{job.summary ? format.count(job.summary.withdrawn) : '–'}</Td>
                  <Td className="text-end">
                    <Link
                      to="/catalogue/import/$jobId"
                      params={{ jobId: job.id }}
                      className="font-medium text-brand"
                    >
                      <Trans>Open</Trans>
                    </Link>
                  </Td>
                </tr>
              ))}
            </Table>
          )
        }
      </Remote>
    </Card>
  );
}

/** The state of an import in a word. */
export function JobChip({ state }: { readonly state: ImportJobView['state'] }) {
  const { t } = useLingui();
  const words: Readonly<Record<ImportJobView['state'], readonly [Tone, string]>> = {
    reading: ['info', t`Dry run`],
    checked: ['warn', t`Waits for you`],
    applying: ['info', t`Applying`],
    applied: ['ok', t`Applied`],
    cancelled: ['plain', t`Cancelled`],
    failed: ['stop', t`Failed`],
  };
  const [tone, word] = words[state];
  return (
    <Chip small tone={tone}>
      {word}
    </Chip>
  );
}
