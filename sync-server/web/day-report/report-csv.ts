import { tenderKinds } from '#shared/sales/tender-kinds.ts';
import { csvText, decimal } from '../parts/csv.ts';
import { rateGroups, type StoreDay, taxOf, tenderOf } from './totals.ts';

/** The day report as a table for a spreadsheet: one row a store, plain decimals, English heads whatever the screen's language. */
export function reportCsv(days: readonly StoreDay[]): string {
  const rates = rateGroups(days);
  const rateName = (pct3: readonly number[]) => pct3.map((part) => decimal(part, 3)).join('+');
  const head = [
    'business date',
    'store',
    'name',
    'currency',
    'data to',
    'complete',
    'sales',
    'net',
    ...rates.flatMap(({ pct3 }) => [`base ${rateName(pct3)} %`, `tax ${rateName(pct3)} %`]),
    'tax',
    'including tax',
    'discounts',
    'cash rounding',
    ...tenderKinds,
  ];
  const rows = days.map((day) => {
    const money = (minor: number) => decimal(minor, day.minorDigits);
    return [
      day.businessDate,
      day.storeCode,
      day.storeName,
      day.currency,
      day.dataTo === null ? '' : new Date(day.dataTo).toISOString(),
      day.complete ? 'yes' : 'no',
      day.sales,
      money(day.netMinor),
      ...rates.flatMap(({ key }) => [
        money(taxOf(day, key)?.baseMinor ?? 0),
        money(taxOf(day, key)?.taxMinor ?? 0),
      ]),
      money(day.taxMinor),
      money(day.totalMinor),
      money(day.discountMinor),
      money(day.cashRoundingMinor),
      ...tenderKinds.map((kind) => money(tenderOf(day, kind) ?? 0)),
    ];
  });
  return csvText([head, ...rows]);
}
