import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Comparison, ShiftView } from '#shared/sales/calls-shift.ts';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { LargeMoney } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { typedAmount } from '../pay/amounts.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { moveAmongFields } from './cash-grid.tsx';
import { amountIn } from './count.ts';
import { ShiftAside, Steps } from './steps.tsx';
import { TenderTable } from './tender-table.tsx';
import { type ShiftRefusal, useShiftWords } from './words.ts';

export interface Closing {
  readonly leftMinor: number;
  readonly reason: string | undefined;
}

/** What was counted beside what was expected, why they differ, and what stays in the drawer. */
export function CompareStep({
  open,
  today,
  compared,
  refusal,
  onClose,
  onBack,
}: {
  readonly open: NonNullable<ShiftView['open']>;
  readonly today: string;
  readonly compared: Comparison;
  readonly refusal: ShiftRefusal | null;
  readonly onClose: (closing: Closing) => void;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const { currency, locale } = useFormat();
  const words = useShiftWords();
  const form = useRef<HTMLFormElement>(null);
  const [left, setLeft] = useState(() => typedAmount(compared.leftMinor, currency.digits, locale));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const leftMinor = amountIn(left, currency.digits);
  const needsReason = compared.needsReason || refusal?.code === 'REASON_NEEDED';
  const close = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (leftMinor === null || (needsReason && reason.trim() === ''))
      return form.current?.querySelector<HTMLInputElement>('[aria-invalid], [data-reason]')?.focus();
    onClose({ leftMinor, reason: reason.trim() === '' ? undefined : reason.trim() });
  };
  return (
    <form ref={form} className="panes shift-panes" onSubmit={close} onKeyDown={moveAmongFields}>
      <Pane
        title={t`Close shift`}
        aside={<ShiftAside open={open} today={today} />}
        actions={<Steps at={2} />}
      >
        <div className="min-h-0 flex-1 overflow-auto">
          <TenderTable tenders={compared.tenders} varianceMinor={compared.varianceMinor} />
        </div>
      </Pane>
      <Pane title={t`Close`}>
        <div className="grid flex-1 content-start gap-4 overflow-auto p-4">
          {refusal && refusal.code !== 'REASON_NEEDED' && <WordsNote {...words(refusal)} />}
          <Field
            label={needsReason ? t`Reason for the difference` : t`Reason, if there is one`}
            size={56}
            autoComplete="off"
            maxLength={200}
            value={reason}
            data-reason=""
            error={tried && needsReason && reason.trim() === '' ? t`A reason is needed` : undefined}
            onChange={(event) => setReason(event.target.value)}
          />
          <Field
            label={t`Stays in the drawer for the next shift`}
            size={56}
            dir="ltr"
            inputMode="decimal"
            autoComplete="off"
            maxLength={14}
            value={left}
            error={leftMinor === null ? t`That is no amount` : undefined}
            onChange={(event) => setLeft(event.target.value)}
          />
          {compared.needsRight && (
            <p className="text-14 text-muted">
              <Trans>
                Somebody with the right to it types a PIN next; where nobody can, the audit says so.
              </Trans>
            </p>
          )}
        </div>
        <div className="border-t border-line px-4 py-3" aria-live="polite">
          <div className="text-end font-semibold text-muted">
            <Trans>Difference</Trans>
          </div>
          <LargeMoney minor={compared.varianceMinor} />
        </div>
        <div className="flex gap-3 px-4 pb-4">
          <Button size={72} keys="Esc" tabIndex={-1} onClick={onBack}>
            <Trans>Count again</Trans>
          </Button>
          <Button kind="primary" size={72} grow keys="Enter" type="submit" className="min-w-0">
            <span className="truncate">
              <Trans>Close shift</Trans>
            </span>
          </Button>
        </div>
      </Pane>
    </form>
  );
}
