import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the keyboard's place in a list whose rows leave when their button is pressed: the button that comes into the
 * place of the one that went gets the focus, or the last one.
 */
export function useKeepPlace(list: RefObject<HTMLElement | null>): { readonly remember: () => void } {
  const place = useRef<{ readonly button: Element; readonly index: number } | null>(null);
  useEffect(() => {
    const kept = place.current;
    if (!kept || kept.button.isConnected) return;
    place.current = null;
    if (document.activeElement !== document.body) return;
    const buttons = buttonsIn(list.current);
    buttons[Math.min(kept.index, buttons.length - 1)]?.focus();
  });
  return {
    remember: () => {
      const buttons = buttonsIn(list.current);
      const index = buttons.findIndex((one) => one.matches(':focus'));
      const button = buttons[index];
      place.current = button ? { button, index } : null;
    },
  };
}

const buttonsIn = (list: HTMLElement | null): HTMLElement[] =>
  list ? [...list.querySelectorAll<HTMLElement>('button[data-settles]')] : [];
