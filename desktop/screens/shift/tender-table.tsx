import { Trans } from '@lingui/react/macro';
import type { Comparison } from '#shared/sales/calls-shift.ts';
import { cx } from '#shared/ui/cx.ts';
import { Money } from '#shared/ui/money.tsx';
import { useTenderNames } from '../pay/tender-names.ts';

/** Expected, counted and their difference by means of payment. */
export function TenderTable({ tenders, varianceMinor }: Pick<Comparison, 'tenders' | 'varianceMinor'>) {
  const names = useTenderNames();
  return (
    <table className="w-full text-16">
      <thead>
        <tr className="text-14 text-muted">
          <th scope="col" className={cx(cell, 'text-start font-normal')}>
            <Trans>Tender</Trans>
          </th>
          <Head>
            <Trans>Expected</Trans>
          </Head>
          <Head>
            <Trans>Counted</Trans>
          </Head>
          <Head>
            <Trans>Difference</Trans>
          </Head>
        </tr>
      </thead>
      <tbody>
        {tenders.map((one) => (
          <tr key={one.kind} className="border-t border-line-soft">
            <th scope="row" className={cx(cell, 'text-start font-semibold')}>
              {names[one.kind]}
            </th>
            <td className={figure}>
              <Money minor={one.expectedMinor} />
            </td>
            <td className={figure}>
              {one.countedMinor === null ? (
                <span className="text-14 text-muted">
                  <Trans>not counted</Trans>
                </span>
              ) : (
                <Money minor={one.countedMinor} />
              )}
            </td>
            <td className={figure}>{one.varianceMinor !== null && <Variance minor={one.varianceMinor} />}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-t border-line font-semibold">
          <th scope="row" colSpan={3} className={cx(cell, 'text-start')}>
            <Trans>Difference</Trans>
          </th>
          <td className={figure}>
            <Variance minor={varianceMinor} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Missing money is said by its sign as well as by its colour. */
const Variance = ({ minor }: { readonly minor: number }) => (
  <Money minor={minor} className={cx('font-semibold', minor < 0 && 'text-stop', minor === 0 && 'text-ok')} />
);

const Head = ({ children }: { readonly children: React.ReactNode }) => (
  <th scope="col" className={cx(cell, 'text-end font-normal')}>
    {children}
  </th>
);

const cell = 'px-4 py-2.5';
const figure = 'px-4 py-2.5 text-end';
