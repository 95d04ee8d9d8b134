import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { HeldChangeView, HeldView } from '#shared/sales/calls-held.ts';
import { Button } from '#shared/ui/button.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { useHeldWords } from './words.ts';

/** Shift+F4: the sales that wait in this store. Enter takes one up and says what is no longer as it was. */
export function RecallDialog() {
  const { t } = useLingui();
  const { hands, held: live } = useTill();
  const words = useHeldWords();
  const held = useLive(live);
  const [chosen, setChosen] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const [changes, setChanges] = useState<readonly HeldChangeView[] | null>(null);
  const leave = () => setDesk({ overlay: null });
  const at = Math.min(chosen, (held?.length ?? 1) - 1);
  const current = held?.[at];
  const recall = async () => {
    if (!current) return;
    const answer = await hands.recall(current.heldId);
    if (!answer.ok) return setRefused(words.refusal(answer.refusal));
    setDesk({ task: 'sell', chosenLineId: null });
    if (answer.value.changes.length === 0) leave();
    else setChanges(answer.value.changes);
  };
  const discard = async () => {
    if (!current) return;
    const refusal = await hands.discardHeld(current.heldId);
    setRefused(refusal && words.refusal(refusal));
  };
  useCommands({ back: leave, ...(!changes && { remove: () => void discard() }) }, true);
  if (changes) return <Changes changes={changes} onLeave={leave} />;
  return (
    <Dialog open title={t`Held sales`} onClose={leave}>
      {refused !== null && (
        <p role="alert" className="pb-3 font-semibold text-stop">
          {refused}
        </p>
      )}
      {held?.length === 0 && (
        <p className="text-muted">
          <Trans>Nothing is held. F4 puts the sale in progress aside.</Trans>
        </p>
      )}
      <ChoiceList
        id="held"
        label={t`Held sales`}
        count={held?.length ?? 0}
        chosen={at}
        onChoose={setChosen}
        onEnter={() => void recall()}
        className="max-h-[45vh]"
      >
        {held?.map((one, i) => (
          <HeldRow key={one.heldId} held={one} index={i} chosen={i === at} onChoose={setChosen} />
        ))}
      </ChoiceList>
      {current && (
        <div className="flex gap-3 pt-4">
          <Button kind="danger" size={56} keys="Del" onClick={() => void discard()}>
            <Trans>Give up</Trans>
          </Button>
          <Button kind="primary" size={56} grow keys="Enter" onClick={() => void recall()}>
            <Trans>Take up</Trans>
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function HeldRow({
  held,
  index,
  chosen,
  onChoose,
}: {
  readonly held: HeldView;
  readonly index: number;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { lineCount, tillName, personName } = held;
  return (
    <ChoiceRow
      id="held"
      {...{ index, chosen, onChoose }}
      className="flex min-h-16 items-center gap-4 px-4 py-2"
    >
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          <bdi>{held.name === '' ? t`Without a name` : held.name}</bdi>
        </p>
        <p className="truncate text-14 text-muted">
          {t`${plural(lineCount, { one: '# line', other: '# lines' })}`} · <bdi>{format.time(held.at)}</bdi> ·{' '}
          <bdi>{personName}</bdi> · <bdi>{tillName}</bdi>
        </p>
      </div>
      <Money minor={held.totalMinor} className="text-20 font-semibold" />
    </ChoiceRow>
  );
}

function Changes({
  changes,
  onLeave,
}: {
  readonly changes: readonly HeldChangeView[];
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const words = useHeldWords();
  const ok = useRef<HTMLButtonElement>(null);
  return (
    <Dialog open title={t`Not as it was when it was held`} onClose={onLeave} initialFocus={ok}>
      <ul className="grid gap-2 pb-5">
        {changes.map((change) => (
          <li key={`${change.lineId} ${change.kind}`}>
            <bdi className="font-semibold">{change.name}</bdi>: {words.change(change)}
          </li>
        ))}
      </ul>
      <Button ref={ok} kind="primary" size={56} keys="Enter" onClick={onLeave}>
        <Trans>Go on with the sale</Trans>
      </Button>
    </Dialog>
  );
}
