import { TriangleAlert } from 'lucide-react';
import type { HolderView } from '#shared/inventory/calls-elsewhere.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { ChoiceRow } from '#shared/ui/choice-list.tsx';
import { useAgeWords, useHeldWords } from './words.ts';

/** A store that has it: where it is, how much, and as of when; what is older than a day warns. */
export function HolderRow({
  holder,
  pack,
  ...row
}: {
  readonly holder: HolderView;
  readonly pack: { readonly packSize: number; readonly weighed: boolean };
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const held = useHeldWords();
  const age = useAgeWords();
  return (
    <ChoiceRow id="holder" {...row} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-3 py-2.5">
      <b className="truncate font-semibold">
        <bdi>{holder.name}</bdi>
      </b>
      <b className="figure text-end font-semibold">{held(holder, pack)}</b>
      <span className="truncate text-14 text-muted">
        <bdi>{[holder.code, ...holder.addressLines].join(', ')}</bdi>
      </span>
      {holder.isOld ? (
        <Badge tone="warn" icon={<TriangleAlert size={14} aria-hidden />}>
          {age(holder)}
        </Badge>
      ) : (
        <span className="text-end text-14 text-muted">{age(holder)}</span>
      )}
    </ChoiceRow>
  );
}
