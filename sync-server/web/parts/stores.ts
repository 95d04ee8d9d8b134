import { useQuery } from '@tanstack/react-query';
import type { StoreOverview, TillRow } from '#shared/auth/calls-hq.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { Freshness } from '#shared/ui/freshness.tsx';
import { hqQuery } from '../hq.ts';

/** The stores and how far their data reach; asked again every ten seconds, for every page at once. */
export const useStores = () => useQuery(hqQuery.auth.stores.queryOptions({ refetchInterval: 10_000 }));

export type StoreState = 'current' | 'lagging' | 'offline' | 'none';

/** The worst of a store's enrolled tills; `none` where no till has ever reported. */
export function stateOf(store: Pick<StoreOverview, 'tills'>): StoreState {
  const lags = store.tills.filter((till) => till.enrolled && till.lag !== 'never').map((till) => till.lag);
  if (lags.length === 0) return 'none';
  if (lags.includes('offline')) return 'offline';
  return lags.includes('lagging') ? 'lagging' : 'current';
}

/** How far the figures over these stores reach: to the last contact of those that are heard. */
export function freshnessOf(stores: readonly StoreOverview[]): Freshness {
  const reporting = stores.filter((store) => stateOf(store) !== 'none');
  const heard = reporting.filter((store) => stateOf(store) === 'current');
  const reaches = heard.flatMap((store) => (store.dataTo === null ? [] : [store.dataTo]));
  const all = reporting.flatMap((store) => (store.dataTo === null ? [] : [store.dataTo]));
  const dataToMs = reaches.length > 0 ? Math.min(...reaches) : all.length > 0 ? Math.max(...all) : null;
  return { dataToMs, storesHeard: heard.length, storesTotal: reporting.length };
}

/** The business date it is now in a chain, by its first store. */
export function todayOf(stores: readonly StoreOverview[] | undefined, nowMs: number): string | null {
  const first = stores?.[0];
  return first ? businessDate(nowMs, first.zone, first.dayStartHour) : null;
}

/** `S06-T02`. */
export const tillCode = (store: Pick<StoreOverview, 'code'>, till: Pick<TillRow, 'code'>): string =>
  `${store.code}-${till.code}`;
