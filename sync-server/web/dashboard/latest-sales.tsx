import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Card } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { LiveChip } from '../sales/live-chip.tsx';
import { SalesTable } from '../sales/sales-table.tsx';

const SHOWN = 12;

/** The last sales, as they come in. */
export function LatestSales() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const sales = useInfiniteQuery(
    hqQuery.sales.list.infiniteOptions({
      input: () => ({ limit: SHOWN }),
      initialPageParam: undefined,
      getNextPageParam: () => undefined,
    }),
  );
  return (
    <Card
      title={t`Latest sales`}
      aside={<LiveChip />}
      actions={
        <Link to="/sales" className="font-medium text-brand">
          <Trans>All sales</Trans>
        </Link>
      }
    >
      <Remote query={sales} skeleton={<SkeletonRows rows={5} />}>
        {(data) => {
          const rows = data.pages[0]?.rows.slice(0, SHOWN) ?? [];
          return rows.length === 0 ? (
            <EmptyState title={t`No sale has come in yet`} />
          ) : (
            <SalesTable
              rows={rows}
              brief
              onOpen={(sale) => void navigate({ to: '/sales', search: { sale } })}
            />
          );
        }}
      </Remote>
    </Card>
  );
}
