import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { BatchView } from '#shared/inventory/calls.ts';
import type { CheckedPack } from '#shared/sales/calls-price-check.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { ExpiryBadge } from '#shared/ui/expiry-badge.tsx';
import { Keys } from '#shared/ui/kbd.tsx';
import { LargeMoney, PerWeight, Quantity } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { isLocked } from '../batch/is-locked.ts';
import { ElsewhereLine } from '../elsewhere/elsewhere-line.tsx';
import { describe, ScheduleBadge } from '../sell/article.tsx';
import { useToday } from '../use-today.ts';

/** The price large, what is on hand by batch, and whether something may stand for it. */
export function CheckedPane({ pack }: { readonly pack: CheckedPack }) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, priceMinor, taxPct3, onHandBase, packSize, weighed, batches, substitutes } = pack;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <div className="grid gap-1 border-b border-line-soft p-5">
        <p className="flex items-center gap-2 text-20 font-semibold">
          <bdi>{name}</bdi>
          <ScheduleBadge scheduleClass={pack.scheduleClass} />
        </p>
        <p className="text-14 text-muted">
          <bdi>{describe(pack)}</bdi>
        </p>
        {priceMinor === null ? (
          <p className="text-28 font-semibold text-stop">
            <Trans>No price</Trans>
          </p>
        ) : (
          <LargeMoney minor={priceMinor} />
        )}
        {weighed && priceMinor !== null && (
          <p className="text-end">
            <PerWeight packSize={packSize} />
          </p>
        )}
        <p className="text-end text-14 text-muted">
          <Trans>
            Tax <bdi dir="ltr">{taxPct3.map(format.rate).join(' + ') || '–'}</bdi>
          </Trans>
        </p>
      </div>
      <p className="flex items-baseline gap-2 px-5 pt-4 pb-2 font-semibold empty:hidden">
        {pack.soldAs !== null ? null : onHandBase > 0 ? (
          <Trans>
            <Quantity qtyBase={onHandBase} packSize={packSize} weighed={weighed} /> on hand
          </Trans>
        ) : (
          <span className="text-stop">
            <Trans>None on hand</Trans>
          </span>
        )}
      </p>
      <ul className="px-5">
        {batches.map((batch) => (
          <Batch key={batch.batchId} batch={batch} of={pack} />
        ))}
      </ul>
      <p className="mt-auto flex items-center gap-2 p-5 text-14 text-muted">
        {substitutes > 0 ? (
          <>
            <Keys keys="F7" />{' '}
            {t`${plural(substitutes, { one: '# substitute on hand', other: '# substitutes on hand' })}`}
          </>
        ) : (
          <Trans>No substitute on hand</Trans>
        )}
        {pack.soldAs === null && (
          <span className="ms-auto">
            <ElsewhereLine packId={pack.packId} />
          </span>
        )}
      </p>
    </div>
  );
}

function Batch({
  batch,
  of: { packSize, weighed },
}: {
  readonly batch: BatchView;
  readonly of: CheckedPack;
}) {
  const { t } = useLingui();
  const today = useToday();
  return (
    <li className="flex items-center gap-3 border-b border-line-soft py-2 text-14">
      <bdi dir="ltr" className="truncate font-semibold">
        {batch.code}
      </bdi>
      <ExpiryBadge expiresOn={batch.expiresOn} today={today} />
      {isLocked(batch) && <Badge tone="stop">{t`not for sale`}</Badge>}
      <Quantity qtyBase={batch.onHandBase} packSize={packSize} weighed={weighed} className="ms-auto" />
    </li>
  );
}
