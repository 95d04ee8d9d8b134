import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { addDays, plainDate } from '#shared/kernel/calendar.ts';
import { Button, IconButton } from '#shared/ui/button.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { OrgFormat, useFormat } from '#shared/ui/use-format.ts';
import { hqQuery } from '../hq.ts';
import { download } from '../parts/csv.ts';
import { DateField } from '../parts/date-field.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { todayOf, useStores } from '../parts/stores.ts';
import { Page } from '../shell/page.tsx';
import { reportCsv } from './report-csv.ts';
import { StoreTable } from './store-table.tsx';
import { RatesCard, TendersCard } from './sums.tsx';
import { byCurrency, type StoreDay } from './totals.ts';

/** One business day, store by store: what the tills themselves say, to the cent. */
export function DayReportPage() {
  const { t } = useLingui();
  const stores = useStores();
  const { day } = useSearch({ from: '/day-report' });
  const navigate = useNavigate({ from: '/day-report' });
  const today = todayOf(stores.data, Date.now());
  const date = day ?? today;
  const report = useQuery(
    hqQuery.reports.day.queryOptions({
      input: { businessDate: date ?? '' },
      enabled: date !== null,
      placeholderData: keepPreviousData,
      refetchInterval: date === today ? 30_000 : false,
    }),
  );
  const days = report.data ?? [];
  const show = (next: string) => void navigate({ search: { day: next }, replace: true });
  const noStore = stores.data?.length === 0;
  return (
    <Page
      title={t`Day report`}
      banner={days.some((one) => !one.complete)}
      aside={days.length > 0 ? <Completeness days={days} /> : undefined}
      actions={
        <Button
          size={32}
          icon={<Download size={16} aria-hidden />}
          disabled={days.length === 0}
          onClick={() => download(`day-report-${date}.csv`, reportCsv(days))}
        >
          CSV
        </Button>
      }
    >
      {date !== null && <DayPicker date={date} onPick={show} />}
      {noStore ? (
        <EmptyState title={t`No store yet`}>
          <Trans>A day report needs a store with a till. Both are made under Stores and tills.</Trans>
        </EmptyState>
      ) : (
        <Remote query={report} skeleton={<SkeletonRows rows={14} />}>
          {(all) => byCurrency(all).map((group) => <CurrencyGroup key={group[0]?.currency} days={group} />)}
        </Remote>
      )}
    </Page>
  );
}

/** The stores of one currency with their sums. */
function CurrencyGroup({ days }: { readonly days: readonly StoreDay[] }) {
  const { timeZone } = useFormat();
  const first = days[0];
  if (!first) return null;
  return (
    <OrgFormat value={{ currency: { code: first.currency, digits: first.minorDigits }, timeZone }}>
      <StoreTable days={days} />
      <div className="grid flex-none grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] gap-3">
        <RatesCard days={days} />
        <TendersCard days={days} />
      </div>
    </OrgFormat>
  );
}

function DayPicker({ date, onPick }: { readonly date: string; readonly onPick: (date: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const shift = (by: number) => onPick(addDays(plainDate(date), by));
  return (
    <div className="flex flex-none items-center gap-2">
      <IconButton label={t`The day before`} onClick={() => shift(-1)} className="border border-line-control">
        <ChevronLeft size={16} aria-hidden className="rtl:rotate-180" />
      </IconButton>
      <DateField label={t`Business date`} empty="" value={date} onPick={(next) => next && onPick(next)} />
      <IconButton label={t`The day after`} onClick={() => shift(1)} className="border border-line-control">
        <ChevronRight size={16} aria-hidden className="rtl:rotate-180" />
      </IconButton>
      <span className="ms-1 text-muted">
        <Trans>Business date, {format.currency.code}</Trans>
      </span>
    </div>
  );
}

function Completeness({ days }: { readonly days: readonly StoreDay[] }) {
  const missing = days.filter((day) => !day.complete).length;
  const total = days.length;
  return missing === 0 ? (
    <Trans>All {total} stores have been heard from since this day ended</Trans>
  ) : (
    <Trans>
      {missing} of {total} stores have not sent all of this day yet
    </Trans>
  );
}
