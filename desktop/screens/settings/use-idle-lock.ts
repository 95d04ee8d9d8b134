import { useEffect } from 'react';
import { create } from 'zustand';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { lockTill } from '../use-counter.ts';

/** Minutes to the lock, and from there until nobody is waited for; null until the till has said it. */
export const useIdleMinutes = create<{ readonly minutes: number | null; readonly signOut: number | null }>(
  () => ({ minutes: null, signOut: null }),
);

/** Locks the counter when nobody has touched it for as long as its settings say; the sale stays on the till's disk. */
export function useIdleLock(personId: string): void {
  const till = useTill();
  const { minutes } = useIdleMinutes();
  useEffect(() => {
    void answerOf(till.client.auth.counterSettings()).then((answer) => {
      if (!answer.ok) return;
      const { idleLockMinutes, signOutMinutes } = answer.value;
      useIdleMinutes.setState({ minutes: idleLockMinutes, signOut: signOutMinutes });
    });
  }, [till]);
  useEffect(() => {
    if (!minutes) return;
    let timer: number | undefined;
    const again = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => lockTill(till, personId), minutes * 60_000);
    };
    again();
    // A scan comes in as keys, and a serial scanner's as a change of the sale.
    const forget = till.cart.subscribe(again);
    for (const sign of SIGNS) window.addEventListener(sign, again, { capture: true, passive: true });
    return () => {
      window.clearTimeout(timer);
      forget();
      for (const sign of SIGNS) window.removeEventListener(sign, again, { capture: true });
    };
  }, [till, personId, minutes]);
}

const SIGNS = ['keydown', 'pointerdown', 'wheel'] as const;
