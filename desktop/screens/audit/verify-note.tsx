import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { CircleAlert, ShieldCheck } from 'lucide-react';
import type { VerifiedView } from '#shared/auth/calls-audit.ts';
import { Progress } from '#shared/ui/progress.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useFaultWords } from './words.ts';

/** What came of looking all over that this till ever wrote, or how far it is. */
export function VerifyNote({
  verified,
  rate,
  onCancel,
}: {
  readonly verified: VerifiedView | 'failed' | null;
  /** Entries a second. */
  readonly rate: number;
  readonly onCancel: () => void;
}) {
  const { t } = useLingui();
  if (verified === null)
    return <Trans>Verify looks over everything this till ever wrote: text, signature and chain.</Trans>;
  if (verified === 'failed') return <Trans>The till stopped answering. Try again.</Trans>;
  const { done, total, first, finished } = verified;
  if (first) return <Fault verified={verified} first={first} />;
  if (!finished)
    return (
      <Progress title={t`Verifying`} state={{ rowsDone: done, rowsTotal: total, rate }} onCancel={onCancel} />
    );
  return (
    <span className="flex items-center gap-2 font-semibold text-ok">
      <ShieldCheck size={20} aria-hidden className="flex-none" />
      {t`Intact: ${plural(total, { one: '# entry', other: '# entries' })}, every one as it was signed.`}
    </span>
  );
}

function Fault({
  verified: { faults, finished },
  first,
}: {
  readonly verified: VerifiedView;
  readonly first: NonNullable<VerifiedView['first']>;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useFaultWords();
  const when = first.at === null ? '' : `${format.day(first.at)} ${format.time(first.at)}`;
  return (
    <span className="flex items-start gap-2 text-stop">
      <CircleAlert size={20} aria-hidden className="mt-0.5 flex-none" />
      <span>
        <strong className="font-semibold">
          <Trans>
            Not intact. First fault: <bdi dir="ltr">{first.number}</bdi>
          </Trans>{' '}
          {when}
        </strong>{' '}
        {words(first.what, first.detail)}{' '}
        {finished && t`${plural(faults, { one: '# fault', other: '# faults' })} in all. Tell HQ.`}
      </span>
    </span>
  );
}
