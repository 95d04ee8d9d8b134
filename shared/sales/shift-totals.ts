import { sumMinor } from '#shared/kernel/money.ts';
import type { ByTender, ShiftTotals } from './tables-shift.ts';
import { type TenderKind, tenderKinds } from './tender-kinds.ts';

/** Tax of one document by rate group, in minor units. */
type TaxRow = ShiftTotals['taxes'][number];

/**
 * One thing that happened in a shift, as the books have it. Amounts are positive minor units: what was handed over,
 * handed back, put in or taken out. `payment`: a customer paid off an account.
 */
export type ShiftFact =
  | {
      readonly kind: 'sale';
      readonly totalMinor: number;
      readonly discountMinor: number;
      readonly cashRoundingMinor: number;
      readonly changeMinor: number;
      readonly taxes: readonly TaxRow[];
      readonly tenders: ByTender;
    }
  | {
      readonly kind: 'return';
      readonly totalMinor: number;
      readonly cashRoundingMinor: number;
      readonly taxes: readonly TaxRow[];
      readonly tenders: ByTender;
    }
  | { readonly kind: 'pay-in' | 'pay-out' | 'no-sale'; readonly amountMinor: number }
  | { readonly kind: 'payment'; readonly tender: TenderKind; readonly amountMinor: number };

/** What must lie in the drawer and beside it, and the figures of the shift. Taxes and rounding are net of returns. */
export type ShiftFigures = { readonly expected: ByTender; readonly totals: ShiftTotals };

/**
 * The figures of a shift: of an X-report in its middle and of its Z-report. A fold that does not care for the order:
 * expected = float + tenders − change − refunds + payments on account + pay-ins − pay-outs, by means of payment. Cash
 * is always in it; what never occurred is not.
 */
export function shiftFigures(floatMinor: number, facts: readonly ShiftFact[]): ShiftFigures {
  const moved = [{ kind: 'cash' as const, amountMinor: floatMinor }, ...facts.flatMap(movedBy)];
  const sales = facts.filter((fact) => fact.kind === 'sale');
  const returns = facts.filter((fact) => fact.kind === 'return');
  const cash = (kind: ShiftFact['kind']) =>
    sumMinor(
      facts.flatMap((fact) => (fact.kind === kind && 'amountMinor' in fact ? [fact.amountMinor] : [])),
    );
  return {
    expected: byTender(moved),
    totals: {
      sales: sales.length,
      salesMinor: sumMinor(sales.map((fact) => fact.totalMinor)),
      returns: returns.length,
      returnsMinor: sumMinor(returns.map((fact) => fact.totalMinor)),
      discountMinor: sumMinor(sales.map((fact) => fact.discountMinor)),
      cashRoundingMinor: sumMinor([
        ...sales.map((fact) => fact.cashRoundingMinor),
        ...returns.map((fact) => 0 - fact.cashRoundingMinor),
      ]),
      payInMinor: cash('pay-in'),
      payOutMinor: cash('pay-out'),
      noSales: facts.filter((fact) => fact.kind === 'no-sale').length,
      taxes: taxesOf([...sales.flatMap(({ taxes }) => taxes), ...returns.flatMap(takenOff)]),
    },
  };
}

/** Means of payment that leave something to count: notes, slips, vouchers. An account leaves a line in a book. */
const countable: ReadonlySet<TenderKind> = new Set<TenderKind>(['cash', 'card', 'mobile', 'voucher']);

/** One means of payment at a close; counted is null where there was nothing to count or nobody counted it. */
type TenderVariance = {
  readonly kind: TenderKind;
  readonly expectedMinor: number;
  readonly countedMinor: number | null;
  readonly varianceMinor: number | null;
};

/**
 * What was counted beside what was expected. `varianceMinor`: of all that was counted; negative: something is missing.
 * `worstMinor`: the largest difference of one means, either way, so that two errors do not hide each other.
 */
export function compareCount(
  expected: ByTender,
  counted: ByTender,
): {
  readonly tenders: readonly TenderVariance[];
  readonly varianceMinor: number;
  readonly worstMinor: number;
} {
  const tenders = tenderKinds.flatMap((kind): TenderVariance[] => {
    const of = (amounts: ByTender) => amounts.find((one) => one.kind === kind)?.amountMinor;
    const [expectedMinor, found] = [of(expected), countable.has(kind) ? of(counted) : undefined];
    if (expectedMinor === undefined && found === undefined) return [];
    const countedMinor = found ?? null;
    const varianceMinor = countedMinor === null ? null : sumMinor([countedMinor, -(expectedMinor ?? 0)]);
    return [{ kind, expectedMinor: expectedMinor ?? 0, countedMinor, varianceMinor }];
  });
  const variances = tenders.map((one) => one.varianceMinor ?? 0);
  return {
    tenders,
    varianceMinor: sumMinor(variances),
    worstMinor: Math.max(0, ...variances.map((minor) => Math.abs(minor))),
  };
}

/** Amounts added up by means of payment, in the order of the list of them. */
function byTender(amounts: ByTender): ByTender {
  return tenderKinds.flatMap((kind) => {
    const of = amounts.filter((one) => one.kind === kind);
    return of.length === 0 ? [] : [{ kind, amountMinor: sumMinor(of.map((one) => one.amountMinor)) }];
  });
}

function movedBy(fact: ShiftFact): ByTender {
  switch (fact.kind) {
    case 'sale':
      return fact.changeMinor === 0
        ? fact.tenders
        : [...fact.tenders, { kind: 'cash', amountMinor: -fact.changeMinor }];
    case 'return':
      return fact.tenders.map(({ kind, amountMinor }) => ({ kind, amountMinor: 0 - amountMinor }));
    case 'payment':
      return [{ kind: fact.tender, amountMinor: fact.amountMinor }];
    case 'pay-in':
      return [{ kind: 'cash', amountMinor: fact.amountMinor }];
    case 'pay-out':
      return [{ kind: 'cash', amountMinor: 0 - fact.amountMinor }];
    case 'no-sale':
      return [];
  }
}

const takenOff = ({ taxes }: { readonly taxes: readonly TaxRow[] }): TaxRow[] =>
  taxes.map((tax) => ({ ...tax, baseMinor: 0 - tax.baseMinor, taxMinor: 0 - tax.taxMinor }));

/** By rate group, the lowest first. */
function taxesOf(rows: readonly TaxRow[]): TaxRow[] {
  const groups = new Map<string, TaxRow>();
  for (const row of rows) {
    const key = JSON.stringify(row.taxPct3);
    const so = groups.get(key);
    groups.set(key, {
      taxPct3: row.taxPct3,
      baseMinor: sumMinor([so?.baseMinor ?? 0, row.baseMinor]),
      taxMinor: sumMinor([so?.taxMinor ?? 0, row.taxMinor]),
    });
  }
  return [...groups.values()].sort((a, b) => compareRates(a.taxPct3, b.taxPct3));
}

function compareRates(a: readonly number[], b: readonly number[]): number {
  const by = sumMinor(a) - sumMinor(b) || a.length - b.length;
  if (by !== 0) return by;
  const at = a.findIndex((rate, i) => rate !== b[i]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
