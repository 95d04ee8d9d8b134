import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { HolderView } from '#shared/inventory/calls-elsewhere.ts';
import { splitPacks } from '#shared/ui/format.ts';
import { useFormat } from '#shared/ui/use-format.ts';

type Held = Pick<HolderView, 'qtyBase' | 'atLeast'>;
type HeldPack = { readonly packSize: number; readonly weighed: boolean };

/** How much a store has: `3 packs`, `20 packs or more`, `5/16` loose, `0.250 kg`, `2.000 kg or more`. */
export function useHeldWords(): (held: Held, pack: HeldPack) => string {
  const { t } = useLingui();
  const format = useFormat();
  return ({ qtyBase, atLeast }, { packSize, weighed }) => {
    if (weighed) {
      const weight = format.weight(qtyBase);
      return qtyBase >= packSize ? t`${weight} or more` : weight;
    }
    const { packs } = splitPacks(qtyBase, packSize);
    if (packs === 0) return format.quantity(qtyBase, packSize);
    return atLeast
      ? t`${plural(packs, { one: '# pack or more', other: '# packs or more' })}`
      : t`${plural(packs, { one: '# pack', other: '# packs' })}`;
  };
}

const MINUTE_MS = 60_000;

/** As of when: how long ago, and where that is more than a day the date itself. */
export function useAgeWords(): (told: Pick<HolderView, 'asOf' | 'ageMs' | 'isOld'>) => string {
  const { t } = useLingui();
  const format = useFormat();
  return ({ asOf, ageMs, isOld }) => {
    const day = format.day(asOf);
    const time = format.time(asOf);
    if (isOld) return t`as of ${day}, ${time}`;
    if (ageMs < MINUTE_MS) return t`as of just now`;
    const age = format.duration(Math.floor(ageMs / MINUTE_MS) * MINUTE_MS);
    return t`as of ${age} ago`;
  };
}

/** How many stores have none, and of how many nothing is known. */
export function useCountWords() {
  const { t } = useLingui();
  return {
    holders: (count: number) =>
      count === 0
        ? t`No other store has it`
        : t`${plural(count, { one: '# other store has it', other: '# other stores have it' })}`,
    without: (count: number) =>
      t`${plural(count, { one: '# store has none.', other: '# stores have none.' })}`,
    unknown: (count: number) =>
      t`${plural(count, { one: 'Nothing is known of # store.', other: 'Nothing is known of # stores.' })}`,
  };
}
