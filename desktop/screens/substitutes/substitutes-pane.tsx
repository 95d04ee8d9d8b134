import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Money, Quantity } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { type Asked, setDesk } from '../desk.ts';
import { useSelling } from '../sell/use-selling.ts';
import { SubstituteRow } from './substitute-row.tsx';
import { type Found, useSubstitutes } from './use-substitutes.ts';

/** What may be handed over instead, best first. Enter puts it in the line's place, or adds it where there is no line. */
export function SubstitutesPane({ asked, onBack }: { readonly asked: Asked; readonly onBack: () => void }) {
  const { t } = useLingui();
  const selling = useSelling();
  const list = useRef<HTMLDivElement>(null);
  const found = useSubstitutes(asked.packId, asked.wantBase);
  const [index, setIndex] = useState(0);
  const rows = found ? found.rows : [];
  const row = rows[index];
  const any = row !== undefined;
  const takeable = any && row.onHandBase >= row.qtyBase && row.amountMinor !== null;
  useEffect(() => {
    if (any) list.current?.focus();
  }, [any]);

  const take = () => {
    if (!row || !takeable) return;
    const { packId, qtyBase } = row;
    const article = { packId, quantity: { base: qtyBase } };
    const taken = asked.lineId === null ? selling.add(article) : selling.swap(asked.lineId, article);
    void taken.then((ok) => ok && setDesk({ text: '', asked: null }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setIndex(Math.min(Math.max(index + by, 0), rows.length - 1));
    }
    if (event.key === 'Enter' && !event.repeat) take();
  };
  return (
    <Pane
      title={t`Substitutes`}
      aside={found && <bdi>{found.name}</bdi>}
      actions={found && <For found={found} />}
    >
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={t`Substitutes`}
        aria-activedescendant={row && `substitute-${index}`}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto empty:hidden focus-visible:-outline-offset-3"
      >
        {rows.map((one, i) => (
          <SubstituteRow
            key={one.packId}
            row={one}
            id={`substitute-${i}`}
            chosen={i === index}
            onChoose={() => setIndex(i)}
          />
        ))}
      </div>
      {found === false && <ErrorState title={t`The till did not answer`} />}
      {found && rows.length === 0 && (
        <EmptyState title={t`Nothing stands for it here`}>
          <Trans>The catalogue has no other pack with the same generics, strengths and form.</Trans>
        </EmptyState>
      )}
      {any && !takeable && (
        <p
          role="status"
          className="flex-none border-t border-warn-line bg-warn-soft px-4 py-2.5 text-14 text-warn"
        >
          {row.amountMinor === null ? (
            <Trans>It has no price: HQ sets one.</Trans>
          ) : (
            <Trans>Not enough on hand. Is it in your hand? Scan it.</Trans>
          )}
        </p>
      )}
      <div className="flex flex-none gap-3 p-4">
        <Button size={72} keys="Esc" tabIndex={-1} onClick={onBack}>
          <Trans>As before</Trans>
        </Button>
        <Button
          kind="primary"
          size={72}
          grow
          keys="Enter"
          tabIndex={-1}
          disabled={!takeable}
          onClick={take}
          className="min-w-0"
        >
          <span className="truncate text-20">
            {asked.lineId === null ? <Trans>Add it to the sale</Trans> : <Trans>Take it instead</Trans>}
          </span>
        </Button>
      </div>
    </Pane>
  );
}

/** What it stands for: so much, at this price. */
function For({ found: { wantBase, packSize, amountMinor } }: { readonly found: Found }) {
  return (
    <span className="flex gap-2 whitespace-nowrap text-muted">
      <span>
        <Trans>
          for <Quantity qtyBase={wantBase} packSize={packSize} />
        </Trans>
      </span>
      {amountMinor !== null && <Money minor={amountMinor} />}
    </span>
  );
}
