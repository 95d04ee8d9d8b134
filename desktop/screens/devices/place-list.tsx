import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import { NetworkField } from './network-field.tsx';

/** A place where a device may be, as its row says it. */
export interface Place {
  readonly address: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly detail: string;
  /** What it is used for, as a badge. */
  readonly use: ReactNode;
}

/** Where a device may be: what was found, and a field for an address, which nothing can find. N goes to the field. */
export function PlaceList({
  id,
  label,
  places,
  chosen,
  field: { label: fieldLabel, hint },
  typing,
  onChoose,
  onAdd,
  onTyping,
}: {
  readonly id: string;
  readonly label: string;
  readonly places: readonly Place[];
  /** The index of the row; -1 where none is. */
  readonly chosen: number;
  readonly field: { readonly label: string; readonly hint: string };
  readonly typing: boolean;
  readonly onChoose: (address: string) => void;
  readonly onAdd: (text: string) => void;
  readonly onTyping: (typing: boolean) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  useScreenKeys(typing ? {} : { KeyN: () => field.current?.querySelector('input')?.focus() });
  if (places.length === 0) return null;
  const choose = (index: number) => {
    const place = places[index];
    if (place) onChoose(place.address);
  };
  const leave = () => list.current?.focus();
  return (
    <>
      <ChoiceList ref={list} {...{ id, label, chosen }} count={places.length} onChoose={choose}>
        {places.map((place, index) => (
          <ChoiceRow
            key={place.address}
            {...{ id, index }}
            chosen={index === chosen}
            onChoose={choose}
            className="flex min-h-target-56 items-center gap-3 px-4"
          >
            <PlaceWords {...place} />
          </ChoiceRow>
        ))}
      </ChoiceList>
      <div ref={field} className="flex-none border-t border-line-soft p-4 low:py-2">
        <NetworkField
          label={fieldLabel}
          hint={hint}
          onAdd={(text) => {
            onAdd(text);
            leave();
          }}
          onTyping={onTyping}
          onLeave={leave}
        />
      </div>
    </>
  );
}

function PlaceWords({ icon: Icon, title, detail, use }: Place) {
  return (
    <>
      <Icon size={20} strokeWidth={1.75} aria-hidden className="flex-none text-muted" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">
          <bdi>{title}</bdi>
        </span>
        <span className="block truncate text-14 text-muted">{detail}</span>
      </span>
      {use}
    </>
  );
}
