import type { ReactNode } from 'react';

/** What a card is about, at its head; left out where there is no height for it. */
export function CardIcon({ children }: { readonly children: ReactNode }) {
  return (
    <span className="grid size-14 place-items-center rounded-10 bg-brand-soft text-on-brand-soft low:hidden">
      {children}
    </span>
  );
}
