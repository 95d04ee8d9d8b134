import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { XReport } from '#shared/sales/calls-shift.ts';
import { cx } from '#shared/ui/cx.ts';
import { Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTenderNames } from '../pay/tender-names.ts';

/** Figures of a shift, in the middle of it or at its end. */
export function ReportFigures({
  expected,
  totals,
  floatMinor,
}: Pick<XReport, 'totals'> & {
  /** Left out before a blind count. */
  readonly expected?: XReport['expected'] | undefined;
  readonly floatMinor: number;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useTenderNames();
  return (
    <div className="grid gap-4">
      <Block title={t`Sales`}>
        <Row name={t`Sales`} count={totals.sales} minor={totals.salesMinor} />
        <Row name={t`Returns`} count={totals.returns} minor={0 - totals.returnsMinor} />
        <Row name={t`Net`} minor={totals.salesMinor - totals.returnsMinor} strong />
        <Row name={t`Discounts given`} minor={totals.discountMinor} />
        {totals.cashRoundingMinor !== 0 && <Row name={t`Cash rounding`} minor={totals.cashRoundingMinor} />}
      </Block>
      {totals.taxes.length > 0 && (
        <Block title={t`Tax`}>
          {totals.taxes.map((tax) => (
            <Row
              key={String(tax.taxPct3)}
              name={<bdi dir="ltr">{tax.taxPct3.map(format.rate).join(' + ')}</bdi>}
              minor={tax.taxMinor}
            />
          ))}
        </Block>
      )}
      {expected && (
        <Block title={t`Must be there`}>
          {expected.map(({ kind, amountMinor }) => (
            <Row key={kind} name={names[kind]} minor={amountMinor} strong={kind === 'cash'} />
          ))}
        </Block>
      )}
      <Block title={t`Drawer`}>
        <Row name={t`Float`} minor={floatMinor} />
        <Row name={t`Paid in`} minor={totals.payInMinor} />
        <Row name={t`Paid out`} minor={0 - totals.payOutMinor} />
        <Row name={t`Opened without a sale`} count={totals.noSales} />
      </Block>
    </div>
  );
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <table className="w-full">
      <caption className="pb-1 text-start text-12 font-semibold text-muted">{title}</caption>
      <tbody>{children}</tbody>
    </table>
  );
}

function Row({
  name,
  count,
  minor,
  strong = false,
}: {
  readonly name: ReactNode;
  readonly count?: number;
  readonly minor?: number;
  readonly strong?: boolean;
}) {
  const format = useFormat();
  return (
    <tr className={cx('border-t border-line-soft', strong && 'font-semibold')}>
      <th scope="row" className="py-1.5 text-start font-[inherit]">
        {name}
      </th>
      <td className="w-16 py-1.5 text-end text-muted tabular-nums">
        {count !== undefined && format.count(count)}
      </td>
      <td className="w-36 py-1.5 text-end">{minor !== undefined && <Money minor={minor} />}</td>
    </tr>
  );
}
