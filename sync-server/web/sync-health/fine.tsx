import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

/** Nothing is wrong here, in words. */
export function Fine({ children }: { readonly children: ReactNode }) {
  return (
    <p className="flex items-center gap-2.5 px-4 pb-3.5 text-muted">
      <Check size={16} aria-hidden className="flex-none text-ok" />
      {children}
    </p>
  );
}
