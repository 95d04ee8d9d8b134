import { useLingui } from '@lingui/react/macro';
import { RadioGroup } from 'radix-ui';
import { useEffect } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { cx } from '#shared/ui/cx.ts';
import { Kbd } from '#shared/ui/kbd.tsx';
import { Face } from '../frame/face.tsx';

/** The people of this store, the first nine by number; arrow keys reach all of them. */
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
  useNumbers(chosen === null, (n) => {
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
              <bdi className="block truncate font-semibold">{person.name}</bdi>
              <bdi className="block truncate text-14 text-muted">{person.roleName}</bdi>
            </span>
            {i < 9 && <Kbd>{String(i + 1)}</Kbd>}
          </RadioGroup.Item>
        );
      })}
    </RadioGroup.Root>
  );
}

/** The digits 1 to 9 while nobody is chosen; afterwards they are the PIN's. */
function useNumbers(on: boolean, onNumber: (n: number) => void): void {
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
      event.preventDefault();
      onNumber(Number(event.key));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [on, onNumber]);
}
