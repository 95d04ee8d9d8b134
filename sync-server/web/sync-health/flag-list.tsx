import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { CountBadge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Fine } from './fine.tsx';
import { useFlagWords, useTypeWords } from './words.ts';

type Row = Hq['auth']['flags']['rows'][number];
type Cursor = NonNullable<Hq['auth']['flags']['next']>;

/** What was taken in and a person should look at. */
export function FlagList({ count }: { readonly count: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const list = useInfiniteQuery(
    hqQuery.auth.flags.infiniteOptions({
      input: (after: Cursor | undefined) => ({ after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: 30_000,
    }),
  );
  return (
    <Card
      title={t`Accepted, to review`}
      aside={
        <span className="flex items-center gap-2">
          {count > 0 && <CountBadge>{format.count(count)}</CountBadge>}
          <Trans>what happened at a counter is never refused</Trans>
        </span>
      }
    >
      <Remote query={list} skeleton={<SkeletonRows rows={3} />}>
        {({ pages }) =>
          pages[0]?.rows.length === 0 ? (
            <Fine>{t`Nothing to review.`}</Fine>
          ) : (
            <Rows rows={pages.flatMap((page) => page.rows)} />
          )
        }
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

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useFlagWords();
  const types = useTypeWords();
  return (
    <Table
      caption={t`Accepted, to review`}
      className="max-h-[264px]"
      head={
        <tr>
          <Th>{t`When`}</Th>
          <Th>{t`What happened`}</Th>
          <Th>{t`Where`}</Th>
        </tr>
      }
    >
      {rows.map((row) => {
        const { title, note } = words(row.reason, row.detail);
        return (
          <tr key={row.id}>
            <Td className="whitespace-nowrap text-muted">{`${format.day(row.at)} ${format.time(row.at)}`}</Td>
            <Td className="w-full max-w-0 py-1.5">
              <span className="block truncate font-semibold">{`${title} · ${types(row.type)}`}</span>
              <span className="block truncate text-12 text-muted">{note}</span>
            </Td>
            <Td className="whitespace-nowrap">
              <bdi dir="ltr">{row.tillName}</bdi>
            </Td>
          </tr>
        );
      })}
    </Table>
  );
}
