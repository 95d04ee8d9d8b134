import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { SaleRow } from '#shared/sales/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { hqQuery } from '../hq.ts';
import { DateField } from '../parts/date-field.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Select } from '../parts/select.tsx';
import { useStores } from '../parts/stores.ts';
import { Page } from '../shell/page.tsx';
import { LiveChip } from './live-chip.tsx';
import { SaleDrawer } from './sale-drawer.tsx';
import { SalesTable } from './sales-table.tsx';

const PAGE = 100;

/** Sales as they arrive, with the receipt and the way of each in a drawer. */
export function SalesPage() {
  const { t } = useLingui();
  const { sale, store, day } = useSearch({ from: '/sales' });
  const navigate = useNavigate({ from: '/sales' });
  const stores = useStores();
  const sales = useInfiniteQuery(
    hqQuery.sales.list.infiniteOptions({
      input: (before: string | undefined) => ({
        limit: PAGE,
        ...(store !== undefined && { storeId: store }),
        ...(day !== undefined && { businessDate: day }),
        ...(before !== undefined && { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.more ? cursorOf(page.rows.at(-1)) : undefined),
    }),
  );
  const rows = sales.data?.pages.flatMap((page) => page.rows) ?? [];
  const open = (saleId: string | undefined) =>
    void navigate({ search: (now) => ({ ...now, sale: saleId }), replace: true });
  const step = (by: -1 | 1) => {
    const place = rows.findIndex((row) => row.saleId === sale);
    const next = rows[place + by];
    if (next) open(next.saleId);
  };
  return (
    <Page title={t`Sales`} fresh banner>
      <div className="flex flex-none items-center gap-2">
        <DateField
          label={t`Business date`}
          empty={t`All days`}
          value={day ?? ''}
          onPick={(next) => void navigate({ search: (now) => ({ ...now, day: next || undefined }) })}
        />
        {day !== undefined && (
          <Button
            size={32}
            kind="quiet"
            onClick={() => void navigate({ search: (now) => ({ ...now, day: undefined }) })}
          >
            <Trans>All days</Trans>
          </Button>
        )}
        <Select
          label={t`Store`}
          value={store ?? ''}
          onChange={(event) =>
            void navigate({
              search: (now) => ({ ...now, store: event.target.value || undefined }),
            })
          }
        >
          <option value="">{t`All`}</option>
          {stores.data?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.code} {one.name}
            </option>
          ))}
        </Select>
        <span className="ms-1">
          <LiveChip />
        </span>
      </div>
      <section className="flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface">
        <Remote query={sales} skeleton={<SkeletonRows rows={16} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`No sales here`}>
                <Trans>Sales appear by themselves, seconds after a till that is online has made them.</Trans>
              </EmptyState>
            ) : (
              <SalesTable rows={rows} chosen={sale} onOpen={open}>
                {sales.hasNextPage && (
                  <Button
                    size={32}
                    disabled={sales.isFetchingNextPage}
                    onClick={() => void sales.fetchNextPage()}
                  >
                    <Trans>Earlier sales</Trans>
                  </Button>
                )}
              </SalesTable>
            )
          }
        </Remote>
      </section>
      {sale !== undefined && (
        <SaleDrawer key="sale" saleId={sale} onClose={() => open(undefined)} onStep={step} />
      )}
    </Page>
  );
}

const cursorOf = (row: SaleRow | undefined): string | undefined => row && `${row.at}.${row.saleId}`;
