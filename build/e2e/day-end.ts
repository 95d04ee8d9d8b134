import { expect } from '@playwright/test';
import { listFlags } from '../../sync-server/auth/back-office-quarantine.ts';
import { booksOfHq, booksOfTill } from './day-books.ts';
import { midnightMs, msOf, storyDate } from './day-hours.ts';
import type { DayHq } from './day-hq.ts';
import type { DayShop, Goods } from './day-shop.ts';
import type { DayTill } from './day-till.ts';

/** When each sale was paid, by its receipt's number: `09:02`. */
export type Paid = ReadonlyMap<string, string>;

/** Every receipt came out, with the hour at which it was paid, and so did both reports. */
export function expectOnPaper(printed: string, receipts: Paid): void {
  const isThere = ([receiptNo, at]: readonly [string, string]) =>
    new RegExp(`${receiptNo}[^\\d]+24 nov\\. 2026 ${at}`).test(printed);
  expect([...receipts].filter((one) => !isThere(one))).toEqual([]);
  for (const [report, at] of [
    ['RAPPORT X', '16:45'],
    ['RAPPORT Z', '17:30'],
  ] as const)
    expect(printed.slice(printed.indexOf(report))).toContain(`24 nov. 2026 ${at}`);
}

/** Days, sales, the Z-report and stock by batch: what HQ has is what the till has, and nothing was refused. */
export async function expectHqAsTill(
  receipts: Paid,
  { hq, till: { client }, shop }: { readonly hq: DayHq; readonly till: DayTill; readonly shop: DayShop },
): Promise<void> {
  const sold: readonly Goods[] = [...shop.baskets.flat().map(({ goods }) => goods), ...shop.articles];
  const names = [...new Set(sold.map(({ name }) => name.replace(/,.*/, '').slice(0, 60)))].slice(0, 40);
  const found = await Promise.all(names.map((text) => client.catalog.search({ text, limit: 1 })));
  const packIds = [...new Set(found.flatMap(({ hits }) => hits.map((hit) => hit.packId)))];
  const atTill = await booksOfTill(client, packIds);
  const hours = Object.entries(atTill.sales).map(([receiptNo, { at }]) => [receiptNo, at] as const);
  expect(new Map(hours)).toEqual(new Map([...receipts].map(([receiptNo, at]) => [receiptNo, msOf(at)])));
  const days = atTill.days.map(({ businessDate }) => businessDate);
  expect(days).toEqual([storyDate]);
  const { storeId } = shop;
  expect(await booksOfHq(hq, { storeId, since: midnightMs, packIds, days })).toEqual(atTill);
  expect((await (await hq.backOffice()).auth.quarantine({ state: 'open' })).rows).toEqual([]);
  // Nothing to review either: no clock was wrong, nothing was done without a right.
  expect((await listFlags(hq.pool, {})).rows).toEqual([]);
}
