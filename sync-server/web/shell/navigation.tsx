import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CountBadge } from '#shared/ui/badge.tsx';
import { PestleMark } from '#shared/ui/icons.tsx';
import { hqQuery } from '../hq.ts';
import { useStores } from '../parts/stores.ts';
import { type Page, pageGroups } from './pages.ts';
import { PersonMenu } from './person-menu.tsx';

/** Always open; a count stands only where a person is wanted. */
export function Navigation() {
  const { t, i18n } = useLingui();
  const me = useQuery(hqQuery.auth.me.queryOptions());
  const stores = useStores();
  const health = useQuery(hqQuery.auth.syncHealth.queryOptions({ refetchInterval: 30_000 }));
  const waiting = health.data?.quarantine.open ?? 0;
  const storeCount = stores.data?.length ?? 0;
  const tillCount = stores.data?.reduce((sum, store) => sum + store.tills.length, 0) ?? 0;
  return (
    <nav aria-label={t`Main`} className="flex flex-col overflow-y-auto border-e border-line bg-surface p-3">
      <div className="flex items-center gap-2.5 px-1.5 pt-1 pb-3">
        <PestleMark />
        <div className="min-w-0">
          <div className="truncate leading-[18px] font-semibold">{me.data?.orgName || 'Pestle'}</div>
          <div className="truncate text-12 text-muted">
            {stores.data &&
              `${t`${plural(storeCount, { one: '# store', other: '# stores' })}`} · ${t`${plural(tillCount, { one: '# till', other: '# tills' })}`}`}
          </div>
        </div>
      </div>
      {pageGroups.map((group) => (
        <div key={group.pages[0]?.to}>
          {group.title && (
            <h2 className="px-2 pt-3 pb-1 text-12 font-medium text-faint">{i18n._(group.title)}</h2>
          )}
          {group.pages.map((page) => (
            <PageLink key={page.to} page={page} count={page.to === '/sync-health' ? waiting : 0} />
          ))}
        </div>
      ))}
      <PersonMenu name={me.data?.name ?? ''} />
    </nav>
  );
}

function PageLink({ page, count }: { readonly page: Page; readonly count: number }) {
  const { i18n } = useLingui();
  return (
    <Link
      to={page.to}
      activeOptions={{ exact: page.to === '/', includeSearch: false }}
      className="group flex h-8 items-center gap-2.5 rounded-6 px-2 font-medium text-muted hover:bg-surface-2 aria-[current=page]:bg-brand-soft aria-[current=page]:font-semibold aria-[current=page]:text-on-brand-soft"
    >
      <page.icon
        size={16}
        aria-hidden
        className="flex-none text-faint group-aria-[current=page]:text-on-brand-soft"
      />
      <span className="truncate">{i18n._(page.label)}</span>
      {count > 0 && (
        <span className="ms-auto">
          <CountBadge warn>{count}</CountBadge>
        </span>
      )}
    </Link>
  );
}
