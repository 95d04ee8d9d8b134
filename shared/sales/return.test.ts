import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anySale, sum, value } from '../../build/sale-samples.ts';
import { settle } from './cash.ts';
import {
  leftOfLine,
  type MadeReturn,
  mayComeLoose,
  overReturned,
  type PlannedReturn,
  planReturn,
  type ReturnableSale,
  type TenderPart,
} from './return.ts';
import { exchangeTenders } from './return-exchange.ts';
import { saleTotals } from './totals.ts';

const STEP = 5;

/** Sales as the ledger keeps them: split over batches, part paid by card, voucher or exchange, the rest in cash. */
const paidSale = fc
  .tuple(anySale, fc.array(fc.nat(100_000), { maxLength: 3 }), fc.nat(100))
  .map(([input, otherParts, split]): ReturnableSale & { readonly cashKeptMinor: number } => {
    const totals = value(saleTotals(input));
    const lines = totals.lines.map((line, i) => {
      const qtyBase = input.lines[i]?.qtyBase ?? 0;
      const first = Math.floor((qtyBase * split) / 100);
      const batches = [
        { batchId: `${i}a`, qtyBase: first },
        { batchId: `${i}b`, qtyBase: qtyBase - first },
      ];
      return { ...line, qtyBase, saleLineId: String(i), taxPct3: input.lines[i]?.taxPct3 ?? [], batches };
    });
    const others: TenderPart[] = [];
    let left = totals.totalMinor;
    for (const [i, part] of otherParts.entries()) {
      const amountMinor = Math.min(left, part);
      left -= amountMinor;
      others.push({ kind: (['card', 'voucher', 'exchange'] as const)[i] ?? 'card', amountMinor });
    }
    const cash: TenderPart = { kind: 'cash', amountMinor: left + 1_000 };
    const { cashKeptMinor } = value(
      settle({ totalMinor: totals.totalMinor, tenders: [...others, cash], cashStepMinor: STEP }),
    );
    const { taxes, totalMinor } = totals;
    return { taxMode: input.taxMode, totalMinor, lines, taxes, tenders: [...others, cash], cashKeptMinor };
  });

const asMade = (planned: PlannedReturn): MadeReturn => planned;

/** Returns the sale in steps as `cuts` say, the last step everything that is left. */
function returnAll(sale: ReturnableSale, cuts: readonly number[]): PlannedReturn[] {
  const made: PlannedReturn[] = [];
  for (const cut of [...cuts, 100]) {
    const lines = sale.lines.map((line) => ({
      saleLineId: line.saleLineId,
      qtyBase:
        cut === 100 ? leftOfLine(line, made.map(asMade)) : Math.floor((leftOfLine(line, made) * cut) / 100),
      place: 'shelf' as const,
    }));
    if (lines.every((line) => line.qtyBase === 0)) continue;
    made.push(value(planReturn(sale, made, { lines, cashStepMinor: STEP })));
  }
  return made;
}

describe('returns of any sale, in any steps', () => {
  const returned = fc.tuple(paidSale, fc.array(fc.nat(99), { maxLength: 4 }));

  test('all of it brings back exactly what was paid, line by line, tax by tax and in every kind of money', () => {
    fc.assert(
      fc.property(returned, ([sale, cuts]) => {
        const made = returnAll(sale, cuts);
        const parts = made.flatMap((one) => one.lines);
        for (const line of sale.lines.filter((one) => one.qtyBase > 0)) {
          const back = parts.filter((part) => part.saleLineId === line.saleLineId);
          expect(sum(back.map((part) => part.amountMinor))).toBe(line.amountMinor);
          expect(sum(back.map((part) => part.taxMinor))).toBe(line.taxMinor);
        }
        expect(sum(made.map((one) => one.totalMinor))).toBe(sale.totalMinor);
        const givenIn = (kind: string) =>
          sum(made.flatMap((one) => one.tenders.filter((t) => t.kind === kind).map((t) => t.amountMinor)));
        for (const kind of ['card', 'voucher'] as const)
          expect(givenIn(kind)).toBe(
            sum(sale.tenders.filter((t) => t.kind === kind).map((t) => t.amountMinor)),
          );
      }),
      { seed: 4101, numRuns: 150 },
    );
  });

  test('the drawer gives back the cash it kept, rounding included, and what was paid with goods', () => {
    fc.assert(
      fc.property(returned, ([sale, cuts]) => {
        fc.pre(sale.tenders.every((tender) => tender.kind !== 'exchange'));
        const made = returnAll(sale, cuts);
        const cash = made.flatMap((one) => one.tenders.filter((t) => t.kind === 'cash'));
        expect(sum(cash.map((t) => t.amountMinor))).toBe(sale.cashKeptMinor);
      }),
      { seed: 4102, numRuns: 150 },
    );
  });

  test('every return adds up by itself: tenders, rounding, tax groups, lines', () => {
    fc.assert(
      fc.property(returned, ([sale, cuts]) => {
        for (const one of returnAll(sale, cuts)) {
          expect(sum(one.tenders.map((t) => t.amountMinor))).toBe(one.totalMinor + one.cashRoundingMinor);
          const net = sum(one.taxes.map((tax) => tax.baseMinor));
          expect(net + one.taxMinor).toBe(one.totalMinor);
          expect(sum(one.lines.map((line) => line.taxMinor))).toBe(one.taxMinor);
        }
      }),
      { seed: 4103, numRuns: 150 },
    );
  });

  test('goods go back to their own batches: what was taken of each comes back to each', () => {
    fc.assert(
      fc.property(returned, ([sale, cuts]) => {
        const parts = returnAll(sale, cuts).flatMap((one) => one.lines);
        for (const { batchId, qtyBase } of sale.lines.flatMap((line) => line.batches))
          expect(sum(parts.filter((part) => part.batchId === batchId).map((part) => part.qtyBase))).toBe(
            qtyBase,
          );
      }),
      { seed: 4104, numRuns: 150 },
    );
  });

  test('never more than was sold', () => {
    fc.assert(
      fc.property(returned, fc.nat(7), ([sale, cuts], which) => {
        const made = returnAll(sale, cuts).slice(0, -1);
        const line = sale.lines[which];
        fc.pre(line !== undefined);
        const leftBase = leftOfLine(line, made);
        const lines = [{ saleLineId: line.saleLineId, qtyBase: leftBase + 1, place: 'shelf' as const }];
        expect(planReturn(sale, made, { lines, cashStepMinor: STEP })).toEqual({
          ok: false,
          error: { code: 'MORE_THAN_SOLD', saleLineId: line.saleLineId, leftBase },
        });
        expect(
          overReturned(
            sale.lines,
            made.flatMap((one) => one.lines),
          ),
        ).toEqual([]);
      }),
      { seed: 4105, numRuns: 150 },
    );
  });
});

const line = { saleLineId: 'l', qtyBase: 30, amountMinor: 100, taxMinor: 0, taxPct3: [0] };
const batches = [
  { batchId: 'first', qtyBase: 20 },
  { batchId: 'last', qtyBase: 10 },
];
const shop: ReturnableSale = {
  taxMode: 'inclusive',
  totalMinor: 100,
  lines: [{ ...line, batches }],
  taxes: [{ taxPct3: [0], componentsMinor: [0] }],
  tenders: [{ kind: 'cash', amountMinor: 100 }],
};
const wish = (qtyBase: number, batchId?: string) => ({
  lines: [{ saleLineId: 'l', qtyBase, place: 'shelf' as const, ...(batchId !== undefined && { batchId }) }],
  cashStepMinor: 1,
});

test('the batch taken last comes back first; a scanned box comes back to its own', () => {
  const batchesOf = (planned: PlannedReturn) =>
    planned.lines.map(({ batchId, qtyBase }) => [batchId, qtyBase]);
  expect(batchesOf(value(planReturn(shop, [], wish(15))))).toEqual([
    ['last', 10],
    ['first', 5],
  ]);
  const scanned = value(planReturn(shop, [], wish(15, 'first')));
  expect(batchesOf(scanned)).toEqual([['first', 15]]);
  expect(batchesOf(value(planReturn(shop, [scanned], wish(15))))).toEqual([
    ['last', 10],
    ['first', 5],
  ]);
});

test('two counters that took back one line while apart: seen as too much, and nothing more comes back', () => {
  const all = value(planReturn(shop, [], wish(30)));
  const some = value(planReturn(shop, [], wish(10)));
  const earlier = [all, some];
  expect(
    overReturned(
      shop.lines,
      earlier.flatMap((one) => one.lines),
    ),
  ).toEqual([{ saleLineId: 'l', overBase: 10 }]);
  expect(planReturn(shop, earlier, wish(1))).toMatchObject({
    error: { code: 'MORE_THAN_SOLD', leftBase: 0 },
  });
});

test('the value of an exchange leaves no second refund behind, nor a rounding of its own', () => {
  const sale: ReturnableSale = {
    ...shop,
    totalMinor: 1002,
    lines: [{ ...line, qtyBase: 2, amountMinor: 1002, batches: [] }],
    tenders: [{ kind: 'cash', amountMinor: 1000 }],
  };
  const first = value(planReturn(sale, [], { ...wish(1), cashStepMinor: 5 }));
  const exchanged: MadeReturn = { ...first, tenders: [{ kind: 'exchange', amountMinor: 501 }] };
  const rest = value(planReturn(sale, [exchanged], { ...wish(1), cashStepMinor: 5 }));
  expect(rest).toMatchObject({
    totalMinor: 501,
    tenders: [{ kind: 'cash', amountMinor: 500 }],
    cashRoundingMinor: -1,
  });
});

test('nothing chosen, and a line of another sale, are refused', () => {
  expect(planReturn(shop, [], wish(0))).toMatchObject({ error: { code: 'NOTHING_CHOSEN' } });
  const other = { lines: [{ saleLineId: 'x', qtyBase: 1, place: 'shelf' as const }], cashStepMinor: 1 };
  expect(planReturn(shop, [], other)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('an exchange pays the next sale to the cent, and only the cash that is left over is rounded', () => {
  fc.assert(
    fc.property(paidSale, fc.nat(100_000), (sale, payMinor) => {
      const lines = sale.lines.map((one) => ({
        saleLineId: one.saleLineId,
        qtyBase: one.qtyBase,
        place: 'shelf' as const,
      }));
      fc.pre(lines.some((one) => one.qtyBase > 0));
      const planned = value(planReturn(sale, [], { lines, cashStepMinor: STEP }));
      const money = exchangeTenders(planned, { sale, earlier: [], payMinor, cashStepMinor: STEP });
      const exchanged = sum(money.tenders.filter((t) => t.kind === 'exchange').map((t) => t.amountMinor));
      expect(exchanged).toBe(Math.min(payMinor, sale.totalMinor));
      expect(sum(money.tenders.map((t) => t.amountMinor))).toBe(sale.totalMinor + money.cashRoundingMinor);
      expect(Math.abs(money.cashRoundingMinor)).toBeLessThan(STEP);
    }),
    { seed: 4106, numRuns: 100 },
  );
});

test('loose units come back of packs that may be broken, and of a line that was sold so', () => {
  const whole = { breakable: false, qtyBase: 20, packSize: 10 };
  expect(mayComeLoose(whole)).toBe(false);
  expect(mayComeLoose({ ...whole, qtyBase: 23 })).toBe(true);
  expect(mayComeLoose({ ...whole, breakable: true })).toBe(true);
});
