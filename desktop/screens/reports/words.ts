import { useLingui } from '@lingui/react/macro';
import type { ColumnName, ReportKind } from '#shared/reports/report-table.ts';
import type { Trouble } from '../refusal.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';

export function useReportNames(): Readonly<Record<ReportKind, string>> {
  const { t } = useLingui();
  return {
    ...{ days: t`Sales by day`, hours: t`Sales by hour`, cashiers: t`By cashier`, tenders: t`By tender` },
    ...{ taxes: t`By tax rate`, articles: t`Top articles`, expiry: t`Near expiry` },
  };
}

export function useColumnNames(): Readonly<Record<ColumnName, string>> {
  const { t } = useLingui();
  return {
    ...{ day: t`Day`, hour: t`Hour`, cashier: t`Cashier`, tender: t`Tender`, rate: t`Rate` },
    ...{ article: t`Article`, batch: t`Batch`, expires: t`Expires`, daysLeft: t`Days left` },
    ...{ quantity: t`Packs`, onHand: t`On hand`, sales: t`Sales`, sold: t`Sold`, returns: t`Returns` },
    ...{ returned: t`Returned`, total: t`Total`, net: t`Net`, tax: t`Tax`, discount: t`Discounts given` },
    ...{ rounding: t`Cash rounding`, payments: t`Payments`, taken: t`Taken`, givenBack: t`Given back` },
    cost: t`Value at cost`,
  };
}

/** Why there is no report. */
export type ReportRefusal =
  | { readonly code: 'NOT_ENROLLED' | 'NOT_SIGNED_IN' | 'BAD_RANGE'; readonly data: unknown }
  | { readonly code: 'MISSING_RIGHT'; readonly data: { readonly permission: string } }
  | { readonly code: 'STORAGE'; readonly data: { readonly reason: 'disk-full' | 'io' } }
  | Trouble;

export function useReportWords(): (refusal: ReportRefusal) => Words {
  const { t } = useLingui();
  const common = useRefusalWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'BAD_RANGE':
        return {
          title: t`These days are no period`,
          next: t`The first day comes before the last, two years at most.`,
        };
      case 'UNREACHABLE':
        return { title: t`The till did not answer`, next: t`Try again in a moment.` };
      case 'UNEXPECTED':
      case 'NOT_ENROLLED':
      case 'NOT_SIGNED_IN':
        return common({ code: refusal.code, data: undefined });
      case 'STORAGE':
        return common(refusal);
      case 'MISSING_RIGHT':
        return { title: t`You have no right to do this`, next: t`Ask for the report again.` };
    }
  };
}
