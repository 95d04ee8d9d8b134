import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ShiftView, XReport } from '#shared/sales/calls-shift.ts';
import { Button } from '#shared/ui/button.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { useTill } from '../till.ts';
import { DrawerNote } from './drawer-note.tsx';
import { ReportFigures } from './report-figures.tsx';
import { ShiftAside } from './steps.tsx';
import { type ShiftRefusal, useShiftWords } from './words.ts';

export interface ShiftAction {
  readonly name: string;
  readonly keys: string;
  readonly run: () => void;
}

/** The open shift: its figures so far, and what can be done about it. */
export function Overview({
  open,
  view,
  actions,
  covered,
  unblinded,
  onClose,
  onBack,
}: {
  readonly open: NonNullable<ShiftView['open']>;
  readonly view: ShiftView;
  readonly actions: readonly ShiftAction[];
  /** Whether a dialog lies over it. */
  readonly covered: boolean;
  /** Whether an X-report was asked for, which says what must be in the drawer; a count is blind until then. */
  readonly unblinded: boolean;
  readonly onClose: () => void;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useShiftWords();
  const { report, refusal } = useFigures(view);
  const first = useRef<HTMLButtonElement>(null);
  // A dialog of two steps gives the focus back to nobody.
  useEffect(() => {
    if (!covered) first.current?.focus();
  }, [covered]);
  const day = format.date(open.businessDate);
  return (
    <main className="panes shift-panes">
      <Pane
        title={t({ message: 'Shift', context: 'work shift' })}
        aside={<ShiftAside open={open} today={view.today} />}
      >
        <div className="min-h-0 flex-1 overflow-auto p-4">
          {refusal && <WordsNote {...words(refusal)} />}
          {open.businessDate !== view.today && (
            <p className="mb-4 rounded-10 border border-info-line bg-info-soft px-4 py-3 text-14 text-info">
              <Trans>
                Open since the business day of {day}. Its Z-report will hold everything since then; close it
                when you like.
              </Trans>
            </p>
          )}
          {report && (
            <ReportFigures
              totals={report.totals}
              expected={unblinded ? report.expected : undefined}
              floatMinor={open.floatMinor}
            />
          )}
        </div>
      </Pane>
      <Pane title={t`What to do`}>
        <div className="grid min-h-0 flex-1 content-start gap-3 overflow-auto p-4">
          <DrawerNote drawer={view.drawer} />
          {open.automatic && (
            <p className="text-14 text-muted">
              <Trans>
                A sale opened this shift, with the <Money minor={open.floatMinor} sign /> the last close left.
              </Trans>
            </p>
          )}
          {actions.map(({ name, keys, run }) => (
            <Button key={keys} size={56} keys={keys} className="justify-between!" onClick={run}>
              <span className="truncate">{name}</span>
            </Button>
          ))}
        </div>
        <div className="flex gap-3 px-4 pb-4">
          <Button size={72} keys="Esc" tabIndex={-1} onClick={onBack}>
            <Trans>Back</Trans>
          </Button>
          <Button
            ref={first}
            kind="primary"
            size={72}
            grow
            keys="Enter"
            className="min-w-0"
            onClick={onClose}
          >
            <span className="truncate">
              <Trans>Count and close</Trans>
            </span>
          </Button>
        </div>
      </Pane>
    </main>
  );
}

/** The X figures, asked for again whenever the shift or its drawer has changed. */
function useFigures(view: ShiftView) {
  const { client } = useTill();
  const [report, setReport] = useState<XReport | null>(null);
  const [refusal, setRefusal] = useState<ShiftRefusal | null>(null);
  const look = useCallback(async () => {
    const answer = await answerOf(client.sales.shift.x(undefined, { context: repeatable(3) }));
    if (answer.ok) setReport(answer.value);
    setRefusal(answer.ok ? null : answer.refusal);
  }, [client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view says that something has changed
  useEffect(() => void look(), [look, view]);
  return { report, refusal };
}
