import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import type { ZReport } from '#shared/sales/calls-shift.ts';
import { compareCount } from '#shared/sales/shift-totals.ts';
import { Button } from '#shared/ui/button.tsx';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { ReportFigures } from './report-figures.tsx';
import { Steps } from './steps.tsx';
import { TenderTable } from './tender-table.tsx';

/** The Z-report of the shift just closed: on disk, and on its way to paper. */
export function ClosedStep({
  report,
  onDone,
}: {
  readonly report: ZReport & { readonly printJobId: string };
  readonly onDone: () => void;
}) {
  const { t } = useLingui();
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus(), []);
  return (
    <main className="panes shift-panes">
      <ZPane report={report} steps />
      <Pane title={t`Shift closed`}>
        <div className="grid flex-1 content-start gap-4 overflow-auto p-4" role="status">
          <p className="text-20 font-semibold">
            <bdi dir="ltr">{report.zNo}</bdi>
          </p>
          <PrintState printJobId={report.printJobId} />
        </div>
        <div className="border-t border-line px-4 py-3">
          <div className="text-end font-semibold text-muted">
            <Trans>Stays in the drawer</Trans>
          </div>
          <LargeMoney minor={report.leftMinor} />
        </div>
        <div className="flex px-4 pb-4">
          <Button ref={done} kind="primary" size={72} grow keys="Enter" onClick={onDone}>
            <Trans>Done</Trans>
          </Button>
        </div>
      </Pane>
    </main>
  );
}

/** A Z-report to be read. */
export function ZPane({ report, steps = false }: { readonly report: ZReport; readonly steps?: boolean }) {
  const { t } = useLingui();
  const compared = compareCount(report.expected, report.counted);
  return (
    <Pane
      title={t`Z-report`}
      aside={<bdi dir="ltr">{report.zNo}</bdi>}
      actions={steps ? <Steps at={3} /> : undefined}
    >
      <section
        className="grid min-h-0 flex-1 content-start gap-4 overflow-auto pb-4"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        aria-label={report.zNo}
      >
        <TenderTable tenders={[...compared.tenders]} varianceMinor={compared.varianceMinor} />
        {report.reason !== null && (
          <p className="px-4">
            <Trans>
              Reason: <bdi>{report.reason}</bdi>
            </Trans>
          </p>
        )}
        <div className="grid gap-4 px-4">
          <ReportFigures totals={report.totals} floatMinor={report.floatMinor} />
          <p className="flex justify-between gap-4 border-t border-line pt-2 font-semibold">
            <Trans>Grand total of this till</Trans> <Money minor={report.grandTotalMinor} />
          </p>
        </div>
      </section>
    </Pane>
  );
}

function PrintState({ printJobId }: { readonly printJobId: string }) {
  const { t } = useLingui();
  const job = useLive(useTill().prints)?.find(({ id }) => id === printJobId);
  const printed = job?.state === 'printed';
  const stuck = job?.state === 'failed' || job?.state === 'unknown';
  return (
    <p className={stuck ? 'text-warn' : 'text-muted'}>
      {printed
        ? t`The Z-report is printed.`
        : stuck
          ? t`The Z-report is kept; it did not print. Print it again from the list of Z-reports.`
          : t`The Z-report is printing.`}
    </p>
  );
}
