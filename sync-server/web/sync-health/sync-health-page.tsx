import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { CountBadge } from '#shared/ui/badge.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { tillCode, useStores } from '../parts/stores.ts';
import { Page } from '../shell/page.tsx';
import { useReasonWords, useScopeName, useTypeWords } from './words.ts';

type Health = Hq['auth']['syncHealth'];

/** How the chain's data stand: tills that are behind, what was refused, what wants a look. */
export function SyncHealthPage() {
  const { t } = useLingui();
  const health = useQuery(hqQuery.auth.syncHealth.queryOptions({ refetchInterval: 15_000 }));
  return (
    <Page title={t`Sync health`} fresh banner>
      <Remote query={health} skeleton={<SkeletonRows rows={12} />}>
        {(data) => (
          <div className="grid flex-none grid-cols-[minmax(0,2fr)_minmax(0,1fr)] items-start gap-3">
            <div className="grid gap-3">
              <SlowTills />
              <Quarantine rows={data.quarantine} />
              <Flags rows={data.flags} />
            </div>
            <Numbers scopes={data.scopes} />
          </div>
        )}
      </Remote>
    </Page>
  );
}

function SlowTills() {
  const { t } = useLingui();
  const format = useFormat();
  const stores = useStores().data ?? [];
  const tills = stores.flatMap((store) =>
    store.tills.filter((till) => till.enrolled).map((till) => ({ code: tillCode(store, till), till })),
  );
  const slow = tills.filter(({ till }) => till.lag === 'offline' || till.lag === 'lagging');
  const others = format.count(tills.length - slow.length);
  return (
    <Card
      title={t`Slowest tills`}
      aside={t`time since the oldest change HQ does not have`}
      actions={<span className="text-12 text-muted">{t`${others} others are current`}</span>}
    >
      {slow.length === 0 ? (
        <Fine>{t`Every till that is enrolled has sent what it has.`}</Fine>
      ) : (
        <ul className="m-0 grid list-none gap-2 px-4 pt-0 pb-3">
          {slow.map(({ code, till }) => {
            const since = till.lastSeenAt === null ? '–' : format.time(till.lastSeenAt);
            const waiting = format.count(till.waiting ?? 0);
            const oldest = till.oldestAt === null ? '–' : format.duration(Date.now() - till.oldestAt);
            return (
              <li key={till.tillId} className="flex gap-4">
                <bdi dir="ltr" className="w-20 font-medium">
                  {code}
                </bdi>
                {till.lag === 'offline' ? (
                  <span>
                    <b className="font-semibold text-stop">{t`not heard from since ${since}`}</b>{' '}
                    <span className="text-muted">{t`unsent not known`}</span>
                  </span>
                ) : (
                  <span>
                    <b className="font-semibold text-warn">{oldest}</b>{' '}
                    <span className="text-muted">{t`${waiting} changesets`}</span>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

function Quarantine({ rows }: { readonly rows: Health['quarantine'] }) {
  const { t } = useLingui();
  const words = useReasonWords();
  const types = useTypeWords();
  return (
    <Card
      title={t`Quarantine`}
      aside={
        <span className="flex items-center gap-2">
          {rows.length > 0 && <CountBadge warn>{rows.length}</CountBadge>}
          <Trans>refused, kept, holding up nothing</Trans>
        </span>
      }
    >
      {rows.length === 0 ? (
        <Fine>{t`Nothing has been refused.`}</Fine>
      ) : (
        <Table
          caption={t`Quarantine`}
          head={
            <tr>
              <Th>{t`Arrived`}</Th>
              <Th>{t`What was refused`}</Th>
              <Th>{t`From`}</Th>
            </tr>
          }
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <When at={row.at} />
              <What title={types(row.type)} detail={`${words(row.reason)} · ${row.detail}`} />
              <Td className="whitespace-nowrap">
                <bdi dir="ltr">{row.tillName}</bdi>
              </Td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
}

function Flags({ rows }: { readonly rows: Health['flags'] }) {
  const { t } = useLingui();
  const words = useReasonWords();
  return (
    <Card
      title={t`Accepted, to review`}
      aside={
        <span className="flex items-center gap-2">
          {rows.length > 0 && <CountBadge>{rows.length}</CountBadge>}
          <Trans>what happened at a counter is never refused</Trans>
        </span>
      }
    >
      {rows.length === 0 ? (
        <Fine>{t`Nothing to review.`}</Fine>
      ) : (
        <Table
          caption={t`Accepted, to review`}
          head={
            <tr>
              <Th>{t`When`}</Th>
              <Th>{t`What happened`}</Th>
              <Th>{t`Where`}</Th>
            </tr>
          }
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <When at={row.at} />
              <What title={words(row.reason)} detail={row.detail} />
              <Td className="whitespace-nowrap">
                <bdi dir="ltr">{row.tillName}</bdi>
              </Td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
}

function Numbers({ scopes }: { readonly scopes: Health['scopes'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const scopeName = useScopeName();
  const total = scopes.reduce((sum, scope) => sum + scope.seq, 0);
  return (
    <Card title={t`Numbers given`} aside={t`changesets by scope, without a gap`}>
      <Table
        caption={t`Numbers given`}
        rows="dense"
        head={
          <tr>
            <Th>{t`Scope`}</Th>
            <Th num>{t`Last number`}</Th>
          </tr>
        }
        foot={
          <tr>
            <Td>{t`All scopes`}</Td>
            <Td num>{format.count(total)}</Td>
          </tr>
        }
      >
        {scopes.map((scope) => (
          <tr key={scope.scope}>
            <Td>{scopeName(scope.scope)}</Td>
            <Td num>{format.count(scope.seq)}</Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function When({ at }: { readonly at: number }) {
  const format = useFormat();
  return <Td className="whitespace-nowrap text-muted">{`${format.day(at)} ${format.time(at)}`}</Td>;
}

function What({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <Td className="w-full max-w-0 py-1.5">
      <span className="block truncate font-semibold">{title}</span>
      <span className="block truncate text-12 text-muted">
        <bdi>{detail}</bdi>
      </span>
    </Td>
  );
}

function Fine({ children }: { readonly children: ReactNode }) {
  return (
    <p className="flex items-center gap-2.5 px-4 pb-3.5 text-muted">
      <Check size={16} aria-hidden className="flex-none text-ok" />
      {children}
    </p>
  );
}
