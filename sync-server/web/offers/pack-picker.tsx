import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Plus, Search, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { IconButton } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Money } from '#shared/ui/money.tsx';
import { type Hq, hqQuery } from '../hq.ts';
import { TallMan } from '../parts/tall-man.tsx';
import type { OfferPack } from './offer-words.ts';

type Hit = Hq['catalog']['search']['rows'][number];

/** Packs chosen by search: Enter takes the first that was found and is not chosen yet. */
export function PackPicker({
  label,
  chosen,
  error,
  onChange,
}: {
  readonly label: string;
  readonly chosen: readonly OfferPack[];
  readonly error?: string | undefined;
  readonly onChange: (packs: readonly OfferPack[]) => void;
}) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const hits = useHits(typed).filter((hit) => !chosen.some(({ packId }) => packId === hit.packId));
  const take = ({ packId, brand, label: size }: Hit) => {
    onChange([...chosen, { packId, brand, label: size }]);
    setTyped('');
  };
  return (
    <div className="grid gap-2">
      <Field
        label={label}
        size={32}
        type="search"
        autoComplete="off"
        placeholder={t`Name, substance or code`}
        lead={<Search size={16} aria-hidden className="text-faint" />}
        value={typed}
        error={error}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (hits[0]) take(hits[0]);
        }}
      />
      {hits.length > 0 && (
        <ul className="m-0 grid list-none rounded-6 border border-line p-0">
          {hits.map((hit) => (
            <HitRow key={hit.packId} hit={hit} onTake={() => take(hit)} />
          ))}
        </ul>
      )}
      {chosen.length > 0 && (
        <ul aria-label={t`Chosen packs`} className="m-0 flex list-none flex-wrap gap-1.5 p-0">
          {chosen.map((pack) => (
            <ChosenPack
              key={pack.packId}
              pack={pack}
              onRemove={() => onChange(chosen.filter(({ packId }) => packId !== pack.packId))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** What the catalogue finds for two letters and more. */
function useHits(typed: string): readonly Hit[] {
  const text = useDeferredValue(typed.trim());
  const found = useQuery(
    hqQuery.catalog.search.queryOptions({
      input: { text, limit: 6 },
      enabled: text.length >= 2,
      placeholderData: keepPreviousData,
    }),
  );
  return typed.trim().length >= 2 ? (found.data?.rows ?? []) : [];
}

function HitRow({ hit, onTake }: { readonly hit: Hit; readonly onTake: () => void }) {
  return (
    <li className="border-b border-line-soft last:border-b-0">
      <button
        type="button"
        onClick={onTake}
        className="flex min-h-8 w-full items-center gap-2 px-2.5 text-start hover:bg-surface-2"
      >
        <Plus size={14} aria-hidden className="flex-none text-faint" />
        <span className="min-w-0 truncate">
          <TallMan brand={hit.brand} tallMan={hit.tallMan} />
        </span>
        <bdi className="flex-none text-muted">{hit.label}</bdi>
        <span className="ms-auto">{hit.priceMinor === null ? '–' : <Money minor={hit.priceMinor} />}</span>
      </button>
    </li>
  );
}

function ChosenPack({ pack, onRemove }: { readonly pack: OfferPack; readonly onRemove: () => void }) {
  const { t } = useLingui();
  const name = `${pack.brand}, ${pack.label}`;
  return (
    <li className="flex items-center rounded-6 bg-surface-2 ps-2.5">
      <bdi>{name}</bdi>
      <IconButton label={t`Remove ${name}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
