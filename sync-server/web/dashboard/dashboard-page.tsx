import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { sumOf } from '../day-report/totals.ts';
import { hqQuery } from '../hq.ts';
import { Kpi, KpiStrip } from '../parts/kpi.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { todayOf, useStores } from '../parts/stores.ts';
import { Page } from '../shell/page.tsx';
import { Attention } from './attention.tsx';
import { LatestSales } from './latest-sales.tsx';
import { StoresToday } from './stores-today.tsx';

/** The chain today: what was sold, where, and what wants a person. */
export function DashboardPage() {
  const { t } = useLingui();
  const format = useFormat();
  const stores = useStores();
  const today = todayOf(stores.data, Date.now());
  const report = useQuery(
    hqQuery.reports.day.queryOptions({
      input: { businessDate: today ?? '' },
      enabled: today !== null,
      placeholderData: keepPreviousData,
      refetchInterval: 30_000,
    }),
  );
  if (stores.data?.length === 0) return <FirstSteps />;
  return (
    <Page title={t`Dashboard`} aside={today === null ? undefined : format.date(today)} fresh banner>
      <Figures today={report.data ?? []} />
      <div className="grid h-[240px] flex-none grid-cols-[minmax(0,2.05fr)_minmax(0,1fr)] gap-3">
        <LatestSales />
        <Attention />
      </div>
      <Remote query={report} skeleton={<SkeletonRows rows={12} />}>
        {(days) => <StoresToday days={days} />}
      </Remote>
    </Page>
  );
}

function Figures({ today }: { readonly today: Parameters<typeof sumOf>[0] }) {
  const { t } = useLingui();
  const format = useFormat();
  const stores = useStores();
  const tills = (stores.data ?? []).flatMap((store) => store.tills.filter((till) => till.enrolled));
  const online = tills.filter((till) => till.lag === 'current' || till.lag === 'lagging').length;
  const offline = tills.filter((till) => till.lag === 'offline').length;
  const lagging = tills.filter((till) => till.lag === 'lagging').length;
  const waiting = tills.reduce((sum, till) => sum + (till.waiting ?? 0), 0);
  const sum = sumOf(today);
  const average = sum.sales === 0 ? 0 : Math.round(sum.totalMinor / sum.sales);
  const discounts = format.figure(sum.discountMinor);
  const tillCount = format.count(tills.length);
  return (
    <KpiStrip>
      <Kpi label={t`Sales today, ${format.currency.code} incl. tax`} note={t`discounts ${discounts}`}>
        {format.figure(sum.totalMinor)}
      </Kpi>
      <Kpi label={t`Net of tax`} note={t`tax ${format.figure(sum.taxMinor)}`}>
        {format.figure(sum.netMinor)}
      </Kpi>
      <Kpi label={t`Receipts`} note={t`average ${format.figure(average)}`}>
        {format.count(sum.sales)}
      </Kpi>
      <Kpi
        label={t`Tills online`}
        of={`/ ${tillCount}`}
        note={t`${plural(offline, { one: '# offline', other: '# offline' })}, ${plural(lagging, { one: '# lagging', other: '# lagging' })}`}
      >
        {format.count(online)}
      </Kpi>
      <Kpi
        label={t`Changesets waiting`}
        note={offline > 0 ? t`offline tills not known` : t`at tills that are heard`}
      >
        {format.count(waiting)}
        {offline > 0 && '+'}
      </Kpi>
    </KpiStrip>
  );
}

function FirstSteps() {
  const { t } = useLingui();
  return (
    <Page title={t`Dashboard`}>
      <EmptyState
        title={t`This HQ has no store yet`}
        action={
          <Link to="/stores" className="font-medium text-brand underline">
            <Trans>Add the first store</Trans>
          </Link>
        }
      >
        <Trans>
          Make a store and its tills, import a register of medicines, then enrol the tills with a code.
        </Trans>
      </EmptyState>
    </Page>
  );
}
