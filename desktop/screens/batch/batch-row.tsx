import { Trans, useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useEffect, useRef } from 'react';
import type { BatchView } from '#shared/inventory/calls.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Kbd } from '#shared/ui/kbd.tsx';
import { Quantity } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { isLocked } from './is-locked.ts';

/** One batch: its place in the order, how long it has left, what is on hand; a lock where it may not be sold. */
export function BatchRow({
  batch,
  number,
  packSize,
  weighed,
  chosen,
}: {
  readonly batch: BatchView;
  readonly number: number;
  readonly packSize: number;
  readonly weighed: boolean;
  readonly chosen: boolean;
}) {
  const format = useFormat();
  const row = useRef<HTMLButtonElement>(null);
  // Where it opens is where the keys are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list opens
  useEffect(() => {
    if (chosen) row.current?.focus();
  }, []);
  const locked = isLocked(batch);
  const expiry = format.date(batch.expiresOn);
  return (
    <RadioGroup.Item
      ref={row}
      value={batch.batchId}
      disabled={locked}
      className={cx(
        'batch-row relative h-16 w-full items-center border-b border-line-soft text-start focus-visible:-outline-offset-3',
        locked && 'bg-surface-2 text-muted',
        chosen && 'chosen',
      )}
    >
      {locked ? <Lock size={16} aria-hidden className="text-muted" /> : <Kbd>{String(number)}</Kbd>}
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <bdi dir="ltr" className="truncate font-semibold">
            {batch.code}
          </bdi>
          <StateBadge batch={batch} />
        </span>
        <span className="block text-14 text-muted">
          {batch.daysLeft < 0 ? <Trans>expired {expiry}</Trans> : <Trans>exp. {expiry}</Trans>}
        </span>
      </span>
      <TimeLeft batch={batch} />
      <span className="figure text-14 text-muted">
        <Quantity qtyBase={batch.onHandBase} packSize={packSize} weighed={weighed} />
      </span>
    </RadioGroup.Item>
  );
}

function StateBadge({ batch: { stopped, fefo } }: { readonly batch: BatchView }) {
  const { t } = useLingui();
  if (fefo === 1) return <Badge>{t`first to expire`}</Badge>;
  if (fefo === 2) return <Badge>{t`then this`}</Badge>;
  switch (stopped) {
    case 'expired':
      return <Badge tone="stop">{t`expired`}</Badge>;
    case 'recalled':
      return <Badge tone="stop">{t`recalled`}</Badge>;
    case 'quarantined':
      return <Badge tone="warn">{t`quarantine`}</Badge>;
    case 'short-life':
      return <Badge tone="warn">{t`too little time left`}</Badge>;
    case 'none-on-hand':
      return <Badge>{t`none on the books`}</Badge>;
    case null:
      return null;
  }
}

/** A bar of two years, and the time in words: months while there are some, days at the end. */
function TimeLeft({ batch: { daysLeft, stopped } }: { readonly batch: BatchView }) {
  const { locale } = useFormat();
  const share = Math.min(1, Math.max(0, daysLeft) / 730);
  const past = daysLeft < 0 || stopped === 'recalled';
  const months = Math.floor(Math.abs(daysLeft) / 30.44);
  const words = new Intl.RelativeTimeFormat(locale === 'ar' ? 'ar-u-nu-latn' : locale, { numeric: 'always' });
  const text =
    months >= 2 ? words.format(Math.sign(daysLeft) * months, 'month') : words.format(daysLeft, 'day');
  return (
    <span>
      <span className="mb-1 block h-1.5 overflow-hidden rounded-full bg-surface-3">
        <span
          className={cx('block h-full rounded-full', past ? 'bg-exp-past' : 'bg-brand')}
          style={{ inlineSize: past ? '100%' : `${share * 100}%` }}
        />
      </span>
      <bdi className={cx('block text-12', past ? 'font-semibold text-exp-past' : 'text-muted')}>{text}</bdi>
    </span>
  );
}
