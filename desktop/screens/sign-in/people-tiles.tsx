import { useLingui } from '@lingui/react/macro';
import { Cross } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useEffect, useRef } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { cx } from '#shared/ui/cx.ts';
import { Keys } from '#shared/ui/kbd.tsx';
import { Face } from '../frame/face.tsx';

/**
 * The people of this store, the first nine by number, with Alt while digits are a PIN's; arrow keys reach all of them.
 * Who may hand over what needs a pharmacist has a mark.
 */
export function PeopleTiles({
  people,
  chosen,
  onChoose,
}: {
  readonly people: readonly PersonTile[];
  readonly chosen: PersonTile | null;
  readonly onChoose: (personId: string) => void;
}) {
  const { t } = useLingui();
  const typing = chosen !== null;
  useNumbers(typing, (n) => {
    const person = people[n - 1];
    if (person) onChoose(person.personId);
  });
  return (
    <RadioGroup.Root
      aria-label={t`People`}
      value={chosen?.personId ?? ''}
      onValueChange={onChoose}
      className="grid grid-cols-2 gap-3 max-[560px]:grid-cols-1"
    >
      {people.map((person, i) => {
        const isChosen = person === chosen;
        return (
          <RadioGroup.Item
            key={person.personId}
            value={person.personId}
            className={cx(
              'flex h-24 items-center gap-4 rounded-10 border px-4 text-start low:h-16',
              people.length > 8 && 'h-[72px]',
              isChosen
                ? 'border-brand bg-brand-soft inset-ring-2 inset-ring-brand'
                : 'border-line bg-surface hover:bg-surface-2',
            )}
          >
            <Face name={person.name} size={48} chosen={isChosen} />
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-2 font-semibold">
                <bdi className="truncate">{person.name}</bdi>
                {person.pharmacist && (
                  <Cross
                    role="img"
                    aria-label={t`Pharmacist`}
                    size={16}
                    className="flex-none fill-ok text-ok"
                  />
                )}
              </span>
              <bdi className="block truncate text-14 text-muted">{person.roleName}</bdi>
            </span>
            {i < 9 && <Keys keys={typing ? `Alt+${i + 1}` : String(i + 1)} />}
          </RadioGroup.Item>
        );
      })}
    </RadioGroup.Root>
  );
}

/** The digits 1 to 9 while nobody is chosen; afterwards they are the PIN's, and with Alt they choose somebody else. */
function useNumbers(typing: boolean, onNumber: (n: number) => void): void {
  const current = useRef({ typing, onNumber });
  useEffect(() => {
    current.current = { typing, onNumber };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey) return;
      // With Alt some layouts give another character: the key is known by its place.
      const n = event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : /^[1-9]$/.exec(event.key)?.[0];
      if (n === undefined || (current.current.typing && !event.altKey)) return;
      event.preventDefault();
      current.current.onNumber(Number(n));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
