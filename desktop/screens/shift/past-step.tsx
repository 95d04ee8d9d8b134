import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import type { ZReport } from '#shared/sales/calls-shift.ts';
import { Button } from '#shared/ui/button.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { answerOf, repeatable } from '../refusal.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { useTill } from '../till.ts';
import { ZPane } from './closed-step.tsx';
import { type ShiftRefusal, useShiftWords } from './words.ts';

/** This till's Z-reports: read here, printed again with the word COPY. */
export function PastStep({ onBack }: { readonly onBack: () => void }) {
  const { t } = useLingui();
  const words = useShiftWords();
  const { reports, refusal, printed, reprint } = usePastReports();
  const [chosen, setChosen] = useState(0);
  const report = reports?.[chosen];
  useCommands({ back: onBack, ...(report && { reprint: () => void reprint(report) }) });
  return (
    <main className="panes shift-panes">
      {report ? (
        <ZPane report={report} />
      ) : (
        <Pane title={t`Z-report`}>
          {reports?.length === 0 && (
            <EmptyState title={t`No shift was closed here yet`}>{t`Esc goes back.`}</EmptyState>
          )}
        </Pane>
      )}
      <Pane title={t`Past Z-reports`}>
        <div className="flex min-h-0 flex-1 flex-col">
          <div className="grid gap-3 empty:hidden px-4 pt-4" role="status">
            {refusal && <WordsNote {...words(refusal)} />}
            {printed && <p className="text-14 text-muted">{t`Printing ${printed} again, marked COPY.`}</p>}
          </div>
          {reports && reports.length > 0 && (
            <ChoiceList
              id="z"
              label={t`Past Z-reports`}
              count={reports.length}
              chosen={chosen}
              onChoose={setChosen}
            >
              {reports.map((one, i) => (
                <ZRow key={one.closeId} index={i} report={one} chosen={i === chosen} onChoose={setChosen} />
              ))}
            </ChoiceList>
          )}
        </div>
        <div className="flex gap-3 p-4">
          <Button size={72} keys="Esc" tabIndex={-1} onClick={onBack}>
            <Trans>Back</Trans>
          </Button>
          <Button
            kind="primary"
            size={72}
            grow
            keys="F5"
            tabIndex={-1}
            disabled={!report}
            className="min-w-0"
            onClick={() => report && void reprint(report)}
          >
            <span className="truncate">
              <Trans>Print again</Trans>
            </span>
          </Button>
        </div>
      </Pane>
    </main>
  );
}

function ZRow({
  index,
  report,
  chosen,
  onChoose,
}: {
  readonly index: number;
  readonly report: ZReport;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const format = useFormat();
  return (
    <ChoiceRow id="z" {...{ index, chosen, onChoose }} className="flex min-h-14 items-center gap-4 px-4 py-2">
      <span className="min-w-0 flex-1">
        <bdi dir="ltr" className="block truncate font-semibold">
          {report.zNo}
        </bdi>
        <span className="block truncate text-14 text-muted">
          {format.day(report.at)} {format.time(report.at)} · <bdi>{report.closedBy}</bdi>
        </span>
      </span>
      <span className="text-end">
        <Money
          minor={report.totals.salesMinor - report.totals.returnsMinor}
          className="block font-semibold"
        />
        <Money minor={report.varianceMinor} className="block text-14 text-muted" />
      </span>
    </ChoiceRow>
  );
}

function usePastReports() {
  const { client } = useTill();
  const [reports, setReports] = useState<readonly ZReport[] | null>(null);
  const [refusal, setRefusal] = useState<ShiftRefusal | null>(null);
  const [printed, setPrinted] = useState<string | null>(null);
  const look = useCallback(async () => {
    const answer = await answerOf(client.sales.shift.reports({}, { context: repeatable(3) }));
    if (answer.ok) setReports(answer.value);
    else setRefusal(answer.refusal);
  }, [client]);
  useEffect(() => void look(), [look]);
  const reprint = async ({ closeId, zNo }: ZReport) => {
    const command = { commandId: crypto.randomUUID(), closeId };
    const answer = await answerOf(client.sales.shift.reprint(command, { context: repeatable(3) }));
    setRefusal(answer.ok ? null : answer.refusal);
    setPrinted(answer.ok ? zNo : null);
  };
  return { reports, refusal, printed, reprint };
}
