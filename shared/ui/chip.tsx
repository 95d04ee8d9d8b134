import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { ArrowUp, Cloud, CloudOff, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { useFormat } from './use-format.ts';

export type Tone = 'plain' | 'ok' | 'info' | 'warn' | 'stop' | 'rx';

/** A pill of state: icon and words, never colour alone. `small` (22 px) is the back office's, 28 px the till's. */
export function Chip({
  tone = 'plain',
  icon,
  small = false,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly small?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex flex-none items-center gap-1.5 whitespace-nowrap rounded-full border align-middle',
        small ? 'h-[22px] px-2 text-12 font-medium' : 'h-7 px-2.5 text-14 font-semibold',
        chipTones[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** How the till stands with HQ. `waiting` counts changesets (a sale is one), `attention` those HQ refused. */
export interface SyncState {
  readonly online: boolean;
  /** Instant since when there is no connection. */
  readonly offlineSinceMs: number | null;
  readonly waiting: number;
  readonly attention: number;
}

/** The one chip of the top bar. What needs a person comes first; being offline is calm; it is never red. */
export function SyncChip({ state }: { readonly state: SyncState }) {
  const { t } = useLingui();
  const format = useFormat();
  const { attention, waiting } = state;
  if (attention > 0) {
    return (
      <Chip tone="warn" icon={<TriangleAlert size={16} aria-hidden />}>
        {t`${plural(attention, { one: '# needs attention', other: '# need attention' })}`}
      </Chip>
    );
  }
  if (!state.online) {
    const since = state.offlineSinceMs === null ? null : format.time(state.offlineSinceMs);
    return (
      <Chip tone="info" icon={<CloudOff size={16} aria-hidden />}>
        {since === null ? t`Offline` : t`Offline since ${since}`}
      </Chip>
    );
  }
  if (waiting > 0) {
    return (
      <Chip tone="info" icon={<ArrowUp size={16} aria-hidden />}>
        {t`${plural(waiting, { one: '# waiting', other: '# waiting' })}`}
      </Chip>
    );
  }
  return (
    <Chip tone="ok" icon={<Cloud size={16} aria-hidden />}>
      {t`Online`}
    </Chip>
  );
}

const chipTones: Readonly<Record<Tone, string>> = {
  plain: 'border-line bg-surface-2 text-muted',
  ok: 'border-ok-line bg-ok-soft text-ok',
  info: 'border-info-line bg-info-soft text-info',
  warn: 'border-warn-line bg-warn-soft text-warn',
  stop: 'border-stop-line bg-stop-soft text-stop',
  rx: 'border-rx-line bg-rx-soft text-rx',
};
