import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ImportJobView } from '#shared/catalog/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { Progress } from '#shared/ui/progress.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { hqQuery, refusalCode } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { May } from '../parts/may.tsx';
import { SkeletonRows } from '../parts/remote.tsx';
import { Page } from '../shell/page.tsx';
import { DryRun } from './dry-run.tsx';
import { JobChip } from './job-list.tsx';
import { Steps } from './steps.tsx';
import { isBusy, useJob } from './use-job.ts';

/** One import: the dry run, what it found, and its application. It goes on at HQ whoever looks. */
export function ImportPage() {
  const { t } = useLingui();
  const { jobId } = useParams({ from: '/catalogue/import/$jobId' });
  const { job, error, again } = useJob(jobId);
  const parent = { to: '/catalogue/import', label: t`Import` } as const;
  if (refusalCode(error) === 'NOT_FOUND') {
    return (
      <Page title={t`Import`} parent={parent}>
        <EmptyState title={t`There is no such import`} />
      </Page>
    );
  }
  return (
    <Page title={titleOf(job) ?? t`Import`} parent={parent}>
      {job ? (
        <Job job={job} again={again} />
      ) : error ? (
        <FailureWords error={error} />
      ) : (
        <SkeletonRows rows={12} />
      )}
    </Page>
  );
}

const titleOf = (job: ImportJobView | null): string | null =>
  job && (job.files.length === 1 ? (job.files[0] ?? null) : `${job.files[0] ?? ''} +${job.files.length - 1}`);

function Job({ job, again }: { readonly job: ImportJobView; readonly again: () => void }) {
  const { t } = useLingui();
  const cancel = useMutation(hqQuery.catalog.cancelImport.mutationOptions({ onSettled: again }));
  const apply = useMutation(hqQuery.catalog.applyImport.mutationOptions({ onSettled: again }));
  return (
    <>
      <div className="flex flex-none items-center gap-3">
        <Steps
          at={job.state === 'reading' || job.state === 'checked' ? 3 : job.state === 'applied' ? 5 : 4}
        />
        <span className="ms-auto">
          <JobChip state={job.state} />
        </span>
      </div>
      {isBusy(job) && (
        <section
          aria-label={t`Progress`}
          className="flex-none rounded-10 border border-line bg-surface px-4 py-3"
        >
          <Progress
            title={job.state === 'reading' ? t`Dry run` : t`Applying`}
            state={{ rowsDone: job.rowsDone, rowsTotal: job.rowsTotal, rate: job.rowsPerSecond ?? 0 }}
            onCancel={() => cancel.mutate({ id: job.id })}
          />
        </section>
      )}
      {job.state === 'failed' && <Failed failure={job.failure} />}
      {job.state === 'applied' && <Applied job={job} />}
      {job.summary ? <DryRun job={job} summary={job.summary} /> : isBusy(job) && <SkeletonRows rows={10} />}
      {job.summary && (
        <footer className="flex flex-none items-center gap-3 pt-1">
          <span className="ms-auto text-12 text-muted" role={apply.error ? 'alert' : undefined}>
            {apply.error ? <FailureWords error={apply.error} /> : <ApplyNote job={job} />}
          </span>
          <May right="catalog.import">
            {job.state === 'checked' && (
              <Button size={32} disabled={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
                <Trans>Drop this import</Trans>
              </Button>
            )}
            {job.state !== 'applied' && job.state !== 'cancelled' && (
              <Button
                size={32}
                kind="primary"
                disabled={job.state !== 'checked' || apply.isPending}
                onClick={() => apply.mutate({ id: job.id })}
              >
                {job.kind === 'stock' ? <Trans>Apply to stock</Trans> : <Trans>Apply to catalogue</Trans>}
              </Button>
            )}
          </May>
        </footer>
      )}
    </>
  );
}

function ApplyNote({ job }: { readonly job: ImportJobView }) {
  switch (job.state) {
    case 'reading':
      return <Trans>Apply opens when the dry run has ended.</Trans>;
    case 'checked':
      return <Trans>All of it is written, or none of it.</Trans>;
    case 'applying':
      return <Trans>All of it is written at the end, at once.</Trans>;
    case 'cancelled':
      return <Trans>Dropped. Nothing was written.</Trans>;
    default:
      return null;
  }
}

function Applied({ job }: { readonly job: ImportJobView }) {
  const format = useFormat();
  const at = job.endedAt === null ? '' : `${format.day(job.endedAt)} ${format.time(job.endedAt)}`;
  return (
    <p
      role="status"
      className="flex flex-none items-center gap-2 rounded-10 border border-ok-line bg-ok-soft px-4 py-3 font-medium text-ok"
    >
      <Check size={18} aria-hidden />
      <Trans>Applied on {at}. Tills that are online have it; the others get it when they are back.</Trans>
      <Link to="/catalogue" className="ms-auto underline">
        <Trans>To the catalogue</Trans>
      </Link>
    </p>
  );
}

function Failed({ failure }: { readonly failure: string | null }) {
  const { t } = useLingui();
  const { code, file } = parsed(failure);
  const words: Readonly<Record<string, string>> = {
    INTERRUPTED: t`HQ was stopped while it was at work. Start the import again.`,
    FILE_MISSING: t`A file is missing: ${file}`,
    TWO_FILES: t`More than one file fits ${file}`,
    NOT_A_TABLE: t`${file} is not a table of the form the profile says`,
    UNAVAILABLE: t`HQ’s database went away. Start the import again.`,
  };
  return (
    <ErrorState title={t`The import failed; nothing was written`}>
      {words[code] ?? t`Something failed at HQ. It is in HQ’s log.`}
    </ErrorState>
  );
}

function parsed(failure: string | null): { readonly code: string; readonly file: string } {
  try {
    const value: unknown = JSON.parse(failure ?? '{}');
    const of = (key: string) =>
      typeof value === 'object' && value !== null && key in value ? String(Reflect.get(value, key)) : '';
    return { code: of('code'), file: of('file') };
  } catch {
    return { code: '', file: '' };
  }
}
