import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ChoiceList } from '#shared/ui/choice-list.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Keys } from '#shared/ui/kbd.tsx';
import { Quantity } from '#shared/ui/money.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { setDesk, useDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { describe } from '../sell/article.tsx';
import { HolderRow } from './holder-row.tsx';
import { type Elsewhere, useElsewhere } from './use-elsewhere.ts';
import { useCountWords } from './words.ts';

/** Shift+F7: which other stores have the pack in sight, how much, and as of when. Works without HQ. */
export function ElsewhereDialog() {
  const packId = useDesk((desk) => desk.elsewhereOf);
  return packId === null ? null : <OpenDialog key={packId} packId={packId} />;
}

function OpenDialog({ packId }: { readonly packId: string }) {
  const { t } = useLingui();
  const found = useElsewhere(packId);
  const leave = () => setDesk({ overlay: null, elsewhereOf: null });
  useCommands({ back: leave, elsewhere: leave }, true);
  if (found === null) return null;
  return (
    <Dialog open width={680} title={t`Other stores`} onClose={leave} footer={<Foot />}>
      {found === false ? (
        <ErrorState title={t`The till did not answer`} />
      ) : (
        <>
          <Asked found={found} />
          <Holders found={found} />
        </>
      )}
    </Dialog>
  );
}

function Asked({ found }: { readonly found: Elsewhere }) {
  const { name, onHandBase, packSize, weighed } = found;
  return (
    <div className="flex items-baseline gap-4 pb-3">
      <p className="min-w-0 flex-1">
        <b className="block truncate font-semibold">
          <bdi>{name}</bdi>
        </b>
        <span className="block truncate text-14 text-muted">
          <bdi>{describe(found)}</bdi>
        </span>
      </p>
      <p className="text-14">
        {onHandBase > 0 ? (
          <Trans>
            Here: <Quantity qtyBase={onHandBase} packSize={packSize} weighed={weighed} /> on hand
          </Trans>
        ) : (
          <span className="text-stop">
            <Trans>None here</Trans>
          </span>
        )}
      </p>
    </div>
  );
}

function Holders({ found: { holders, without, unknown, ...pack } }: { readonly found: Elsewhere }) {
  const { t } = useLingui();
  const counts = useCountWords();
  const [chosen, setChosen] = useState(0);
  if (holders.length === 0)
    return (
      <EmptyState title={without > 0 ? t`No other store has it` : t`Nothing is known of other stores`}>
        {unknown > 0 && counts.unknown(unknown)}
        {without + unknown === 0 && <Trans>This is the only store.</Trans>}
      </EmptyState>
    );
  return (
    <>
      <ChoiceList
        id="holder"
        label={t`Other stores`}
        count={holders.length}
        chosen={chosen}
        onChoose={setChosen}
        className="max-h-[42vh] border-t border-line-soft"
      >
        {holders.map((holder, i) => (
          <HolderRow
            key={holder.storeId}
            {...{ holder, pack, index: i, chosen: i === chosen, onChoose: setChosen }}
          />
        ))}
      </ChoiceList>
      <p className="pt-3 text-14 text-muted">
        {without > 0 && counts.without(without)} {unknown > 0 && counts.unknown(unknown)}
      </p>
    </>
  );
}

function Foot() {
  return (
    <>
      <span>
        <Trans>What HQ told this till last. Ring the store before you send somebody.</Trans>
      </span>
      <span className="ms-auto flex items-center gap-1">
        <Keys keys="Esc" /> <Trans>back</Trans>
      </span>
    </>
  );
}
