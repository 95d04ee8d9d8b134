import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tenderKinds } from '#shared/sales/tender-kinds.ts';
import { Drawer } from '#shared/ui/drawer.tsx';
import { Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { Remote } from '../parts/remote.tsx';
import { useTenderNames } from '../parts/tender-names.ts';
import { amountOf, Variance } from './variance.tsx';

type ZReport = Hq['sales']['zReport'];

/** One Z-report with everything it printed. */
export function ZDrawer({
  closeId,
  onClose,
  onStep,
}: {
  readonly closeId: string;
  readonly onClose: () => void;
  readonly onStep: (by: -1 | 1) => void;
}) {
  const { t } = useLingui();
  const report = useQuery(hqQuery.sales.zReport.queryOptions({ input: { closeId } }));
  return (
    <Drawer title={report.data?.zNo ?? t`Z-report`} onClose={onClose} onStep={onStep} width={520}>
      <Remote query={report}>
        {(found) => (
          <div className="grid gap-5 p-5">
            <Facts report={found} />
            <Tenders report={found} />
            <Totals report={found} />
            <Cash report={found} />
          </div>
        )}
      </Remote>
    </Drawer>
  );
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

const pairs = 'm-0 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 [&_dd]:m-0 [&_dd]:text-end [&_dt]:text-muted';

function Facts({ report }: { readonly report: ZReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const at = (ms: number) => `${format.day(ms)} ${format.time(ms)}`;
  return (
    <dl className={pairs}>
      <dt>{t`Store`}</dt>
      <dd>{report.storeName}</dd>
      <dt>{t`Till`}</dt>
      <dd>{report.tillName}</dd>
      <dt>{t`Opened`}</dt>
      <dd>
        {report.openedAt === null ? t`not known` : at(report.openedAt)} <bdi>{report.openedBy}</bdi>
      </dd>
      <dt>{t`Closed`}</dt>
      <dd>
        {at(report.at)} <bdi>{report.closedBy}</bdi>
      </dd>
      <dt>{t`Business date`}</dt>
      <dd>{format.date(report.businessDate)}</dd>
      {report.reason !== null && (
        <>
          <dt>{t`Reason`}</dt>
          <dd>
            <bdi>{report.reason}</bdi>
          </dd>
        </>
      )}
      <dt>{t`Chain head`}</dt>
      <dd className="font-mono" title={report.chainHead}>
        {`${report.chainHead.slice(0, 4)} ${report.chainHead.slice(4, 8)} … ${report.chainHead.slice(-4)}`}
      </dd>
    </dl>
  );
}

function Tenders({ report }: { readonly report: ZReport }) {
  const { t } = useLingui();
  const names = useTenderNames();
  const { expected, counted } = report;
  const kinds = tenderKinds.filter((kind) => [...expected, ...counted].some((of) => of.kind === kind));
  return (
    <Block title={t`Counted at the close`}>
      <table className="w-full [&_td]:h-7 [&_th]:h-7 [&_th]:font-medium [&_th]:text-muted">
        <thead className="text-12">
          <tr>
            <th className="text-start" scope="col">{t`Paid by`}</th>
            <th className="text-right" scope="col">{t`Expected`}</th>
            <th className="text-right" scope="col">{t`Counted`}</th>
            <th className="text-right" scope="col">{t`Variance`}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => {
            const [should, was] = [amountOf(expected, kind), amountOf(counted, kind)];
            return (
              <tr key={kind}>
                <td>{names[kind]}</td>
                <td className="figure">
                  <Money minor={should} />
                </td>
                <td className="figure">
                  <Money minor={was} />
                </td>
                <td className="figure">
                  <Variance minor={was - should} />
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot className="font-semibold">
          <tr>
            <td colSpan={3}>{t`All together`}</td>
            <td className="figure">
              <Variance minor={report.varianceMinor} />
            </td>
          </tr>
        </tfoot>
      </table>
    </Block>
  );
}

function Totals({ report: { totals, grandTotalMinor } }: { readonly report: ZReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const rate = (pct3: readonly number[]) => pct3.map((part) => format.rate(part)).join(' + ');
  const figures: readonly (readonly [string, number])[] = [
    [t`Sales (${format.count(totals.sales)})`, totals.salesMinor],
    [t`Returns (${format.count(totals.returns)})`, -totals.returnsMinor],
    [t`Discounts given`, totals.discountMinor],
    [t`Cash rounding`, totals.cashRoundingMinor],
    ...totals.taxes.map(({ taxPct3, taxMinor }) => [t`Tax ${rate(taxPct3)}`, taxMinor] as const),
    [t`Grand total so far`, grandTotalMinor],
  ];
  return (
    <Block title={t`The shift`}>
      <Figures figures={figures} />
    </Block>
  );
}

function Cash({ report }: { readonly report: ZReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const { totals, denominations, movements } = report;
  const figures: readonly (readonly [string, number])[] = [
    ...(report.floatMinor === null ? [] : [[t`Float`, report.floatMinor] as const]),
    [t`Paid in`, totals.payInMinor],
    [t`Paid out`, -totals.payOutMinor],
    [t`Left for the next shift`, report.leftMinor],
  ];
  const moved = { 'pay-in': t`paid in`, 'pay-out': t`paid out`, 'no-sale': t`drawer opened` };
  return (
    <Block title={t`Cash in the drawer`}>
      <Figures figures={figures} />
      {movements.length > 0 && (
        <ul className="mt-3 grid list-none gap-1 p-0 text-12 text-muted">
          {movements.map((move) => (
            <li key={`${move.at} ${move.kind} ${move.amountMinor}`} className="flex gap-2">
              <time>{format.time(move.at)}</time>
              <span>{moved[move.kind]}</span>
              <bdi className="min-w-0 truncate">{[move.reason, move.by].filter(Boolean).join(' · ')}</bdi>
              {move.kind !== 'no-sale' && (
                <span className="ms-auto">
                  <Money minor={move.amountMinor} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {denominations.length > 0 && (
        <p className="mt-3 text-12 text-muted">
          {t`Counted:`}{' '}
          <bdi dir="ltr">
            {denominations.map(({ minor, count }) => `${count} × ${format.figure(minor)}`).join(' · ')}
          </bdi>
        </p>
      )}
    </Block>
  );
}

function Figures({ figures }: { readonly figures: readonly (readonly [string, number])[] }) {
  return (
    <dl className={pairs}>
      {figures.map(([label, minor]) => (
        <div key={label} className="contents">
          <dt>{label}</dt>
          <dd>
            <Money minor={minor} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
