import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { CountBadge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { Table, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Fine } from './fine.tsx';
import { type Oversold, OversoldRow } from './oversold-row.tsx';
import { ReviewRow } from './review-row.tsx';
import { RowButton } from './row-button.tsx';
import { type SecondRefund, SecondRefundRow } from './second-refund-row.tsx';
import { ReviewFailed, SwapFailed } from './settle-failed.tsx';
import { useKeepPlace } from './use-keep-place.ts';
import { useSettle } from './use-settle.ts';
import { useFlagWords, useTypeWords } from './words.ts';

type Flag = Hq['auth']['flags']['rows'][number];
type Cursor = NonNullable<Hq['auth']['flags']['next']>;

/** What was taken in and a person should look at: batches sold below zero first, then what intake flagged. */
export function FlagList({ count }: { readonly count: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const list = useFlags();
  const oversold = useQuery(hqQuery.inventory.oversold.queryOptions({ refetchInterval: 60_000 }));
  const refunds = useQuery(hqQuery.sales.secondRefunds.queryOptions({ refetchInterval: 60_000 })).data ?? [];
  const settle = useSettle();
  const all = count + (oversold.data?.length ?? 0);
  return (
    <Card
      title={t`Accepted, to review`}
      aside={
        <span className="flex items-center gap-2">
          {all > 0 && <CountBadge>{format.count(all)}</CountBadge>}
          <Trans>what happened at a counter is never refused</Trans>
        </span>
      }
    >
      {settle.reviewError && (
        <Said>
          <ReviewFailed error={settle.reviewError} />
        </Said>
      )}
      {settle.swapError && (
        <Said>
          <SwapFailed error={settle.swapError} />
        </Said>
      )}
      {oversold.error && !oversold.data && (
        <Said>
          {t`What was oversold could not be loaded.`} <FailureWords error={oversold.error} />
        </Said>
      )}
      <Remote query={list} skeleton={<SkeletonRows rows={3} />}>
        {({ pages }) => {
          const flags = pages.flatMap((page) => page.rows);
          if (flags.length + refunds.length + (oversold.data?.length ?? 0) > 0)
            return <Rows {...{ flags, refunds, settle }} oversold={oversold.data ?? []} />;
          if (oversold.data) return <Fine>{t`Nothing to review.`}</Fine>;
          return oversold.error ? null : <SkeletonRows rows={3} />;
        }}
      </Remote>
      {list.hasNextPage && (
        <p className="border-t border-line-soft px-4 py-2">
          <Button size={32} disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        </p>
      )}
    </Card>
  );
}

const useFlags = () =>
  useInfiniteQuery(
    hqQuery.auth.flags.infiniteOptions({
      input: (after: Cursor | undefined) => ({ after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: 30_000,
    }),
  );

const Said = ({ children }: { readonly children: ReactNode }) => (
  <p role="alert" className="px-4 pb-3 font-medium text-stop">
    {children}
  </p>
);

function Rows({
  flags,
  refunds,
  oversold,
  settle,
}: {
  readonly flags: readonly Flag[];
  readonly refunds: readonly SecondRefund[];
  readonly oversold: readonly Oversold[];
  readonly settle: ReturnType<typeof useSettle>;
}) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const { remember } = useKeepPlace(list);
  return (
    <div ref={list} className="contents">
      <Table
        caption={t`Accepted, to review`}
        className="max-h-[264px]"
        head={
          <tr>
            <Th>{t`When`}</Th>
            <Th>{t`What happened`}</Th>
            <Th>{t`Where`}</Th>
            <Th>
              <span className="sr-only">{t`What to do`}</span>
            </Th>
          </tr>
        }
      >
        {oversold.map((one) => (
          <OversoldRow
            key={`${one.storeId} ${one.task.batchId} ${one.task.kind === 'surplus' ? one.task.swapId : ''}`}
            oversold={one}
            busy={settle.isSwapping(one)}
            onSettle={() => {
              remember();
              settle.swap(one);
            }}
          />
        ))}
        {refunds.map((refund) => (
          <SecondRefundRow key={refund.saleId} refund={refund} />
        ))}
        {flags.map((flag) => (
          <FlagRow
            key={flag.id}
            flag={flag}
            busy={settle.isReviewing(flag.id)}
            onReview={() => {
              remember();
              settle.review(flag.id);
            }}
          />
        ))}
      </Table>
    </div>
  );
}

function FlagRow({
  flag: { reason, detail, type, at, tillName },
  busy,
  onReview,
}: {
  readonly flag: Flag;
  readonly busy: boolean;
  readonly onReview: () => void;
}) {
  const { t } = useLingui();
  const words = useFlagWords();
  const types = useTypeWords();
  const { title, note } = words(reason, detail);
  const what = `${title} · ${types(type)}`;
  return (
    <ReviewRow
      at={at}
      title={what}
      note={note}
      where={
        <bdi dir="ltr" className="whitespace-nowrap">
          {tillName}
        </bdi>
      }
    >
      <RowButton verb={t`Reviewed`} what={what} busy={busy} onPress={onReview} />
    </ReviewRow>
  );
}
