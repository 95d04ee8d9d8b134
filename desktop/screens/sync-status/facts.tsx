import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { SyncReport, SyncState } from '#shared/auth/calls.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTroubleWords } from './trouble-words.ts';
import { when } from './when.ts';

interface Props {
  readonly sync: SyncState;
  readonly report: SyncReport | null;
  readonly now: number;
}

/** Last sent and received, how far HQ has got, and when the till tries next and why it must. */
export function Facts({ sync, report, now }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const ago = useAgo(now);
  const receivedAt = latest(sync.lastPullAt, report?.receivedAt ?? null);
  const at = (instant: number | null) => (instant === null ? '–' : when(format, instant, now, true));
  return (
    <dl className="grid flex-none grid-cols-[1fr_1fr_1.15fr_0.85fr] border-y border-line-soft max-[800px]:grid-cols-2">
      <Fact
        name={t`Last sent`}
        detail={sync.lastPushAt === null ? t`not since the start` : ago(sync.lastPushAt)}
      >
        {at(sync.lastPushAt)}
      </Fact>
      <Fact name={t`Last received`} detail={useAsOf(sync, receivedAt, ago)}>
        {at(receivedAt)}
      </Fact>
      <HqHas report={report} />
      <NextTry sync={sync} now={now} />
    </dl>
  );
}

function HqHas({ report }: Pick<Props, 'report'>) {
  const { t } = useLingui();
  const name = t`HQ has, up to`;
  if (report === null) return <Fact name={name}>…</Fact>;
  const { atHq, made } = report;
  const number = (end: SyncReport['made']) => end.receiptNo ?? String(end.dseq);
  const here = lastPart(number(made), number(atHq));
  const level = atHq.dseq === made.dseq;
  return (
    <Fact name={name} detail={level ? t`as far as this till is` : t`this till is at ${here}`}>
      {atHq.dseq === 0 ? '–' : number(atHq)}
    </Fact>
  );
}

function NextTry({ sync, now }: Pick<Props, 'sync' | 'now'>) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useTroubleWords();
  const { link, trouble, nextTryAt } = sync;
  const reason = trouble === null ? '' : words(trouble);
  const name = t`Next try`;
  if (link === 'off')
    return (
      <Fact name={name} detail={t`taken off by hand`}>
        –
      </Fact>
    );
  if (link === 'online')
    return (
      <Fact name={name} detail={reason || t`connected`}>
        {t`with each sale`}
      </Fact>
    );
  if (trouble === 'revoked')
    return (
      <Fact name={name} detail={reason}>
        –
      </Fact>
    );
  const left = format.duration((nextTryAt ?? now) - now);
  return (
    <Fact name={name} detail={reason}>
      {nextTryAt === null ? t`soon` : nextTryAt <= now ? t`now` : t`in ${left}`}
    </Fact>
  );
}

function useAgo(now: number): (atMs: number) => string {
  const { t } = useLingui();
  const format = useFormat();
  return (atMs) => {
    const passed = format.duration(Math.max(0, now - atMs));
    return format.day(atMs) === format.day(now) ? t`today, ${passed} ago` : t`${passed} ago`;
  };
}

/** What is stale says as of when; while the till is connected nothing is. */
function useAsOf({ link }: SyncState, receivedAt: number | null, ago: (atMs: number) => string): string {
  const { t } = useLingui();
  if (receivedAt === null) return t`nothing yet`;
  return link === 'online' ? ago(receivedAt) : t`prices, stock as of then`;
}

const latest = (...instants: readonly (number | null)[]): number | null =>
  instants.reduce<number | null>((max, at) => (at === null ? max : Math.max(at, max ?? 0)), null);

/** `S01-T02A-004541` beside `S01-T02A-004503` is `004541`: the series is said once. */
function lastPart(number: string, beside: string): string {
  const series = beside.slice(0, beside.lastIndexOf('-') + 1);
  return series !== '' && number.startsWith(series) ? number.slice(series.length) : number;
}

function Fact({
  name,
  detail = '',
  children,
}: {
  readonly name: string;
  readonly detail?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="min-w-0 border-s border-line-soft px-4 py-3 first:border-s-0 max-[800px]:odd:border-s-0 low:py-1.5">
      <dt className="text-12 font-semibold text-muted">{name}</dt>
      <dd className="text-20 font-semibold [overflow-wrap:anywhere]">
        <bdi className="tabular-nums">{children}</bdi>
      </dd>
      <dd className="min-h-5 text-14 text-muted">
        <bdi>{detail}</bdi>
      </dd>
    </div>
  );
}
