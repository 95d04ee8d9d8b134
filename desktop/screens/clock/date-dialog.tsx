import { Trans, useLingui } from '@lingui/react/macro';
import { RadioGroup } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { PersonTile, TimeState } from '#shared/auth/calls.ts';
import { cx } from '#shared/ui/cx.ts';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { Face } from '../frame/face.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { PeopleTiles } from '../sign-in/people-tiles.tsx';
import { PinField } from '../sign-in/pin-field.tsx';
import { type Right, useConfirmDate } from './use-confirm-date.ts';

type Question = NonNullable<TimeState['confirm']>;

/** Which date is right, who says so, and the PIN: three steps by number, Esc goes back one. */
export function DateDialog({
  question,
  people,
  onClose,
}: {
  readonly question: Question;
  readonly people: readonly PersonTile[];
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const [right, setRight] = useState<Right | null>(null);
  const [personId, setPersonId] = useState<string | null>(null);
  const person = people.find((one) => one.personId === personId) ?? null;
  const { confirm, problem, words, forget } = useConfirmDate(onClose);
  const back = () => {
    forget();
    if (person) setPersonId(null);
    else if (right) setRight(null);
    else onClose();
  };
  useCommands({ back }, true);
  useDigits(person === null, (n) => {
    const one = people[n - 1];
    if (right && one) setPersonId(one.personId);
    const date = (['clock', 'till'] as const)[n - 1];
    if (!right && date && (date === 'till' || question.clockMayBeRight)) setRight(date);
  });
  return (
    <Dialog open width={680} title={t`Which date is right?`} onClose={onClose} onBack={back}>
      <Dates question={question} chosen={right} onChoose={setRight} />
      {right && (
        <>
          <p className="pt-5 pb-3 text-muted">
            <Trans>Who may change settings answers for it with a PIN. It is kept in the audit.</Trans>
          </p>
          {!person && <PeopleTiles people={people} chosen={null} onChoose={setPersonId} />}
        </>
      )}
      {right && person && (
        <div className="grid justify-items-center">
          <Face name={person.name} size={56} chosen />
          <h3 className="text-20 font-semibold">
            <bdi>{person.name}</bdi>
          </h3>
          <PinField
            key={person.personId}
            name={person.name}
            problem={problem}
            onPin={(pin) => confirm({ personId: person.personId, pin, right })}
          />
        </div>
      )}
      <p role="alert" className="text-center text-14 font-semibold text-stop">
        {words}
      </p>
    </Dialog>
  );
}

function Dates({
  question,
  chosen,
  onChoose,
}: {
  readonly question: Question;
  readonly chosen: Right | null;
  readonly onChoose: (right: Right) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { clockMs, tillMs, clockMayBeRight } = question;
  const dates = [
    {
      right: 'clock' as const,
      day: format.day(clockMs),
      from: clockMayBeRight
        ? t`as this machine’s clock says`
        : t`as this machine’s clock says; HQ has been later already`,
      off: !clockMayBeRight,
    },
    {
      right: 'till' as const,
      day: format.day(tillMs),
      from: t`as the till has gone on counting`,
      off: false,
    },
  ];
  const first = useRef<HTMLButtonElement>(null);
  // Coming back from the next step, the keys are here again.
  useEffect(() => {
    if (chosen === null) first.current?.focus();
  }, [chosen]);
  return (
    <RadioGroup.Root
      aria-label={t`Which date is right?`}
      value={chosen ?? ''}
      onValueChange={(value) => onChoose(value === 'clock' ? 'clock' : 'till')}
      className="grid grid-cols-2 gap-3 max-[560px]:grid-cols-1"
    >
      {dates.map(({ right, day, from, off }, i) => (
        <RadioGroup.Item
          key={right}
          ref={off || (i === 1 && clockMayBeRight) ? undefined : first}
          value={right}
          disabled={off}
          className={cx(
            'flex min-h-24 items-center gap-4 rounded-10 border px-4 py-2 text-start low:min-h-16',
            right === chosen
              ? 'border-brand bg-brand-soft inset-ring-2 inset-ring-brand'
              : 'border-line bg-surface',
            off && 'bg-surface-2 text-muted',
          )}
        >
          <span className="min-w-0 flex-1">
            <span className="block text-28 font-semibold tracking-tight">
              <bdi>{day}</bdi>
            </span>
            <span className="block text-14 text-muted">{from}</span>
          </span>
          {!off && <Kbd>{String(i + 1)}</Kbd>}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

/** The digits, of the date and then of the person; afterwards they are the PIN's. Nothing behind the dialog gets them. */
function useDigits(on: boolean, onDigit: (n: number) => void): void {
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      onDigit(Number(event.key));
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [on, onDigit]);
}
