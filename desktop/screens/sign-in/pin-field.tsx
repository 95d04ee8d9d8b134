import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Delete } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { cx } from '#shared/ui/cx.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { toWesternDigits } from '../sell/parse-quantity.ts';

export type PinProblem =
  | { readonly kind: 'wrong'; readonly failures: number }
  | { readonly kind: 'locked'; readonly untilMs: number }
  | { readonly kind: 'no-pin' | 'no-answer' };

/** A PIN as it is typed: dots, Enter sends it. While too many were wrong it waits and says for how long. */
export function PinField({
  name,
  problem,
  onPin,
  pad = false,
}: {
  readonly name: string;
  readonly problem: PinProblem | null;
  /** True when it was right; otherwise the field is empty again. */
  readonly onPin: (pin: string) => Promise<boolean>;
  /** With keys to press, for who has none. */
  readonly pad?: boolean;
}) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const waitMs = useCountdown(problem?.kind === 'locked' ? problem.untilMs : 0);
  const waiting = waitMs > 0;
  useEffect(() => {
    if (!waiting) field.current?.focus();
  }, [waiting]);
  const send = async () => {
    if (pin === '' || asking || waiting) return;
    setAsking(true);
    const right = await onPin(pin);
    setAsking(false);
    if (!right) setPin('');
  };
  const press = (digit: string) => {
    setPin((now) => (now + digit).slice(0, 12));
    field.current?.focus();
  };
  return (
    <>
      <input
        ref={field}
        // Not type=password: no browser is to offer to keep a colleague's PIN.
        type="text"
        inputMode="numeric"
        aria-label={t`PIN of ${name}`}
        aria-describedby="pin-problem"
        aria-invalid={problem?.kind === 'wrong' || undefined}
        autoComplete="off"
        spellCheck={false}
        disabled={waiting}
        value={pin}
        onChange={(event) => setPin(toWesternDigits(event.target.value).replaceAll(/\D/g, '').slice(0, 12))}
        onKeyDown={(event) => event.key === 'Enter' && void send()}
        dir="ltr"
        className="pin my-2 h-[52px] w-56 flex-none rounded-10 border border-line-control bg-surface text-center text-28 disabled:bg-surface-2"
      />
      <p id="pin-problem" role="alert" className="min-h-5 text-center text-14 font-semibold text-stop">
        <Problem problem={problem} waitMs={waitMs} />
      </p>
      {pad && (
        <PinPad
          disabled={waiting}
          onDigit={press}
          onBack={() => setPin((now) => now.slice(0, -1))}
          onEnter={() => void send()}
        />
      )}
    </>
  );
}

function Problem({ problem, waitMs }: { readonly problem: PinProblem | null; readonly waitMs: number }) {
  const { t } = useLingui();
  const format = useFormat();
  if (problem?.kind === 'locked') {
    if (waitMs <= 0) return <Trans>Try again.</Trans>;
    const wait = format.duration(waitMs);
    return <Trans>Too many wrong PINs. Again in {wait}.</Trans>;
  }
  if (problem?.kind === 'wrong') {
    const { failures } = problem;
    return t`${plural(failures, { one: 'Wrong PIN.', other: 'Wrong PIN, # times now.' })}`;
  }
  if (problem?.kind === 'no-pin') return <Trans>No PIN is set. HQ or the manager sets one.</Trans>;
  if (problem?.kind === 'no-answer') return <Trans>The till did not answer. Try again.</Trans>;
  return null;
}

/** Milliseconds until an instant, each second anew; 0 from then on. */
function useCountdown(untilMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (untilMs <= Date.now()) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [untilMs]);
  return Math.max(0, untilMs - now);
}

interface PadProps {
  readonly disabled: boolean;
  readonly onDigit: (digit: string) => void;
  readonly onBack: () => void;
  readonly onEnter: () => void;
}

function PinPad({ disabled, onDigit, onBack, onEnter }: PadProps) {
  const { t } = useLingui();
  return (
    <div dir="ltr" className="grid w-full grid-cols-3 gap-2 low:hidden">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
        <PadKey key={digit} disabled={disabled} onPress={() => onDigit(digit)}>
          {digit}
        </PadKey>
      ))}
      <PadKey small disabled={disabled} onPress={onBack} label={t`Take back one digit`}>
        <Delete size={24} strokeWidth={1.5} aria-hidden />
      </PadKey>
      <PadKey disabled={disabled} onPress={() => onDigit('0')}>
        0
      </PadKey>
      <PadKey small disabled={disabled} onPress={onEnter}>
        <Trans>Sign in</Trans>
      </PadKey>
    </div>
  );
}

function PadKey({
  small = false,
  disabled,
  label,
  onPress,
  children,
}: {
  readonly small?: boolean;
  readonly disabled: boolean;
  readonly label?: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={disabled}
      aria-label={label}
      onClick={onPress}
      className={cx(
        'grid h-target-72 place-items-center rounded-10 border border-line bg-surface-2 font-semibold hover:bg-surface-3 disabled:text-faint',
        small ? 'text-16 text-muted' : 'text-28',
      )}
    >
      {children}
    </button>
  );
}
