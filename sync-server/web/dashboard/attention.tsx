import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Clock, Flag, ShieldAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { CountBadge } from '#shared/ui/badge.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { hqQuery } from '../hq.ts';
import { stateOf, tillCode, useStores } from '../parts/stores.ts';

interface Item {
  readonly key: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly detail: string;
  readonly to: '/stores' | '/sync-health';
}

/** What waits for a person, the gravest first. */
export function Attention() {
  const { t } = useLingui();
  const items = useItems();
  return (
    <Card title={t`Needs attention`} aside={items.length > 0 && <CountBadge>{items.length}</CountBadge>}>
      {items.length === 0 ? (
        <EmptyState title={t`Nothing waits for you`} />
      ) : (
        <ul className="m-0 min-h-0 flex-1 list-none overflow-auto p-0">
          {items.map((item) => (
            <li key={item.key} className="flex items-center gap-3 border-t border-line-soft px-4 py-1.5">
              {item.icon}
              <span className="min-w-0">
                <span className="block truncate font-medium">{item.title}</span>
                <span className="block truncate text-12 text-muted">{item.detail}</span>
              </span>
              <Link
                to={item.to}
                className="ms-auto font-medium text-brand"
                aria-label={t`Open: ${item.title}`}
              >
                <Trans>Open</Trans>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function useItems(): readonly Item[] {
  const { t } = useLingui();
  const format = useFormat();
  const stores = useStores();
  const health = useQuery(hqQuery.auth.syncHealth.queryOptions({ refetchInterval: 30_000 }));
  const offline = (stores.data ?? [])
    .filter((store) => stateOf(store) === 'offline')
    .map((store): Item => {
      const name = `${store.name} (${store.code})`;
      const last = store.dataTo === null ? '–' : format.time(store.dataTo);
      return {
        key: store.id,
        icon: <WifiOff size={16} aria-hidden className="flex-none text-stop" />,
        title: t`${name} is offline`,
        detail: t`last heard ${last}`,
        to: '/stores',
      };
    });
  const lagging = (stores.data ?? []).flatMap((store) =>
    store.tills
      .filter((till) => till.lag === 'lagging')
      .map((till): Item => {
        const code = tillCode(store, till);
        const waiting = till.waiting ?? 0;
        const oldest = till.oldestAt === null ? '–' : format.time(till.oldestAt);
        return {
          key: till.tillId,
          icon: <Clock size={16} aria-hidden className="flex-none text-warn" />,
          title: t`${code} is lagging`,
          detail: t`${plural(waiting, { one: '# changeset waiting', other: '# changesets waiting' })}, oldest ${oldest}`,
          to: '/stores',
        };
      }),
  );
  const quarantined = health.data?.quarantine.open ?? 0;
  const flagged = health.data?.toReview ?? 0;
  const kept: Item[] = [
    ...(quarantined > 0
      ? [
          {
            key: 'quarantine',
            icon: <ShieldAlert size={16} aria-hidden className="flex-none text-warn" />,
            title: t`${plural(quarantined, { one: '# changeset in quarantine', other: '# changesets in quarantine' })}`,
            detail: t`Refused and kept; it holds up nothing else`,
            to: '/sync-health' as const,
          },
        ]
      : []),
    ...(flagged > 0
      ? [
          {
            key: 'flags',
            icon: <Flag size={16} aria-hidden className="flex-none text-info" />,
            title: t`${plural(flagged, { one: '# accepted change to review', other: '# accepted changes to review' })}`,
            detail: t`What happened at a counter is never refused`,
            to: '/sync-health' as const,
          },
        ]
      : []),
  ];
  return [...offline, ...lagging, ...kept];
}
