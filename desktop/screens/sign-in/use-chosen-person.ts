import { useEffect, useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { useDesk } from '../desk.ts';
import { useIdleMinutes } from '../settings/use-idle-lock.ts';

/**
 * Whose PIN is asked for: who locked the till or whose badge was scanned, until somebody else is chosen or the lock has
 * lasted so long that nobody is waited for any more.
 */
export function useChosenPerson(people: readonly PersonTile[]) {
  const locked = useDesk((desk) => desk.locked);
  const signOut = useIdleMinutes((set) => set.signOut);
  const [personId, choose] = useState(
    () => locked?.personId ?? (people.length === 1 ? people[0]?.personId : null) ?? null,
  );
  const [waits, setWaits] = useState(true);
  useEffect(() => {
    if (!locked || !signOut) return;
    const timer = window.setTimeout(
      () => {
        choose(null);
        setWaits(false);
      },
      locked.atMs + signOut * 60_000 - Date.now(),
    );
    return () => window.clearTimeout(timer);
  }, [locked, signOut]);
  return {
    person: people.find((one) => one.personId === personId) ?? null,
    choose,
    /** False once the lock has lasted too long: the sale is anybody's. */
    waits,
  };
}
