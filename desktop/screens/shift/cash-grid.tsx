import { Trans, useLingui } from '@lingui/react/macro';
import type { KeyboardEvent } from 'react';
import { cashOf } from '#shared/sales/shift-denominations.ts';
import { cx } from '#shared/ui/cx.ts';
import { Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { amountIn, piecesIn, type TypedCount, worthOf } from './count.ts';

/** Cash by note and coin, each with what it comes to; a currency whose pieces are not known is typed as a sum. */
export function CashGrid({
  typed,
  onType,
}: {
  readonly typed: TypedCount;
  readonly onType: (typed: TypedCount) => void;
}) {
  const { t } = useLingui();
  const { currency } = useFormat();
  const { notes, coins } = cashOf(currency.code);
  const pieces = (title: string, values: readonly number[]) => (
    <PieceColumn title={title} values={values} typed={typed} onType={onType} />
  );
  return (
    <div className="cash-grid min-h-0 flex-1 overflow-auto">
      {notes.length > 0 && pieces(t`Notes`, notes)}
      <div className="grid content-start gap-2 border-line-soft py-3 ps-5 pe-6 not-first:border-s">
        {coins.length > 0 && <Pieces title={t`Coins`} values={coins} typed={typed} onType={onType} />}
        <OtherCash typed={typed} onType={onType} alone={notes.length === 0} />
      </div>
    </div>
  );
}

interface PiecesProps {
  readonly title: string;
  readonly values: readonly number[];
  readonly typed: TypedCount;
  readonly onType: (typed: TypedCount) => void;
}

const PieceColumn = (props: PiecesProps) => (
  <div className="grid content-start gap-2 py-3 ps-5 pe-6">
    <Pieces {...props} />
  </div>
);

function Pieces({ title, values, typed, onType }: PiecesProps) {
  return (
    <>
      <div className="flex h-5 items-center justify-between text-14 font-semibold text-muted">
        <span>{title}</span>
        <Money minor={worthOf(typed.pieces, values)} />
      </div>
      {values.map((minor) => (
        <Piece
          key={minor}
          minor={minor}
          text={typed.pieces[minor] ?? ''}
          onType={(text) => onType({ ...typed, pieces: { ...typed.pieces, [minor]: text } })}
        />
      ))}
    </>
  );
}

function Piece({
  minor,
  text,
  onType,
}: {
  readonly minor: number;
  readonly text: string;
  readonly onType: (text: string) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const count = piecesIn(text);
  const name = pieceName(minor, format);
  return (
    <div className="cash-piece">
      <bdi dir="ltr" className="text-end text-20 font-semibold">
        {name}
      </bdi>
      <span aria-hidden className="text-muted">
        ×
      </span>
      <input
        aria-label={t`Pieces of ${name}`}
        aria-invalid={count === null || undefined}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        dir="ltr"
        placeholder="0"
        value={text}
        onChange={(event) => onType(event.target.value)}
        className={cx(box, count === null && 'border-stop')}
      />
      <Money minor={minor * (count ?? 0)} className={cx('text-20', !count && 'text-muted')} />
    </div>
  );
}

function OtherCash({
  typed,
  onType,
  alone,
}: {
  readonly typed: TypedCount;
  readonly onType: (typed: TypedCount) => void;
  readonly alone: boolean;
}) {
  const { currency } = useFormat();
  const bad = amountIn(typed.other, currency.digits) === null;
  return (
    <label className="flex min-h-11 items-center justify-between gap-4">
      <span className="font-semibold">
        {alone ? <Trans>Cash counted</Trans> : <Trans>Other cash, as it is worth</Trans>}
      </span>
      <input
        inputMode="decimal"
        autoComplete="off"
        maxLength={14}
        dir="ltr"
        placeholder="0"
        aria-invalid={bad || undefined}
        value={typed.other}
        onChange={(event) => onType({ ...typed, other: event.target.value })}
        className={cx(box, 'w-32', bad && 'border-stop')}
      />
    </label>
  );
}

/** ↑ and ↓ go from field to field, round at neither end; for the form around the fields. */
export function moveAmongFields(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.altKey || event.ctrlKey) return;
  const fields = [...event.currentTarget.querySelectorAll('input')];
  const at = fields.findIndex((field) => field.matches(':focus'));
  const next = fields[Math.max(0, Math.min(fields.length - 1, at + step))];
  event.preventDefault();
  next?.focus();
  next?.select();
}

export const box =
  'figure h-10 min-w-0 rounded-6 border border-line-control bg-surface px-3 text-end text-20 font-semibold tabular-nums';

/** `€50`, `50 c`: what is printed on it. Pieces below the unit are called by the minor unit where a currency has cents. */
function pieceName(minor: number, format: ReturnType<typeof useFormat>): string {
  const { code, digits } = format.currency;
  const unit = 10 ** digits;
  if (minor < unit && digits === 2 && centNames.has(code)) return `${minor} ${centNames.get(code)}`;
  const decimals = minor % unit === 0 ? 0 : digits;
  return new Intl.NumberFormat(format.locale === 'ar' ? 'ar-u-nu-latn' : format.locale, {
    ...{ style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' },
    ...{ minimumFractionDigits: decimals, maximumFractionDigits: decimals },
  }).format(minor / unit);
}

const centNames: ReadonlyMap<string, string> = new Map([
  ['EUR', 'c'],
  ['USD', '¢'],
  ['CAD', '¢'],
  ['GBP', 'p'],
  ['CHF', 'ct'],
]);
