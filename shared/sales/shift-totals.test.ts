import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumMinor } from '#shared/kernel/money.ts';
import { compareCount, type ShiftFact, shiftFigures } from './shift-totals.ts';
import type { ByTender } from './tables-shift.ts';
import { tenderKinds } from './tender-kinds.ts';

const options = { seed: 20261124, numRuns: 300 };
const amount = fc.integer({ min: 0, max: 5_000_000 });
const tenders = fc.array(fc.record({ kind: fc.constantFrom(...tenderKinds), amountMinor: amount }), {
  maxLength: 4,
});
const taxes = fc.array(
  fc.record({
    taxPct3: fc.constantFrom([0], [2100], [2500, 2500], [5000], [20_000]),
    baseMinor: amount,
    taxMinor: amount,
  }),
  { maxLength: 3 },
);
const paidOf = (given: ByTender) => sumMinor(given.map((one) => one.amountMinor));

/** Sales and returns whose tenders are what RULES.md §1.6 says: tenders less change = total + rounding. */
const sale = fc
  .record({ tenders, taxes, discountMinor: amount, round: fc.integer({ min: -4, max: 4 }), change: amount })
  .map(({ round, change, ...rest }): ShiftFact => {
    const cash = sumMinor(rest.tenders.map((one) => (one.kind === 'cash' ? one.amountMinor : 0)));
    const changeMinor = Math.min(change, cash);
    const totalMinor = paidOf(rest.tenders) - changeMinor - round;
    return { kind: 'sale', ...rest, changeMinor, cashRoundingMinor: round, totalMinor };
  });
const back = fc
  .record({ tenders, taxes, round: fc.integer({ min: -4, max: 4 }) })
  .map(({ round, ...rest }): ShiftFact => {
    const totalMinor = paidOf(rest.tenders) - round;
    return { kind: 'return', ...rest, cashRoundingMinor: round, totalMinor };
  });
const other = fc.oneof(
  fc.record({ kind: fc.constantFrom('pay-in' as const, 'pay-out' as const), amountMinor: amount }),
  fc.constant({ kind: 'no-sale' as const, amountMinor: 0 }),
  fc.record({
    kind: fc.constant('payment' as const),
    tender: fc.constantFrom('cash' as const, 'card' as const),
    amountMinor: amount,
  }),
);
const facts = fc.array(fc.oneof({ weight: 3, arbitrary: sale }, back, other), { maxLength: 30 });

const of = (amounts: ByTender, kind: string) => amounts.find((one) => one.kind === kind)?.amountMinor ?? 0;

test('a shift in which nothing happened expects its float', () => {
  expect(shiftFigures(15_000, [])).toEqual({
    expected: [{ kind: 'cash', amountMinor: 15_000 }],
    totals: {
      ...{ sales: 0, salesMinor: 0, returns: 0, returnsMinor: 0, discountMinor: 0, cashRoundingMinor: 0 },
      ...{ payInMinor: 0, payOutMinor: 0, noSales: 0, taxes: [] },
    },
  });
});

test('a day by hand: cash with change and rounding, card, a refund, money in and out, an account paid off', () => {
  const tax = { taxPct3: [2100], baseMinor: 214, taxMinor: 4 };
  const day: ShiftFact[] = [
    {
      ...{ kind: 'sale', totalMinor: 218, discountMinor: 0, cashRoundingMinor: 2, changeMinor: 280 },
      ...{ taxes: [tax], tenders: [{ kind: 'cash', amountMinor: 500 }] },
    },
    {
      ...{ kind: 'sale', totalMinor: 1000, discountMinor: 50, cashRoundingMinor: 0, changeMinor: 0 },
      ...{
        taxes: [],
        tenders: [
          { kind: 'card', amountMinor: 700 },
          { kind: 'account', amountMinor: 300 },
        ],
      },
    },
    {
      ...{ kind: 'return', totalMinor: 218, cashRoundingMinor: 2 },
      ...{ taxes: [tax], tenders: [{ kind: 'cash', amountMinor: 220 }] },
    },
    { kind: 'pay-in', amountMinor: 2000 },
    { kind: 'pay-out', amountMinor: 1500 },
    { kind: 'no-sale', amountMinor: 0 },
    { kind: 'payment', tender: 'cash', amountMinor: 300 },
  ];
  expect(shiftFigures(10_000, day)).toEqual({
    expected: [
      { kind: 'cash', amountMinor: 10_000 + 220 - 220 + 2000 - 1500 + 300 },
      { kind: 'card', amountMinor: 700 },
      { kind: 'account', amountMinor: 300 },
    ],
    totals: {
      ...{ sales: 2, salesMinor: 1218, returns: 1, returnsMinor: 218, discountMinor: 50 },
      ...{ cashRoundingMinor: 0, payInMinor: 2000, payOutMinor: 1500, noSales: 1 },
      taxes: [{ taxPct3: [2100], baseMinor: 0, taxMinor: 0 }],
    },
  });
});

test('the order in which things happened does not matter', () => {
  fc.assert(
    fc.property(facts, fc.infiniteStream(fc.nat()), amount, (happened, dice, float) => {
      const order = happened.map((fact) => ({ fact, at: dice.next().value })).sort((a, b) => a.at - b.at);
      expect(
        shiftFigures(
          float,
          order.map(({ fact }) => fact),
        ),
      ).toEqual(shiftFigures(float, happened));
    }),
    options,
  );
});

test('two halves of a shift add up to the whole, wherever it is cut', () => {
  fc.assert(
    fc.property(facts, facts, amount, (morning, evening, float) => {
      const [first, second] = [shiftFigures(float, morning), shiftFigures(0, evening)];
      const whole = shiftFigures(float, [...morning, ...evening]);
      for (const kind of tenderKinds)
        expect(of(whole.expected, kind)).toBe(of(first.expected, kind) + of(second.expected, kind));
      const { taxes, ...sums } = whole.totals;
      for (const [name, value] of Object.entries(sums))
        expect([name, value]).toEqual([name, figure(first, name) + figure(second, name)]);
      for (const tax of taxes) {
        const parts = [first, second].flatMap(({ totals }) =>
          totals.taxes.filter((part) => String(part.taxPct3) === String(tax.taxPct3)),
        );
        expect(tax.baseMinor).toBe(sumMinor(parts.map((part) => part.baseMinor)));
        expect(tax.taxMinor).toBe(sumMinor(parts.map((part) => part.taxMinor)));
      }
    }),
    options,
  );
});
const figure = ({ totals }: ReturnType<typeof shiftFigures>, name: string): number =>
  Number(new Map<string, unknown>(Object.entries(totals)).get(name));

test('all the money expected is what was sold and not given back, with rounding, float and movements', () => {
  fc.assert(
    fc.property(facts, amount, (happened, float) => {
      const { expected, totals } = shiftFigures(float, happened);
      const payments = sumMinor(happened.map((fact) => (fact.kind === 'payment' ? fact.amountMinor : 0)));
      expect(paidOf(expected)).toBe(
        totals.salesMinor -
          totals.returnsMinor +
          totals.cashRoundingMinor +
          float +
          totals.payInMinor -
          totals.payOutMinor +
          payments,
      );
    }),
    options,
  );
});

test('a count is held against what was expected; accounts and what nobody counted make no variance', () => {
  const expected: ByTender = [
    { kind: 'cash', amountMinor: 62_100 },
    { kind: 'card', amountMinor: 5000 },
    { kind: 'mobile', amountMinor: 700 },
    { kind: 'account', amountMinor: 300 },
  ];
  const counted: ByTender = [
    { kind: 'cash', amountMinor: 62_058 },
    { kind: 'card', amountMinor: 5010 },
    { kind: 'voucher', amountMinor: 1000 },
    { kind: 'account', amountMinor: 999 },
  ];
  expect(compareCount(expected, counted)).toEqual({
    tenders: [
      { kind: 'cash', expectedMinor: 62_100, countedMinor: 62_058, varianceMinor: -42 },
      { kind: 'card', expectedMinor: 5000, countedMinor: 5010, varianceMinor: 10 },
      { kind: 'mobile', expectedMinor: 700, countedMinor: null, varianceMinor: null },
      { kind: 'account', expectedMinor: 300, countedMinor: null, varianceMinor: null },
      { kind: 'voucher', expectedMinor: 0, countedMinor: 1000, varianceMinor: 1000 },
    ],
    varianceMinor: 968,
    worstMinor: 1000,
  });
});

test('who counts exactly what is expected has no variance, whatever the shift was', () => {
  fc.assert(
    fc.property(facts, amount, (happened, float) => {
      const { expected } = shiftFigures(float, happened);
      expect(compareCount(expected, expected).varianceMinor).toBe(0);
    }),
    options,
  );
});
