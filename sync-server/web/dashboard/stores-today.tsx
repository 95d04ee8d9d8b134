import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { StateMark } from '#shared/ui/freshness.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type RateGroup, rateGroups, type StoreDay, sumOf, taxOf } from '../day-report/totals.ts';
import { DataTo } from '../parts/data-to.tsx';
import { ShareBar, ShareMark } from '../parts/share-bar.tsx';
import { stateOf, useStores } from '../parts/stores.ts';
import { useRate } from '../parts/use-rate.ts';

/** Today by store, with the tax rates as a bar. A store that is not heard stays in its place, hatched. */
export function StoresToday({ days }: { readonly days: readonly StoreDay[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const rate = useRate();
  const rates = rateGroups(days);
  const sum = sumOf(days);
  const longest = Math.max(0, ...days.map((day) => day.totalMinor));
  const storeCount = days.length;
  return (
    <Card
      title={t`Today by store and tax rate`}
      aside={t`${format.currency.code} · bar: sales incl. tax by rate`}
      actions={
        <span className="flex items-center gap-3.5 text-12 text-muted">
          {rates.map(({ key, pct3 }, place) => (
            <span key={key} className="flex items-center gap-1.5">
              <ShareMark place={place + 1} />
              {rate(pct3)}
            </span>
          ))}
        </span>
      }
      className="flex-none"
    >
      <Table
        caption={t`Today by store`}
        rows="dense"
        head={
          <tr>
            <Th>{t`Store`}</Th>
            <Th num>{t`Data to`}</Th>
            <Th num>{t`Sales`}</Th>
            <Th num>{t`Net of tax`}</Th>
            <Th num>{t`Incl. tax`}</Th>
            <Th group className="w-[30%]">{t`By tax rate`}</Th>
            <Th num group>{t`Tills`}</Th>
            <Th num>{t`Unsent`}</Th>
          </tr>
        }
        foot={
          <Foot
            days={days}
            sum={sum}
            label={t`${plural(storeCount, { one: '# store', other: '# stores' })}`}
          />
        }
      >
        {days.map((day) => (
          <StoreRow key={day.storeId} day={day} rates={rates} longest={longest} />
        ))}
      </Table>
    </Card>
  );
}

function StoreRow({
  day,
  rates,
  longest,
}: {
  readonly day: StoreDay;
  readonly rates: readonly RateGroup[];
  readonly longest: number;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const rate = useRate();
  const { state, online, enrolled, unsent } = useTills(day.storeId);
  const shares = rates.map(({ key, pct3 }, place) => {
    const tax = taxOf(day, key);
    return { key, label: rate(pct3), value: (tax?.baseMinor ?? 0) + (tax?.taxMinor ?? 0), place: place + 1 };
  });
  const words = { current: t`Online`, lagging: t`Lagging`, offline: t`Offline`, none: t`No till yet` };
  return (
    <Tr stale={state === 'offline'}>
      <Td className="whitespace-nowrap">
        <span className="flex items-center gap-2">
          {state === 'none' ? <span className="w-2.5" /> : <StateMark state={marks[state]} />}
          <span className="sr-only">{words[state]}</span>
          <span className="inline-block w-8 text-faint">{day.storeCode}</span>
          <span className="font-medium">{day.storeName}</span>
        </span>
      </Td>
      <Td num>
        <DataTo at={day.dataTo} warn={state === 'lagging' || state === 'offline'} />
      </Td>
      <Td num>{format.count(day.sales)}</Td>
      <Td num>
        <Money minor={day.netMinor} />
      </Td>
      <Td num className="font-semibold">
        <Money minor={day.totalMinor} />
      </Td>
      <Td group>
        <ShareBar shares={shares} total={day.totalMinor} longest={longest} />
      </Td>
      <Td num group>
        {enrolled === 0 ? '–' : `${online}/${enrolled}`}
      </Td>
      <Td num className={unsent ? 'font-semibold text-warn' : 'text-muted'}>
        {state === 'none' ? '–' : unsent === null ? t`not known` : format.count(unsent)}
      </Td>
    </Tr>
  );
}

function Foot({
  days,
  sum,
  label,
}: {
  readonly days: readonly StoreDay[];
  readonly sum: ReturnType<typeof sumOf>;
  readonly label: string;
}) {
  const format = useFormat();
  const stores = useStores();
  const tills = (stores.data ?? []).flatMap((store) => store.tills.filter((till) => till.enrolled));
  const online = tills.filter((till) => till.lag === 'current' || till.lag === 'lagging').length;
  const known = tills.reduce((total, till) => total + (till.waiting ?? 0), 0);
  const reaches = days.flatMap((day) => (day.dataTo === null ? [] : [day.dataTo]));
  return (
    <tr>
      <Td>{label}</Td>
      <Td num className="text-12 text-muted">
        {reaches.length > 0 && spread(format.time(Math.min(...reaches)), format.time(Math.max(...reaches)))}
      </Td>
      <Td num>{format.count(sum.sales)}</Td>
      <Td num>
        <Money minor={sum.netMinor} />
      </Td>
      <Td num>
        <Money minor={sum.totalMinor} />
      </Td>
      <Td group />
      <Td num group>{`${online}/${tills.length}`}</Td>
      <Td num>
        {format.count(known)}
        {tills.some((till) => till.waiting === null) && '+'}
      </Td>
    </tr>
  );
}

const spread = (from: string, to: string): string => (from === to ? to : `${from} – ${to}`);
const marks = { current: 'ok', lagging: 'warn', offline: 'stop' } as const;

/** How the tills of a store stand; `unsent` is null where one of them is not heard. */
function useTills(storeId: string) {
  const stores = useStores();
  const store = stores.data?.find((one) => one.id === storeId);
  const tills = store?.tills.filter((till) => till.enrolled) ?? [];
  const unknown = tills.some((till) => till.waiting === null);
  return {
    state: store ? stateOf(store) : ('none' as const),
    enrolled: tills.length,
    online: tills.filter((till) => till.lag === 'current' || till.lag === 'lagging').length,
    unsent: unknown ? null : tills.reduce((sum, till) => sum + (till.waiting ?? 0), 0),
  };
}
