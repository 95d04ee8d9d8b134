import { Trans, useLingui } from '@lingui/react/macro';
import { Tags } from 'lucide-react';
import { cx } from '#shared/ui/cx.ts';
import { Money } from '#shared/ui/money.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { formAndPack } from '../sell/article.tsx';
import type { Labels } from './use-labels.ts';

export const wantedId = (index: number) => `label-${index}`;

/** The labels to print, how many of each; the chosen one is what + − and Del are about. */
export function WantedList({ labels: { wanted, chosen, choose } }: { readonly labels: Labels }) {
  const { t } = useLingui();
  if (wanted.length === 0)
    return (
      <EmptyState icon={<Tags size={28} strokeWidth={1.5} aria-hidden />} title={t`No labels yet`}>
        <Trans>Find a pack by name, generic or code, and press Enter: once for each label.</Trans>
      </EmptyState>
    );
  return (
    <div
      id="labels"
      role="listbox"
      tabIndex={-1}
      aria-label={t`Labels to print`}
      className="min-h-0 flex-1 overflow-auto"
    >
      {wanted.map(({ pack, copies }, i) => (
        <div
          key={pack.packId}
          id={wantedId(i)}
          role="option"
          tabIndex={-1}
          aria-selected={i === chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            choose(i);
          }}
          className={cx(
            'relative flex min-h-16 cursor-pointer items-center gap-4 border-b border-line-soft px-4 py-2',
            i === chosen && 'chosen',
          )}
        >
          <span className="w-14 flex-none text-end text-20 font-semibold tabular-nums">{copies} ×</span>
          <span className="min-w-0 flex-1">
            <bdi className="block truncate font-semibold">{pack.brand}</bdi>
            <bdi className="block truncate text-14 text-muted">{formAndPack(pack)}</bdi>
          </span>
          {pack.priceMinor !== null && <Money minor={pack.priceMinor} className="font-semibold" />}
        </div>
      ))}
    </div>
  );
}
