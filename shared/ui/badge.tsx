import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { Tone } from './chip.tsx';
import { cx } from './cx.ts';
import { RxIcon } from './icons.tsx';

/** A small mark beside a name: 20 px, words, an icon at most. */
export function Badge({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span className={cx(badgeShape, badgeTones[tone])}>
      {icon}
      {children}
    </span>
  );
}

/** Prescription only. */
export function RxBadge() {
  const { t } = useLingui();
  return (
    <Badge tone="rx" icon={<RxIcon size={14} />}>
      {t`Rx only`}
    </Badge>
  );
}

/** A count in a navigation row or a card's head; `warn` where a person is wanted. */
export function CountBadge({
  warn = false,
  children,
}: {
  readonly warn?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-block h-[18px] min-w-5 rounded-full px-1.5 text-center text-12 leading-[18px] font-semibold',
        warn ? 'bg-warn-soft text-warn inset-ring inset-ring-warn-line' : 'bg-surface-3 text-muted',
      )}
    >
      {children}
    </span>
  );
}

export const badgeShape =
  'inline-flex h-5 flex-none items-center gap-1 whitespace-nowrap rounded-[5px] border px-1.5 text-12 font-semibold leading-none';

const badgeTones: Readonly<Record<Tone, string>> = {
  plain: 'border-transparent bg-surface-2 text-muted',
  ok: 'border-ok-line bg-ok-soft text-ok',
  info: 'border-info-line bg-info-soft text-info',
  warn: 'border-warn-line bg-warn-soft text-warn',
  stop: 'border-stop-line bg-stop-soft text-stop',
  rx: 'border-rx-line bg-rx-soft text-rx',
};
