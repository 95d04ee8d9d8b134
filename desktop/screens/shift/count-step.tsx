import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowUp, Check, CreditCard, Gift, Lock, Smartphone } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ShiftCount, ShiftView } from '#shared/sales/calls-shift.ts';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useLive } from '../live.ts';
import { useTenderNames } from '../pay/tender-names.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { useTill } from '../till.ts';
import { box, CashGrid, moveAmongFields } from './cash-grid.tsx';
import {
  amountIn,
  cashOfCount,
  countOf,
  isNothingTyped,
  type PaperTender,
  paperTenders,
  type TypedCount,
} from './count.ts';
import { ShiftAside, Steps } from './steps.tsx';
import { type ShiftRefusal, useShiftWords } from './words.ts';

/** The blind count: what lies in the drawer and beside it, before anyone is told what should. */
export function CountStep({
  open,
  today,
  typed,
  refusal,
  onType,
  onCount,
  onBack,
}: {
  readonly open: NonNullable<ShiftView['open']>;
  readonly today: string;
  readonly typed: TypedCount;
  readonly refusal: ShiftRefusal | null;
  readonly onType: (typed: TypedCount) => void;
  readonly onCount: (count: ShiftCount) => void;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const { currency } = useFormat();
  const words = useShiftWords();
  const form = useRef<HTMLFormElement>(null);
  /** Enter was pressed with nothing typed: once more says that the drawer is empty. */
  const [empty, setEmpty] = useState(false);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    const count = countOf(typed, currency.digits);
    if (!count) return form.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus();
    if (isNothingTyped(typed) && !empty) return setEmpty(true);
    onCount(count);
  };
  return (
    <form ref={form} className="panes shift-panes" onSubmit={confirm} onKeyDown={moveAmongFields}>
      <Pane
        title={t`Close shift`}
        aside={<ShiftAside open={open} today={today} />}
        actions={<Steps at={1} />}
      >
        <CashGrid
          typed={typed}
          onType={(next) => {
            setEmpty(false);
            onType(next);
          }}
        />
      </Pane>
      <Pane title={t`Other tenders`} aside={t`what lies in front of you`}>
        <div className="flex min-h-0 flex-1 flex-col overflow-auto">
          <Papers typed={typed} onType={onType} />
          <p className="flex items-center gap-3 border-t border-info-line bg-info-soft px-4 py-2.5 text-14 text-info">
            <Lock size={18} className="flex-none" aria-hidden />
            <span>
              <Trans>
                <b>Blind count.</b> What the till expects is shown after you confirm; both figures are kept.
              </Trans>
            </span>
          </p>
          <Standing />
          <div className="grid gap-3 px-4 pb-2">
            {refusal && <WordsNote {...words(refusal)} />}
            {empty && (
              <WordsNote title={t`Nothing is counted`} next={t`Enter again says that the drawer is empty.`} />
            )}
          </div>
        </div>
        <div className="flex items-end justify-between gap-4 border-t border-line px-4 py-3">
          <p className="text-14 text-muted">
            <Trans>
              with the float of <Money minor={open.floatMinor} sign />
            </Trans>
          </p>
          <div>
            <div className="text-end font-semibold text-muted">
              <Trans>Cash counted</Trans>
            </div>
            <LargeMoney minor={cashOfCount(typed, currency.digits)} />
          </div>
        </div>
        <div className="flex gap-3 px-4 pb-4">
          <Button size={72} keys="Esc" tabIndex={-1} onClick={onBack}>
            <Trans>Later</Trans>
          </Button>
          <Button kind="primary" size={72} grow keys="Enter" type="submit" className="min-w-0">
            <span className="truncate">
              <Trans>Confirm count</Trans>
            </span>
          </Button>
        </div>
      </Pane>
    </form>
  );
}

const icons: Readonly<Record<PaperTender, typeof CreditCard>> = {
  card: CreditCard,
  mobile: Smartphone,
  voucher: Gift,
};

function Papers({
  typed,
  onType,
}: {
  readonly typed: TypedCount;
  readonly onType: (typed: TypedCount) => void;
}) {
  const { t } = useLingui();
  const { currency } = useFormat();
  const names = useTenderNames();
  return (
    <div className="grid gap-2 px-4 py-3">
      {paperTenders.map((kind) => {
        const Icon = icons[kind];
        const text = typed.papers[kind] ?? '';
        const bad = amountIn(text, currency.digits) === null;
        return (
          <label key={kind} className="flex items-center gap-3">
            <Icon size={20} strokeWidth={1.75} aria-hidden />
            <span className="flex-1 font-semibold">{names[kind]}</span>
            <input
              inputMode="decimal"
              autoComplete="off"
              maxLength={14}
              dir="ltr"
              placeholder={t`not counted`}
              aria-invalid={bad || undefined}
              value={text}
              onChange={(event) =>
                onType({ ...typed, papers: { ...typed.papers, [kind]: event.target.value } })
              }
              className={cx(box, 'w-40 text-16! placeholder:font-normal', bad && 'border-stop')}
            />
          </label>
        );
      })}
    </div>
  );
}

/** What else there is at the counter: nothing of it keeps the shift open. */
function Standing() {
  const { t } = useLingui();
  const till = useTill();
  const lines = useLive(till.cart)?.lines.length ?? 0;
  const waiting = useLive(till.sync)?.waiting ?? 0;
  return (
    <div className="grid gap-3 px-4 py-4 text-14">
      <p className="flex items-center gap-2">
        <Check size={16} className="flex-none" aria-hidden />
        {lines === 0 ? t`No open sale.` : t`The open sale stays as it is; it goes into the next shift.`}
      </p>
      {waiting > 0 && (
        <p className="flex items-center gap-2">
          <ArrowUp size={16} className="flex-none" aria-hidden />
          {t`${plural(waiting, { one: '# change waits for HQ', other: '# changes wait for HQ' })}. You can close; what waits follows by itself.`}
        </p>
      )}
    </div>
  );
}
