import { useEffect, useRef, useState } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';

/** The line that was added or grew last, and the revision that did it: what flashes. */
export interface Grown {
  readonly lineId: string;
  readonly revision: number;
}

/** Null until something is added while this is watching: a sale that was there already does not flash. */
export function useGrown(cart: CartView): Grown | null {
  const before = useRef(cart);
  const [grown, setGrown] = useState<Grown | null>(null);
  useEffect(() => {
    const lineId = grownLine(before.current, cart);
    before.current = cart;
    if (lineId !== null) setGrown({ lineId, revision: cart.revision });
  }, [cart]);
  return grown;
}

/** The line of `after` that is new or holds more than in `before`; of several the last. */
export function grownLine(before: CartView, after: CartView): string | null {
  const was = new Map(before.lines.map(({ lineId, qtyBase }) => [lineId, qtyBase]));
  return after.lines.findLast(({ lineId, qtyBase }) => qtyBase > (was.get(lineId) ?? 0))?.lineId ?? null;
}
