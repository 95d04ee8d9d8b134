import { useEffect, useRef } from 'react';
import { type Chord, chordsOf } from '../keys/chord.ts';
import { unclaimed } from '../keys/command-keys.tsx';

/**
 * Keys that mean something on this screen alone, beside the till's own commands. Not while a dialog is open, and none
 * that the element in focus takes itself: Enter on a button is that button's.
 */
export function useScreenKeys(keys: Readonly<Record<Chord, () => void>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented && !unclaimed.has(event)) return;
      if (event.isComposing || document.querySelector('[role="dialog"]')) return;
      if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
      const chord = chordsOf(event).find((one) => current.current[one]);
      if (chord === undefined) return;
      event.preventDefault();
      if (!event.repeat) current.current[chord]?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
