import { Trans } from '@lingui/react/macro';
import { WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from './chip.tsx';
import { useFormat } from './use-format.ts';

export interface Freshness {
  /** Instant up to which the figures reach, null when no store has reported yet. */
  readonly dataToMs: number | null;
  readonly storesHeard: number;
  readonly storesTotal: number;
}

/** How far the figures of a page reach and from how many stores; a triangle when some are missing. */
export function FreshnessChip({ freshness }: { readonly freshness: Freshness }) {
  const format = useFormat();
  const { dataToMs, storesHeard, storesTotal } = freshness;
  if (dataToMs === null) {
    return (
      <Chip small tone="warn" icon={<StateMark state="warn" />}>
        <Trans>No data yet</Trans>
      </Chip>
    );
  }
  const time = format.time(dataToMs);
  if (storesHeard < storesTotal) {
    return (
      <Chip small tone="warn" icon={<StateMark state="warn" />}>
        <Trans>
          Data to {time} from {storesHeard} of {storesTotal} stores
        </Trans>
      </Chip>
    );
  }
  return (
    <Chip small tone="ok" icon={<StateMark state="ok" />}>
      <Trans>Data to {time}</Trans>
    </Chip>
  );
}

/** One line under the bar, only where figures are short of something: who, since when, what they lack. */
export function FreshnessBanner({
  action,
  children,
}: {
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="status"
      className="flex min-h-9 flex-none items-center gap-2.5 border-b border-warn-line bg-warn-soft px-6 py-[7px] text-14 text-warn"
    >
      <WifiOff size={16} aria-hidden className="flex-none" />
      <span>{children}</span>
      {action && (
        <span className="ms-auto font-semibold whitespace-nowrap underline underline-offset-2">{action}</span>
      )}
    </div>
  );
}

/** A state by shape and colour, for beside a word: disc ok, triangle warning, square stop. */
export function StateMark({ state }: { readonly state: 'ok' | 'warn' | 'stop' }) {
  const [path, colour] = marks[state];
  return (
    <svg viewBox="0 0 10 10" width={10} height={10} aria-hidden="true" className={colour} fill="currentColor">
      <path d={path} />
    </svg>
  );
}

const marks = {
  ok: ['M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z', 'flex-none text-ok'],
  warn: ['M5 .8 9.6 9H.4Z', 'flex-none text-warn'],
  stop: ['M1 1h8v8H1Z', 'flex-none text-stop'],
} as const;
