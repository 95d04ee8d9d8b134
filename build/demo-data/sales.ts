import type { PlainDate } from '#shared/kernel/calendar.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { RowOf } from '#shared/schema.ts';
import { type Basket, basketsOf } from './baskets.ts';
import { demoIds, historyDays, instantOf, weekday } from './days.ts';
import { payBasket } from './payment.ts';
import { type Seeded, seeded } from './random.ts';
import type { DemoOptions } from './rows.ts';
import { type RegisterRows, taxRatesOn } from './shelf.ts';
import { createShelves, type Shelves } from './shelves.ts';
import { type DemoStock, HISTORY_DAYS } from './stock.ts';

/** All rows of one sale, as a till would have written them in one changeset. */
export type SaleRows = {
  readonly sale: RowOf<'sale'>;
  readonly lines: readonly RowOf<'sale_line'>[];
  readonly taxes: readonly RowOf<'sale_tax'>[];
  readonly tenders: readonly RowOf<'tender'>[];
  readonly movements: readonly RowOf<'stock_movement'>[];
};

/**
 * A store's sales of the 90 days up to yesterday, oldest first: real totals, FEFO over the stock as it was at each
 * moment, gap-free receipt numbers of incarnation A of each till. Nothing is ever sold that was not on hand, expired,
 * quarantined or recalled; controlled medicines are not sold, and prescription medicines only where the store's plan
 * lets a pharmacist's PIN stand for the prescription, by a pharmacist.
 */
export function* demoSales(
  options: DemoOptions,
  stock: DemoStock,
  register: Pick<RegisterRows, 'taxRates'>,
): Generator<SaleRows> {
  const { store } = stock;
  const draw = seeded(options.seed, `sales ${store.plan.code}`);
  const ids = demoIds(options.seed, `sales ${store.plan.code}`);
  const shelves = createShelves(stock);
  const basketAt = basketsOf(stock, draw);
  const lastNumber = new Map<string, number>();
  for (const day of historyDays(options, HISTORY_DAYS)) {
    const ratesOf = taxRatesOn(register, day);
    for (const at of saleTimes(stock, day, draw)) {
      const basket = basketAt({ at, day, ratesOf, shelves });
      if (basket === null) continue;
      const till = draw.chance(0.62) ? store.tills[0] : (store.tills.at(-1) ?? store.tills[0]);
      if (till === undefined) throw new Error(`${store.plan.code} has no till`);
      const receiptN = (lastNumber.get(till.id) ?? 0) + 1;
      lastNumber.set(till.id, receiptN);
      yield rowsOf(basket, { stock, draw, shelves, at, till, receiptN, id: () => ids.at(at) });
    }
  }
}

/** Receipt numbers of the history: 'S01-T01A' and onward from 1. */
export const historySeries = (storeCode: string, tillCode: string): string => `${storeCode}-${tillCode}A`;

/** Two waves, before noon and after work, within opening hours; a few fewer or more each day. */
function saleTimes({ store }: DemoStock, day: PlainDate, draw: Seeded): number[] {
  const { salesByWeekday, opensAt, closesAt } = store.plan;
  const sundayClose = 13 * 60;
  const usual = salesByWeekday[weekday(day)] ?? 0;
  const count = usual === 0 ? 0 : Math.round((usual * draw.int(85, 115)) / 100);
  const end = weekday(day) === 0 ? sundayClose : closesAt;
  const times = Array.from({ length: count }, () => {
    const peak = draw.chance(0.55) ? 0.28 : 0.78;
    const place = peak + (draw.next() + draw.next() + draw.next() - 1.5) * 0.32;
    const minutes = opensAt + 4 + Math.min(0.98, Math.max(0, place)) * (end - opensAt - 4);
    return instantOf(day, 0, store.row.zone) + Math.floor(minutes * 60_000) + draw.int(0, 59_999);
  });
  return times.sort((a, b) => a - b);
}

type Ringing = {
  readonly stock: DemoStock;
  readonly draw: Seeded;
  readonly shelves: Shelves;
  readonly at: number;
  readonly till: RowOf<'till'>;
  readonly receiptN: number;
  readonly id: () => string;
};

function rowsOf(basket: Basket, { stock, draw, shelves, at, till, receiptN, id }: Ringing): SaleRows {
  const { row: store, plan } = stock.store;
  const saleId = id();
  const own = { saleId, storeId: store.id };
  const series = historySeries(plan.code, till.code);
  const day = { at, businessDate: businessDate(at, store.zone, store.dayStartHour) };
  const { totals } = basket;
  const paid = payBasket(totals.totalMinor, {
    draw,
    cashStepMinor: store.cashStepMinor,
    cardShare: plan.cardShare,
  });
  const lines = basket.lines.map(({ pack, ...line }, index): RowOf<'sale_line'> => {
    const { packId, name, scheduleClass, packSize, baseUnit, taxClassId } = pack;
    const figures = totals.lines[index];
    if (figures === undefined) throw new Error('a line without totals');
    return {
      id: id(),
      ...own,
      lineNo: index + 1,
      packId,
      name,
      scheduleClass,
      packSize,
      baseUnit,
      taxClassId,
      ...line,
      ...figures,
    };
  });
  return {
    sale: {
      ...{ id: saleId, storeId: store.id, tillId: till.id, ...day, cashierId: basket.cashierId },
      ...{ receiptNo: `${series}-${String(receiptN).padStart(6, '0')}`, receiptSeries: series, receiptN },
      ...{ currency: store.currency, taxMode: store.taxMode, lineCount: lines.length },
      discountMinor: lines.reduce((sum, line) => sum + line.lineDiscountMinor + line.cartDiscountMinor, 0),
      taxMinor: lines.reduce((sum, line) => sum + line.taxMinor, 0),
      ...{
        totalMinor: totals.totalMinor,
        cashRoundingMinor: paid.cashRoundingMinor,
        changeMinor: paid.changeMinor,
      },
    },
    lines,
    taxes: totals.taxes.map((tax) => ({
      id: id(),
      ...own,
      taxPct3: tax.taxPct3,
      baseMinor: tax.baseMinor,
      taxMinor: tax.componentsMinor.reduce((sum, part) => sum + part, 0),
      componentsMinor: tax.componentsMinor,
    })),
    tenders: paid.tenders.map((tender, index) => ({
      id: id(),
      ...own,
      lineNo: index + 1,
      ...tender,
      authorisedAt: tender.kind === 'card' ? at : null,
    })),
    movements: basket.lines.flatMap(({ pack, qtyBase }, index) =>
      shelves.take(pack.packId, { at, wantBase: qtyBase }).map(
        ({ batchId, qtyBase: taken }): RowOf<'stock_movement'> => ({
          ...{
            id: id(),
            storeId: store.id,
            batchId,
            packId: pack.packId,
            kind: 'sell',
            qtyBase: -taken,
            ...day,
          },
          ...{ documentId: saleId, documentLine: index + 1, actorId: basket.cashierId, reason: null },
        }),
      ),
    ),
  };
}
