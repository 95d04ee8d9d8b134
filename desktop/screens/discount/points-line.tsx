import { useLingui } from '@lingui/react/macro';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Button } from '#shared/ui/button.tsx';
import { useFormat } from '#shared/ui/use-format.ts';

/** What the customer has in points, and a key to use as many as can be, or to keep them after all. */
export function PointsLine({
  points: { balance, worthMinor, used, usedMinor },
  onToggle,
}: {
  readonly points: NonNullable<CartView['points']>;
  readonly onToggle: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const worth = format.money(worthMinor);
  const off = format.money(usedMinor);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-10 bg-brand-soft px-3 py-2">
      <p className="font-semibold text-on-brand-soft">
        {used > 0
          ? t`${used} of ${balance} points take ${off} off`
          : worthMinor > 0
            ? t`Points: ${balance}, worth ${worth}`
            : t`Points: ${balance}`}
      </p>
      {(worthMinor > 0 || used > 0) && (
        <Button keys="Alt+P" type="button" onClick={onToggle}>
          {used > 0 ? t`Keep the points` : t`Use the points`}
        </Button>
      )}
    </div>
  );
}
