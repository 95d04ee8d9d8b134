import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Clock3, Lock } from 'lucide-react';
import { badgeShape } from './badge.tsx';
import { cx } from './cx.ts';
import { daysBetween, expiryBand, isMonthEnd } from './expiry.ts';
import { useFormat } from './use-format.ts';

/**
 * A batch's expiry `YYYY-MM-DD` as of a store's local date: plain text while far, a badge with the day when near,
 * days left in the last month, a lock once it cannot be sold. Colour never alone.
 */
export function ExpiryBadge({
  expiresOn,
  today,
  recalled = false,
}: {
  readonly expiresOn: string;
  readonly today: string;
  readonly recalled?: boolean;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const daysLeft = daysBetween(today, expiresOn);
  const band = recalled ? 'past' : expiryBand(daysLeft);
  const day = format.date(expiresOn);
  if (band === 'far') {
    const when = isMonthEnd(expiresOn) ? format.expiryMonth(expiresOn) : day;
    return <span className="whitespace-nowrap">{t`exp. ${when}`}</span>;
  }
  if (band === 'past') {
    return (
      <span className={cx(badgeShape, bands.past)}>
        <Lock size={14} aria-hidden />
        {recalled ? t`recalled` : t`expired ${day}`}
      </span>
    );
  }
  const left = t`${plural(daysLeft, { one: '# day left', other: '# days left' })}`;
  return (
    <span className={cx(badgeShape, bands[band])}>
      {band === 'last' && <Clock3 size={14} aria-hidden />}
      {t`exp. ${day}`}
      {band === 'last' && <> · {left}</>}
    </span>
  );
}

const bands = {
  soon: 'border-transparent bg-exp-soon-soft text-exp-soon',
  near: 'border-warn-line bg-exp-near-soft text-exp-near',
  last: 'border-exp-last/35 bg-exp-last-soft text-exp-last',
  past: 'border-stop-line bg-exp-past-soft text-exp-past',
} as const;
