import { allocate, atRate, FULL_PCT3, mulDivRound, sumMinor } from '#shared/kernel/money.ts';
import type { TaxMode } from './totals-input.ts';

/** The taxes of a sale's lines of one rate. A group is the ordered list of its components (RULES.md §1.4). */
export type TaxGroup = {
  readonly taxPct3: readonly number[];
  /** What was taxed: the lines' amounts, less the components where prices contain them. */
  readonly baseMinor: number;
  /** The tax by component, in the order of `taxPct3`. */
  readonly componentsMinor: readonly number[];
};

export type LineTax = { readonly amountMinor: number; readonly taxPct3: readonly number[] };

/**
 * Tax is computed once per rate group on the sale, then spread over the group's lines by largest remainder, so that
 * lines, groups and total always agree (RULES.md §1.4). `taxMinor` is by line, in the order of the lines.
 */
export function taxLines(
  taxMode: TaxMode,
  lines: readonly LineTax[],
): { readonly taxMinor: readonly number[]; readonly groups: readonly TaxGroup[] } {
  const taxMinor = lines.map(() => 0);
  const groups = groupByRate(lines).map(({ taxPct3, indexes }) => {
    const amounts = indexes.map((index) => lines[index]?.amountMinor ?? 0);
    const group = taxGroup(taxMode, sumMinor(amounts), taxPct3);
    const parts = allocate(sumMinor(group.componentsMinor), amounts);
    for (const [position, index] of indexes.entries()) taxMinor[index] = parts[position] ?? 0;
    return group;
  });
  return { taxMinor, groups };
}

/** Lines of one rate together, groups in ascending order of their rates. */
export function groupByRate(
  lines: readonly Pick<LineTax, 'taxPct3'>[],
): { readonly taxPct3: readonly number[]; readonly indexes: readonly number[] }[] {
  const groups = new Map<string, { taxPct3: readonly number[]; indexes: number[] }>();
  for (const [index, { taxPct3 }] of lines.entries()) {
    const known = groups.get(rateKey(taxPct3));
    if (known === undefined) groups.set(rateKey(taxPct3), { taxPct3, indexes: [index] });
    else known.indexes.push(index);
  }
  return [...groups.values()].sort((a, b) => compareRates(a.taxPct3, b.taxPct3));
}

/** One text per rate group, for maps. */
export const rateKey = (taxPct3: readonly number[]): string => taxPct3.join('+');

function taxGroup(taxMode: TaxMode, amountMinor: number, taxPct3: readonly number[]): TaxGroup {
  if (taxMode === 'exclusive') {
    return {
      taxPct3,
      baseMinor: amountMinor,
      componentsMinor: taxPct3.map((rate) => atRate(amountMinor, rate)),
    };
  }
  const grossPct3 = FULL_PCT3 + sumMinor(taxPct3);
  const componentsMinor = taxPct3.map((rate) => mulDivRound(amountMinor, rate, grossPct3));
  return { taxPct3, baseMinor: amountMinor - sumMinor(componentsMinor), componentsMinor };
}

function compareRates(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((rate, index) => rate !== b[index]);
  return differs === -1 ? a.length - b.length : (a[differs] ?? 0) - (b[differs] ?? -1);
}
