import { describe, expect, test } from 'vitest';
import { addDays, plainDate } from '#shared/kernel/calendar.ts';
import { localDate } from '#shared/kernel/zone.ts';
import { settle } from '#shared/sales/cash.ts';
import { saleTotals, totalOf } from '#shared/sales/totals.ts';
import { demoCatalogue } from './catalogue.ts';
import { demoOrganisation } from './organisation.ts';
import { demoSales, historySeries, type SaleRows } from './sales.ts';
import { demoStock } from './stock.ts';

const options = { seed: 7, todayIso: '2026-11-24' };
const today = plainDate(options.todayIso);
const register = demoCatalogue(options);
const histories = demoOrganisation(options).stores.map((store) => {
  const stock = demoStock(options, { store, register });
  return { store, stock, sales: [...demoSales(options, stock, register)] };
});
const every = (check: (sale: SaleRows, history: (typeof histories)[number]) => boolean) =>
  histories.flatMap((history) =>
    history.sales.filter((sale) => !check(sale, history)).map(({ sale }) => sale.receiptNo),
  );
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe('90 days of sales', () => {
  test('reach from 90 days ago to yesterday, 40 to 80 on an ordinary day', () => {
    for (const { sales, store } of histories) {
      const days = new Map<string, number>();
      for (const { sale } of sales) days.set(sale.businessDate, (days.get(sale.businessDate) ?? 0) + 1);
      expect(Math.max(...days.values())).toBeLessThan(100);
      expect(sum([...days.values()]) / days.size).toBeGreaterThan(38);
      expect([...days.keys()].sort().at(-1)).toBe(addDays(today, -1));
      expect(Math.min(...[...days.keys()].map((day) => Date.parse(day)))).toBeGreaterThanOrEqual(
        Date.parse(addDays(today, -90)),
      );
      expect(days.size).toBeGreaterThan(store.plan.salesByWeekday[0] === 0 ? 75 : 88);
    }
  });

  test('lines, tax and total agree', () => {
    expect(
      every(({ sale, lines, taxes }) => {
        const taxMinor = sum(taxes.map((tax) => tax.taxMinor));
        return (
          sale.totalMinor === totalOf(sale.taxMode, { lines, taxes }) &&
          sale.taxMinor === taxMinor &&
          sum(lines.map((line) => line.taxMinor)) === taxMinor &&
          sum(taxes.map((tax) => tax.baseMinor)) + taxMinor === sale.totalMinor &&
          lines.every(
            (line) => line.amountMinor === line.grossMinor - line.lineDiscountMinor - line.cartDiscountMinor,
          )
        );
      }),
    ).toEqual([]);
  });

  test('saleTotals works every sale out to the same figures again', () => {
    const mayDiscount = new Map(
      histories.flatMap(({ stock }) => stock.range.map((pack) => [pack.packId, pack.discountAllowed])),
    );
    expect(
      every(({ sale, lines, taxes }) => {
        const again = saleTotals({
          taxMode: sale.taxMode,
          lines: lines.map((line) => ({
            ...line,
            discount: { kind: 'amount', minor: line.lineDiscountMinor },
            discountAllowed: mayDiscount.get(line.packId),
          })),
          cartDiscount: { kind: 'amount', minor: sum(lines.map((line) => line.cartDiscountMinor)) },
        });
        return (
          again.ok &&
          again.value.totalMinor === sale.totalMinor &&
          again.value.lines.every(
            (line, index) =>
              line.amountMinor === lines[index]?.amountMinor && line.taxMinor === lines[index]?.taxMinor,
          ) &&
          again.value.taxes.every((tax, index) => tax.baseMinor === taxes[index]?.baseMinor)
        );
      }),
    ).toEqual([]);
  });

  test('tenders settle each sale by the cash step of its store', () => {
    expect(
      every(({ sale, tenders }, { store }) => {
        const paid = settle({ totalMinor: sale.totalMinor, tenders, cashStepMinor: store.row.cashStepMinor });
        return (
          paid.ok &&
          paid.value.changeMinor === sale.changeMinor &&
          paid.value.cashRoundingMinor === sale.cashRoundingMinor
        );
      }),
    ).toEqual([]);
    expect(histories[1]?.sales.some(({ sale }) => sale.cashRoundingMinor !== 0)).toBe(true);
    expect(histories[0]?.sales.some(({ sale }) => sale.cashRoundingMinor !== 0)).toBe(false);
  });

  test('receipt numbers of each till run from 1 without a gap, in order of time', () => {
    for (const { store, sales } of histories) {
      for (const till of store.tills) {
        const own = sales.filter(({ sale }) => sale.tillId === till.id).map(({ sale }) => sale);
        const series = historySeries(store.plan.code, till.code);
        expect(own.map(({ receiptN }) => receiptN)).toEqual(own.map((_, index) => index + 1));
        expect(
          own.every(
            ({ receiptNo, receiptN }) => receiptNo === `${series}-${String(receiptN).padStart(6, '0')}`,
          ),
        ).toBe(true);
        expect(own.every(({ at }, index) => index === 0 || at >= (own[index - 1]?.at ?? 0))).toBe(true);
      }
    }
  });

  test('each line left the shelf in full, from batches that could be sold at that moment', () => {
    for (const { store, stock, sales } of histories) {
      const batches = new Map(stock.batches.map((batch) => [batch.id, batch]));
      const wrong = sales.filter(({ sale, lines, movements }) => {
        const day = localDate(sale.at, store.row.zone);
        const taken = lines.every(
          (line) =>
            sum(movements.filter((one) => one.documentLine === line.lineNo).map((one) => one.qtyBase)) ===
            -line.qtyBase,
        );
        const good = movements.every(({ batchId, packId }) => {
          const batch = batches.get(batchId);
          const stopped = stock.decisions.some(
            (one) => one.batchId === batchId && one.kind === 'recall' && one.at <= sale.at,
          );
          return (
            batch !== undefined &&
            !stopped &&
            batch.packId === packId &&
            batch.receivedAt <= sale.at &&
            batch.expiresOn >= addDays(day, store.row.minShelfLifeDays)
          );
        });
        return !taken || !good;
      });
      expect(wrong).toEqual([]);
    }
  });

  test('what needs a pharmacist was rung up by one; controlled medicines not at all, prescriptions where the store may', () => {
    expect(
      every(({ sale, lines }, { store }) => {
        const pharmacist = store.staff.some(
          ({ row, role }) => row.personId === sale.cashierId && role === 'pharmacist',
        );
        return lines.every(
          ({ scheduleClass }) =>
            scheduleClass === 'general' ||
            (pharmacist &&
              scheduleClass !== 'controlled' &&
              (scheduleClass !== 'prescription' || store.plan.prescriptionByPin)),
        );
      }),
    ).toEqual([]);
    expect(
      histories[0]?.sales.some(({ lines }) =>
        lines.some(({ scheduleClass }) => scheduleClass === 'prescription'),
      ),
    ).toBe(true);
  });

  test('baskets have one to six lines, some with discounts, some of loose units', () => {
    const all = histories.flatMap(({ sales }) => sales);
    expect(new Set(all.map(({ lines }) => lines.length))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(all.some(({ lines }) => lines.some(({ qtyBase, packSize }) => qtyBase % packSize !== 0))).toBe(
      true,
    );
    expect(
      all.some(({ lines }) =>
        lines.some(
          ({ discountReason, lineDiscountMinor }) => discountReason !== null && lineDiscountMinor > 0,
        ),
      ),
    ).toBe(true);
  });
});
