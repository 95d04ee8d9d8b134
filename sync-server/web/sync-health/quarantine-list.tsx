import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { CountBadge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Fine } from './fine.tsx';
import { useSubjectWords } from './subject-words.ts';
import { useRefusalWords } from './words.ts';

type Counts = Hq['auth']['syncHealth']['quarantine'];
type State = keyof Counts;
type Row = Hq['auth']['quarantine']['rows'][number];
type Cursor = NonNullable<Hq['auth']['quarantine']['next']>;

interface Picking {
  readonly picked: string | null;
  readonly onPick: (id: string | null) => void;
}

/** What HQ refused: what waits for a person, and what was decided. A page at a time. */
export function QuarantineList({ counts, ...picking }: Picking & { readonly counts: Counts }) {
  const { t } = useLingui();
  const format = useFormat();
  const [state, setState] = useState<State>('open');
  const list = useInfiniteQuery(
    hqQuery.auth.quarantine.infiniteOptions({
      input: (after: Cursor | undefined) => ({ state, after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: 30_000,
    }),
  );
  return (
    <Card
      title={t`Quarantine`}
      aside={
        <span className="flex items-center gap-2">
          {counts.open > 0 && <CountBadge warn>{format.count(counts.open)}</CountBadge>}
          <Trans>refused, kept, holding up nothing</Trans>
        </span>
      }
      actions={<States counts={counts} state={state} onChange={setState} />}
    >
      <Remote query={list} skeleton={<SkeletonRows rows={3} />}>
        {({ pages }) =>
          pages[0]?.rows.length === 0 ? (
            <Fine>{state === 'open' ? t`Nothing waits here.` : t`Nothing yet.`}</Fine>
          ) : (
            <Rows rows={pages.flatMap((page) => page.rows)} {...picking} />
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

function States({
  counts,
  state,
  onChange,
}: {
  readonly counts: Counts;
  readonly state: State;
  readonly onChange: (state: State) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const [open, retried, dismissed] = [counts.open, counts.retried, counts.dismissed].map(format.count);
  return (
    <Segmented
      label={t`Which of them`}
      value={state}
      onChange={onChange}
      options={[
        { value: 'open', label: t`Open, ${open}` },
        { value: 'retried', label: t`Taken, ${retried}` },
        { value: 'dismissed', label: t`Dismissed, ${dismissed}` },
      ]}
    />
  );
}

function Rows({ rows, picked, onPick }: Picking & { readonly rows: readonly Row[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const subject = useSubjectWords();
  const words = useRefusalWords();
  const first = rows[0]?.id;
  // Somebody is wanted for these: the first is open without a click.
  useEffect(() => {
    if (picked === null && first !== undefined) onPick(first);
  }, [picked, first, onPick]);
  return (
    <Table
      caption={t`Quarantine`}
      className="max-h-[264px]"
      head={
        <tr>
          <Th>{t`Made`}</Th>
          <Th>{t`What was refused`}</Th>
          <Th>{t`From`}</Th>
        </tr>
      }
    >
      {rows.map((row) => {
        const made = row.madeAt ?? row.at;
        return (
          <Tr key={row.id} selected={row.id === picked} onPick={() => onPick(row.id)}>
            <Td className="whitespace-nowrap text-muted">{`${format.day(made)} ${format.time(made)}`}</Td>
            <Td className="w-full max-w-0 py-1.5">
              <span className="block truncate font-semibold">{subject(row)}</span>
              <span className="block truncate text-12 text-muted">{words(row.reason, row.detail).short}</span>
            </Td>
            <Td className="whitespace-nowrap">
              <bdi dir="ltr">{row.tillName}</bdi>
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
