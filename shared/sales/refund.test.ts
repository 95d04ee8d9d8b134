import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anySale, sum, value } from '../../build/sale-samples.ts';
import { vectors } from '../../build/vectors.ts';
import {
  addRefund,
  type LineRefund,
  nothingRefunded,
  refundLine,
  refundSale,
  type SaleRefund,
  type SoldSale,
} from './refund.ts';
import { refundTenders } from './refund-tenders.ts';
import { saleTotals } from './totals.ts';
import type { SaleInput } from './totals-input.ts';

const NOTHING: LineRefund = { qtyBase: 0, amountMinor: 0, taxMinor: 0 };
const add = (a: LineRefund, b: LineRefund): LineRefund => ({
  qtyBase: a.qtyBase + b.qtyBase,
  amountMinor: a.amountMinor + b.amountMinor,
  taxMinor: a.taxMinor + b.taxMinor,
});

/** The sale as the ledger keeps it. */
function sold(sale: SaleInput): SoldSale & { totalMinor: number } {
  const totals = value(saleTotals(sale));
  const lines = totals.lines.map((line, i) => ({
    ...line,
    qtyBase: sale.lines[i]?.qtyBase ?? 0,
    taxPct3: sale.lines[i]?.taxPct3 ?? [],
  }));
  return { taxMode: sale.taxMode, lines, taxes: totals.taxes, totalMinor: totals.totalMinor };
}

describe('vectors', () => {
  test('every sequence of returns of a line', () => {
    type Case = {
      soldQtyBase: number;
      line: { amountMinor: number; taxMinor: number };
      returnedQtyBase: number[];
      expected: LineRefund[];
    };
    const cases = vectors<Case>('refunds');
    expect(cases.length).toBeGreaterThanOrEqual(40);
    for (const [index, { soldQtyBase, line, returnedQtyBase, expected }] of cases.entries()) {
      let refunded = NOTHING;
      const refunds = returnedQtyBase.map((qtyBase) => {
        const refund = value(refundLine({ sold: { qtyBase: soldQtyBase, ...line }, refunded, qtyBase }));
        refunded = add(refunded, refund);
        return refund;
      });
      expect(refunds, `sequence ${index}`).toEqual(expected);
    }
  });

  test('every sequence of returns of a sale paid in cash', () => {
    type Return = {
      returnedQtyBase: number[];
      expected: { lines: object[]; taxes: object[]; totalMinor: number; cashMinor: number };
    };
    type Case = {
      sale: SaleInput & { cashStepMinor: number };
      sold: { totalMinor: number; cashDueMinor: number };
      returns: Return[];
    };
    const cases = vectors<Case>('returns');
    expect(cases.length).toBeGreaterThanOrEqual(40);
    for (const [index, { sale, sold: expectedSale, returns }] of cases.entries()) {
      const original = sold(sale);
      expect(original.totalMinor).toBe(expectedSale.totalMinor);
      let before: SaleRefund = nothingRefunded(original);
      let refundedMinor = 0;
      let handedBackMinor = 0;
      for (const [step, { returnedQtyBase, expected }] of returns.entries()) {
        const { totalMinor, ...refund } = value(refundSale({ sold: original, before, returnedQtyBase }));
        const paid = [{ kind: 'cash', paidMinor: original.totalMinor, refundedMinor }];
        const money = value(
          refundTenders({ totalMinor, paid, cashStepMinor: sale.cashStepMinor, handedBackMinor }),
        );
        const cashMinor = sum(money.parts.map((part) => part.amountMinor));
        const lines = refund.lines.map(({ amountMinor, taxMinor }) => ({ amountMinor, taxMinor }));
        expect(
          { lines, taxes: refund.taxes, totalMinor, cashMinor },
          `sale ${index}, return ${step}`,
        ).toEqual(expected);
        expect(money.cashRoundingMinor).toBe(cashMinor - totalMinor);
        before = addRefund(before, refund);
        refundedMinor += totalMinor;
        handedBackMinor += cashMinor;
      }
    }
  });
});

/** A sale and, by line, how its quantity comes back over a few returns: all of it in the end. */
const anyReturns = anySale.chain((sale) =>
  fc.record({
    sale: fc.constant(sale),
    cuts: fc.array(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: sale.lines.length,
        maxLength: sale.lines.length,
      }),
      { maxLength: 5 },
    ),
    step: fc.constantFrom(1, 5, 100),
    card: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

function stepsOf(sale: SaleInput, cuts: readonly (readonly number[])[]): number[][] {
  const left = sale.lines.map((line) => line.qtyBase);
  const steps = cuts.map((cut) =>
    left.map((qty, i) => {
      const part = Math.floor(qty * (cut[i] ?? 0));
      left[i] = qty - part;
      return part;
    }),
  );
  return [...steps, left];
}

describe('returning everything, in any steps', () => {
  test('gives back every line, tax component and coin, and no step gives a negative amount', () => {
    fc.assert(
      fc.property(anyReturns, ({ sale, cuts, step, card }) => {
        const original = sold(sale);
        const cardMinor = Math.floor(original.totalMinor * card);
        const cashMinor = original.totalMinor - cardMinor;
        let all: SaleRefund = nothingRefunded(original);
        const back = { card: 0, cash: 0, exactCash: 0 };
        for (const returnedQtyBase of stepsOf(sale, cuts)) {
          const refund = value(refundSale({ sold: original, before: all, returnedQtyBase }));
          const { parts, cashRoundingMinor } = value(
            refundTenders({
              totalMinor: refund.totalMinor,
              paid: [
                { kind: 'cash', paidMinor: cashMinor, refundedMinor: back.exactCash },
                { kind: 'card', paidMinor: cardMinor, refundedMinor: back.card },
              ],
              cashStepMinor: step,
              handedBackMinor: back.cash,
            }),
          );
          const by = (kind: string) =>
            sum(parts.filter((part) => part.kind === kind).map((part) => part.amountMinor));
          expect(by('card') + by('cash')).toBe(refund.totalMinor + cashRoundingMinor);
          back.exactCash += by('cash') - cashRoundingMinor;
          back.card += by('card');
          back.cash += by('cash');
          for (const line of refund.lines) expect(Math.min(...Object.values(line))).toBeGreaterThanOrEqual(0);
          expect(sum(refund.taxes.flatMap((tax) => tax.componentsMinor))).toBe(
            sum(refund.lines.map((line) => line.taxMinor)),
          );
          all = addRefund(all, refund);
        }
        expect(all.lines).toEqual(
          original.lines.map(({ qtyBase, amountMinor, taxMinor }) => ({
            qtyBase,
            amountMinor: qtyBase === 0 ? 0 : amountMinor,
            taxMinor: qtyBase === 0 ? 0 : taxMinor,
          })),
        );
        expect(all.taxes).toEqual(
          original.taxes.map(({ taxPct3, componentsMinor }) => ({ taxPct3, componentsMinor })),
        );
        expect(back).toEqual({
          card: cardMinor,
          exactCash: cashMinor,
          cash: Math.round(cashMinor / step) * step,
        });
      }),
      { seed: 20270104, numRuns: 600 },
    );
  });
});

describe('a line that does not come back as the rule would have it', () => {
  const line = { qtyBase: 3, amountMinor: 100, taxMinor: 20 };

  test('the example of the doc comment', () => {
    let refunded = NOTHING;
    const amounts = [1, 1, 1].map((qtyBase) => {
      const refund = value(refundLine({ sold: line, refunded, qtyBase }));
      refunded = add(refunded, refund);
      return refund.amountMinor;
    });
    expect(amounts).toEqual([33, 34, 33]);
  });

  test('more than is left is refused, with what is left', () => {
    const refunded = { qtyBase: 2, amountMinor: 67, taxMinor: 13 };
    expect(refundLine({ sold: line, refunded, qtyBase: 2 })).toEqual({
      ok: false,
      error: { code: 'more-than-sold', line: 0, leftBase: 1 },
    });
    const over = { qtyBase: 4, amountMinor: 134, taxMinor: 26 };
    expect(refundLine({ sold: line, refunded: over, qtyBase: 1 })).toEqual({
      ok: false,
      error: { code: 'more-than-sold', line: 0, leftBase: 0 },
    });
  });

  test('after two counters refunded apart, the rest is what is left of the money, never below 0', () => {
    // Each gave 33 for one unit, not knowing the other: the third unit brings 100 − 66.
    expect(
      value(refundLine({ sold: line, refunded: { qtyBase: 2, amountMinor: 66, taxMinor: 14 }, qtyBase: 1 })),
    ).toEqual({ qtyBase: 1, amountMinor: 34, taxMinor: 6 });
    const cheap = { qtyBase: 4, amountMinor: 1, taxMinor: 0 };
    expect(
      value(refundLine({ sold: cheap, refunded: { qtyBase: 3, amountMinor: 2, taxMinor: 0 }, qtyBase: 1 }))
        .amountMinor,
    ).toBe(0);
  });

  test('figures that are none are refused with their line', () => {
    for (const bad of [-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1]) {
      expect(refundLine({ sold: line, refunded: NOTHING, qtyBase: bad })).toEqual({
        ok: false,
        error: { code: 'bad-figure', line: 0 },
      });
      expect(refundLine({ sold: { ...line, amountMinor: bad }, refunded: NOTHING, qtyBase: 1 }).ok).toBe(
        false,
      );
      expect(refundLine({ sold: line, refunded: { ...NOTHING, taxMinor: bad }, qtyBase: 1 }).ok).toBe(false);
    }
    const sale: SoldSale = {
      taxMode: 'inclusive',
      lines: [
        { ...line, taxPct3: [] },
        { ...line, taxPct3: [] },
      ],
      taxes: [{ taxPct3: [], componentsMinor: [] }],
    };
    expect(refundSale({ sold: sale, before: nothingRefunded(sale), returnedQtyBase: [1, 4] })).toEqual({
      ok: false,
      error: { code: 'more-than-sold', line: 1, leftBase: 3 },
    });
  });
});

describe('money of a return', () => {
  const part = (kind: string, paidMinor: number, refundedMinor = 0) => ({ kind, paidMinor, refundedMinor });
  const back = (totalMinor: number, paid: ReturnType<typeof part>[], handedBackMinor = 0) =>
    refundTenders({ totalMinor, paid, cashStepMinor: 5, handedBackMinor });

  test('goes to card, account, voucher, then cash, each up to what it paid', () => {
    const paid = [part('cash', 173), part('voucher', 200), part('account', 300), part('card', 100)];
    expect(value(back(650, paid))).toEqual({
      parts: [
        { kind: 'card', amountMinor: 100 },
        { kind: 'account', amountMinor: 300 },
        { kind: 'voucher', amountMinor: 200 },
        { kind: 'cash', amountMinor: 50 },
      ],
      cashRoundingMinor: 0,
    });
  });

  test('cash that rounds to nothing is told, and made good by the next return', () => {
    const first = value(back(2, [part('cash', 173)]));
    expect(first).toEqual({ parts: [{ kind: 'cash', amountMinor: 0 }], cashRoundingMinor: -2 });
    expect(value(back(171, [part('cash', 173, 2)]))).toEqual({
      parts: [{ kind: 'cash', amountMinor: 175 }],
      cashRoundingMinor: 4,
    });
  });

  test('cash handed back too much while counters were apart is kept back, never asked for', () => {
    expect(value(back(3, [part('cash', 173, 4)], 10))).toEqual({
      parts: [{ kind: 'cash', amountMinor: 0 }],
      cashRoundingMinor: -3,
    });
  });

  test('more than was paid, and figures that are none, are refused', () => {
    expect(back(101, [part('card', 100)])).toEqual({
      ok: false,
      error: { code: 'more-than-paid', leftMinor: 100 },
    });
    expect(back(1, [part('card', 100, 120)])).toEqual({
      ok: false,
      error: { code: 'more-than-paid', leftMinor: 0 },
    });
    expect(back(-1, [part('card', 100)])).toEqual({ ok: false, error: { code: 'bad-figure' } });
    expect(back(1, [part('card', 0.5)])).toEqual({ ok: false, error: { code: 'bad-figure' } });
  });
});
