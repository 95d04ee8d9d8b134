import { Trans } from '@lingui/react/macro';
import type { SoldAs } from '#shared/catalog/sold-as.ts';
import { ExpiryBadge } from '#shared/ui/expiry-badge.tsx';
import { Quantity } from '#shared/ui/money.tsx';
import { useToday } from '../use-today.ts';

/** How much of a pack is there and when the first of it expires; nothing of what is not sold from stock. */
export function Stock({
  of: { expiresOn, onHandBase, packSize, soldAs = null, weighed = false },
}: {
  readonly of: {
    readonly soldAs?: SoldAs | null;
    readonly expiresOn: string | null;
    readonly onHandBase: number;
    readonly packSize: number;
    readonly weighed?: boolean;
  };
}) {
  const today = useToday();
  if (soldAs !== null) return null;
  if (expiresOn === null || onHandBase <= 0)
    return (
      <span className="text-stop">
        <Trans>None on hand</Trans>
      </span>
    );
  return (
    <>
      <ExpiryBadge expiresOn={expiresOn} today={today} /> ·{' '}
      <Trans>
        <Quantity qtyBase={onHandBase} packSize={packSize} weighed={weighed} /> on hand
      </Trans>
    </>
  );
}
