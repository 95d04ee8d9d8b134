import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from '#shared/ui/button.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Select } from '../parts/select.tsx';
import { useStores } from '../parts/stores.ts';
import { Page } from '../shell/page.tsx';
import { ShiftGaps } from './shift-gaps.tsx';
import { ZDrawer } from './z-drawer.tsx';
import { ZTable } from './z-table.tsx';

/** The shifts' ends as the tills counted them, and what is missing among them. */
export function ZReportsPage() {
  const { t } = useLingui();
  const { z, store } = useSearch({ from: '/z-reports' });
  const navigate = useNavigate({ from: '/z-reports' });
  const stores = useStores();
  const reports = useInfiniteQuery(
    hqQuery.sales.zReports.infiniteOptions({
      input: (before: string | undefined) => ({
        limit: 100,
        ...(store !== undefined && { storeId: store }),
        ...(before !== undefined && { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  );
  const rows = reports.data?.pages.flatMap((page) => page.rows) ?? [];
  const open = (closeId: string | undefined) =>
    void navigate({ search: (now) => ({ ...now, z: closeId }), replace: true });
  const step = (by: -1 | 1) => {
    const next = rows[rows.findIndex((row) => row.closeId === z) + by];
    if (next) open(next.closeId);
  };
  return (
    <Page title={t`Shifts and Z-reports`} fresh banner>
      <ShiftGaps />
      <div className="flex flex-none items-center gap-2">
        <Select
          label={t`Store`}
          value={store ?? ''}
          onChange={(event) =>
            void navigate({ search: (now) => ({ ...now, store: event.target.value || undefined }) })
          }
        >
          <option value="">{t`All`}</option>
          {stores.data?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.code} {one.name}
            </option>
          ))}
        </Select>
      </div>
      <section className="flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface">
        <Remote query={reports} skeleton={<SkeletonRows rows={12} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`No Z-reports here`}>
                <Trans>A Z-report comes when a shift is closed at a till that is online.</Trans>
              </EmptyState>
            ) : (
              <ZTable rows={rows} chosen={z} onOpen={open}>
                {reports.hasNextPage && (
                  <Button
                    size={32}
                    disabled={reports.isFetchingNextPage}
                    onClick={() => void reports.fetchNextPage()}
                  >
                    <Trans>Earlier Z-reports</Trans>
                  </Button>
                )}
              </ZTable>
            )
          }
        </Remote>
      </section>
      {z !== undefined && <ZDrawer closeId={z} onClose={() => open(undefined)} onStep={step} />}
    </Page>
  );
}
