import { Trans } from '@lingui/react/macro';
import type { SubstituteView } from '#shared/catalog/calls-substitutes.ts';
import { ChoiceRow } from '#shared/ui/choice-list.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Money, Quantity } from '#shared/ui/money.tsx';
import { describe, ScheduleBadge } from '../sell/article.tsx';
import { Stock } from '../sell/stock.tsx';

/** One that may stand for what was asked for: what it is, what is there of it, what it costs and the difference. */
export function SubstituteRow({
  row,
  index,
  chosen,
  onChoose,
}: {
  readonly row: SubstituteView;
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  return (
    <ChoiceRow
      id="substitute"
      {...{ index, chosen, onChoose }}
      className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2"
    >
      <span className="flex min-w-0 items-center gap-2 font-semibold">
        <bdi className="truncate">{row.name}</bdi>
        <ScheduleBadge scheduleClass={row.scheduleClass} />
      </span>
      <Cost row={row} />
      <span className="truncate text-14 text-muted">
        <bdi>{describe(row)}</bdi>
      </span>
      <Difference minor={row.differenceMinor} />
      <span className="flex items-center gap-1 text-14 text-muted">
        <Stock of={row} />
      </span>
    </ChoiceRow>
  );
}

/** For as much as was asked for; how many packs that is stands before it where it is not one. */
function Cost({ row: { qtyBase, packSize, weighed, amountMinor } }: { readonly row: SubstituteView }) {
  if (amountMinor === null)
    return (
      <span className="text-end text-14 text-stop">
        <Trans>no price</Trans>
      </span>
    );
  return (
    <span className="flex items-baseline justify-end gap-2">
      {qtyBase !== packSize && (
        <bdi dir="ltr" className="text-14 text-muted">
          <Quantity qtyBase={qtyBase} packSize={packSize} weighed={weighed} /> ×
        </bdi>
      )}
      <Money minor={amountMinor} className="font-semibold" />
    </span>
  );
}

function Difference({ minor }: { readonly minor: number | null }) {
  if (minor === null) return <span />;
  if (minor === 0)
    return (
      <span className="text-end text-14 text-muted">
        <Trans>same price</Trans>
      </span>
    );
  return (
    <bdi dir="ltr" className={cx('figure text-end text-14', minor > 0 ? 'text-warn' : 'text-ok')}>
      {minor > 0 && '+'}
      <Money minor={minor} />
    </bdi>
  );
}
