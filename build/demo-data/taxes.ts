import type { RowOf } from '#shared/schema.ts';
import { namedId } from './days.ts';

/** The four rates of French VAT, named by what they apply to. */
export const taxNames = ['reimbursed', 'medicine', 'reduced', 'standard'] as const;
export type TaxName = (typeof taxNames)[number];

export const taxClassId = (seed: number, name: TaxName): string => namedId(`demo ${seed} tax ${name}`);

/** Rates in thousandths of a percent, in force since 2014; 10 % and 20 % were 7 % and 19.6 % in 2013 (CGI art. 278–281 octies). */
const rates: Readonly<
  Record<
    TaxName,
    { readonly title: string; readonly steps: readonly (readonly [from: string, pct3: number])[] }
  >
> = {
  reimbursed: { title: 'Reimbursed medicine', steps: [['2012-01-01', 2100]] },
  medicine: {
    title: 'Medicine, not reimbursed',
    steps: [
      ['2012-01-01', 7000],
      ['2014-01-01', 10_000],
    ],
  },
  reduced: { title: 'Listed device, food', steps: [['2012-01-01', 5500]] },
  standard: {
    title: 'Other goods',
    steps: [
      ['2012-01-01', 19_600],
      ['2014-01-01', 20_000],
    ],
  },
};

export function taxRegisters(seed: number): {
  readonly taxClasses: RowOf<'tax_class'>[];
  readonly taxRates: RowOf<'tax_rate'>[];
} {
  return {
    taxClasses: taxNames.map((name) => ({ id: taxClassId(seed, name), name: rates[name].title })),
    taxRates: taxNames.flatMap((name) =>
      rates[name].steps.map(([validFrom, pct3]) => ({
        id: namedId(`demo ${seed} rate ${name} ${validFrom}`),
        taxClassId: taxClassId(seed, name),
        pct3: [pct3],
        validFrom,
      })),
    ),
  };
}
