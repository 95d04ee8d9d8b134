import { voucherCode } from '#shared/sales/ledger-rules.ts';
import type { PlannedReturn, ReturnWish } from '#shared/sales/return.ts';
import { placesFor } from '#shared/sales/return-place.ts';
import { refuse } from '../refuse.ts';
import type { MadeReturnRow, SaleFound } from './return-reader.ts';
import type { PaidVoucher } from './return-tenders.ts';

/** Base units of parts together. */
export const sumBase = (parts: readonly { readonly qtyBase: number }[]): number =>
  parts.reduce((sum, { qtyBase }) => sum + qtyBase, 0);

/** What came back of a line, over all counters as known here. */
export const returnedBase = (saleLineId: string, earlier: readonly MadeReturnRow[]): number =>
  earlier
    .flatMap((made) => made.lines)
    .reduce((sum, line) => (line.saleLineId === saleLineId ? sum + line.qtyBase : sum), 0);

/** A void takes back all of a sale of which nothing came back before. */
export function refusePartly(
  plan: PlannedReturn,
  {
    earlier,
    sale,
  }: {
    readonly earlier: readonly MadeReturnRow[];
    readonly sale: { readonly lines: readonly { qtyBase: number }[] };
  },
): void {
  if (earlier.length > 0 || sumBase(plan.lines) !== sumBase(sale.lines)) refuse({ code: 'RETURNED_BEFORE' });
}

/** Goods of a void never left the counter and may all go back to the shelf; what left it may not. */
export function refusePlaces(
  rows: readonly (Parameters<typeof placesFor>[0] & { readonly saleLineId: string; readonly name: string })[],
  wishes: readonly ReturnWish[],
): void {
  for (const { saleLineId, place, qtyBase } of wishes) {
    const row = rows.find((one) => one.saleLineId === saleLineId);
    if (row && qtyBase > 0 && !placesFor(row).includes(place))
      refuse({ code: 'PLACE_FORBIDDEN', name: row.name });
  }
}

/** The slip that was typed stands for card and mobile; without one, that of the sale. */
export function referencesOf(
  { reference }: { readonly reference?: string | undefined },
  tenders: readonly { readonly kind: string; readonly reference: string | null }[],
): ReadonlyMap<string, string> {
  const known = tenders.flatMap(({ kind, reference: paid }) =>
    paid === null ? [] : [[kind, paid] as const],
  );
  const typed = reference ? (['card', 'mobile'] as const).map((kind) => [kind, reference] as const) : [];
  return new Map([...known, ...typed]);
}

/** The vouchers that paid for a sale, and what of each has not gone back to it. */
export function vouchersOf(
  paid: SaleFound['tenders'],
  earlier: readonly Pick<MadeReturnRow, 'tenders'>[],
): readonly PaidVoucher[] {
  const left = new Map<string, number>();
  const count = (tenders: Readonly<SaleFound['tenders']>, sign: 1 | -1): void => {
    for (const { kind, amountMinor, reference } of tenders) {
      if (kind !== 'voucher' || reference === null) continue;
      const code = voucherCode(reference);
      left.set(code, (left.get(code) ?? 0) + sign * amountMinor);
    }
  };
  count(paid, 1);
  for (const { tenders } of earlier) count(tenders, -1);
  return [...left].map(([code, leftMinor]) => ({ code, leftMinor }));
}
