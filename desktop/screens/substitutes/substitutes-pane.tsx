import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { ChoiceList } from '#shared/ui/choice-list.tsx';
import { Money, Quantity } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { type Asked, setDesk } from '../desk.ts';
import { askElsewhere } from '../elsewhere/use-elsewhere.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { useSelling } from '../sell/use-selling.ts';
import { SubstituteRow } from './substitute-row.tsx';
import { type Found, useSubstitutes } from './use-substitutes.ts';

/** What may be handed over instead, best first. Enter puts it in the line's place, or adds it where there is no line. */
export function SubstitutesPane({ asked, onBack }: { readonly asked: Asked; readonly onBack: () => void }) {
  const { t } = useLingui();
  const selling = useSelling();
  const found = useSubstitutes(asked.packId, asked.wantBase);
  const [index, setIndex] = useState(0);
  const rows = found ? found.rows : [];
  const row = rows[index];
  const any = row !== undefined;
  useCommands({ elsewhere: askElsewhere(row?.packId ?? asked.packId) });
  const takeable = any && row.onHandBase >= row.qtyBase && row.amountMinor !== null;

  const take = () => {
    if (!row || !takeable) return;
    const { packId, qtyBase } = row;
    const article = { packId, quantity: { base: qtyBase } };
    const taken = asked.lineId === null ? selling.add(article) : selling.swap(asked.lineId, article);
    void taken.then((ok) => ok && setDesk({ text: '', asked: null }));
  };
  return (
    <Pane
      title={t`Substitutes`}
      aside={found && <bdi>{found.name}</bdi>}
      actions={found && <For found={found} />}
    >
      <ChoiceList
        id="substitute"
        label={t`Substitutes`}
        count={rows.length}
        chosen={index}
        onChoose={setIndex}
        onEnter={take}
      >
        {rows.map((one, i) => (
          <SubstituteRow key={one.packId} row={one} index={i} chosen={i === index} onChoose={setIndex} />
        ))}
      </ChoiceList>
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
function For({ found: { wantBase, packSize, weighed, amountMinor } }: { readonly found: Found }) {
  return (
    <span className="flex gap-2 whitespace-nowrap text-muted">
      <span>
        <Trans>
          for <Quantity qtyBase={wantBase} packSize={packSize} weighed={weighed} />
        </Trans>
      </span>
      {amountMinor !== null && <Money minor={amountMinor} />}
    </span>
  );
}
