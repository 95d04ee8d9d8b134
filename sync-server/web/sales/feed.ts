import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { SaleRow } from '#shared/sales/calls.ts';
import { type Hq, hq, hqQuery } from '../hq.ts';

type SalesPage = Hq['sales']['list'];

/** How the live connection stands, and which sales have just come (they are marked for a moment). */
export const useSalesFeed = create<{
  readonly link: 'connecting' | 'live' | 'lost';
  readonly arrived: readonly string[];
}>(() => ({ link: 'connecting', arrived: [] }));

const FLASH_MS = 1_500;
const RETRY_MS = 2_000;

/** Follows the sales as they arrive at HQ until it is stopped: they enter the lists at hand, reports are asked anew. */
export function followSales(queries: QueryClient): () => void {
  const stopped = new AbortController();
  void follow(queries, stopped.signal);
  return () => stopped.abort();
}

async function follow(queries: QueryClient, signal: AbortSignal): Promise<void> {
  let wasLost = false;
  while (!signal.aborted) {
    try {
      for await (const rows of await hq.sales.watch(undefined, { signal })) {
        useSalesFeed.setState({ link: 'live' });
        // What came while the line was down is not told again.
        if (wasLost) void queries.invalidateQueries({ queryKey: hqQuery.sales.key() });
        wasLost = false;
        if (rows.length > 0) take(queries, rows);
      }
    } catch {
      // Told by `lost` below.
    }
    if (signal.aborted) return;
    wasLost = true;
    useSalesFeed.setState({ link: 'lost' });
    await pause(RETRY_MS, signal);
  }
}

function take(queries: QueryClient, rows: readonly SaleRow[]): void {
  for (const [key, pages] of queries.getQueriesData<InfiniteData<SalesPage>>({
    queryKey: hqQuery.sales.list.key(),
  })) {
    if (!pages) continue;
    const wanted = rows.filter((row) => fits(row, inputOf(key)));
    if (wanted.length > 0) queries.setQueryData(key, withRows(pages, wanted));
  }
  void queries.invalidateQueries({ queryKey: hqQuery.reports.key() });
  const ids = rows.map((row) => row.saleId);
  useSalesFeed.setState({ arrived: ids });
  setTimeout(() => {
    if (useSalesFeed.getState().arrived === ids) useSalesFeed.setState({ arrived: [] });
  }, FLASH_MS);
}

/** New sales in their places of the first page; a late one that belongs further down comes with its own page. */
export function withRows(data: InfiniteData<SalesPage>, rows: readonly SaleRow[]): InfiniteData<SalesPage> {
  const [first, ...rest] = data.pages;
  if (!first) return data;
  const known = new Set(data.pages.flatMap((page) => page.rows.map((row) => row.saleId)));
  const last = first.rows.at(-1);
  const news = rows.filter(
    (row) => !known.has(row.saleId) && (!first.more || !last || latestFirst(row, last) < 0),
  );
  const merged = [...first.rows, ...news].toSorted(latestFirst);
  return { ...data, pages: [{ ...first, rows: merged }, ...rest] };
}

const latestFirst = (a: SaleRow, b: SaleRow): number => b.at - a.at || (a.saleId < b.saleId ? 1 : -1);

interface ListInput {
  readonly storeId?: string | undefined;
  readonly businessDate?: string | undefined;
}

export const fits = (row: SaleRow, { storeId, businessDate }: ListInput): boolean =>
  (storeId === undefined || row.storeId === storeId) &&
  (businessDate === undefined || row.businessDate === businessDate);

/** The filter a list was asked with, out of its key. */
function inputOf(key: readonly unknown[]): ListInput {
  const options = key.find((part) => typeof part === 'object' && part !== null && 'input' in part);
  const input = typeof options === 'object' && options !== null && 'input' in options ? options.input : null;
  return typeof input === 'object' && input !== null ? input : {};
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
