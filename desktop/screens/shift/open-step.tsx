import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { LargeMoney } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { useTill } from '../till.ts';
import { CashGrid, moveAmongFields } from './cash-grid.tsx';
import { cashOfCount, countOf, isNothingTyped, nothingTyped } from './count.ts';
import { type ShiftRefusal, useShiftWords } from './words.ts';

/** No shift is open: the float is counted, or Enter takes what the last close left. */
export function OpenStep({
  leftMinor,
  onBack,
  onPast,
}: {
  readonly leftMinor: number;
  readonly onBack: () => void;
  readonly onPast: () => void;
}) {
  const { t } = useLingui();
  const { client } = useTill();
  const { currency } = useFormat();
  const words = useShiftWords();
  const form = useRef<HTMLFormElement>(null);
  const busy = useRef(false);
  const [typed, setTyped] = useState(nothingTyped);
  const [refusal, setRefusal] = useState<ShiftRefusal | null>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const untouched = isNothingTyped(typed);
  const floatMinor = untouched ? leftMinor : cashOfCount(typed, currency.digits);
  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (busy.current || countOf(typed, currency.digits) === null) return;
    busy.current = true;
    const command = { commandId: crypto.randomUUID(), floatMinor };
    const answer = await answerOf(client.sales.shift.open(command, { context: repeatable(3) }));
    busy.current = false;
    if (!answer.ok) setRefusal(answer.refusal);
  };
  return (
    <form ref={form} className="panes shift-panes" onSubmit={open} onKeyDown={moveAmongFields}>
      <Pane title={t`Open shift`} aside={t`count the float, or take what was left`}>
        <CashGrid typed={typed} onType={setTyped} />
      </Pane>
      <Pane title={t`Float`}>
        <div className="grid flex-1 content-start gap-4 overflow-auto p-4">
          {refusal && <WordsNote {...words(refusal)} />}
          <p className="text-muted">
            {untouched ? (
              <Trans>Nothing is counted: Enter takes what the last close left in the drawer.</Trans>
            ) : (
              <Trans>What lies in the drawer as the shift begins.</Trans>
            )}
          </p>
          <p className="text-muted">
            <Trans>Selling does not wait for it: a sale without a shift opens one by itself.</Trans>
          </p>
          <Button className="justify-self-start" tabIndex={-1} keys="Ctrl+6" onClick={onPast}>
            <Trans>Past Z-reports</Trans>
          </Button>
        </div>
        <div className="px-4 py-3" aria-live="polite">
          <div className="text-end font-semibold text-muted">
            {untouched ? <Trans>Left by the last close</Trans> : <Trans>Cash counted</Trans>}
          </div>
          <LargeMoney minor={floatMinor} />
        </div>
        <div className="flex gap-3 px-4 pb-4">
          <Button size={72} keys="Esc" tabIndex={-1} onClick={onBack}>
            <Trans>Later</Trans>
          </Button>
          <Button kind="primary" size={72} grow keys="Enter" type="submit" className="min-w-0">
            <span className="truncate">
              <Trans>Open shift</Trans>
            </span>
          </Button>
        </div>
      </Pane>
    </form>
  );
}
