import type { PricedLine, PricingError } from './cart-pricing.ts';
import type { HeldContent } from './held-content.ts';

/** What is no longer as it was when a sale was put aside, by line. Prices of one pack, in minor units. */
export type HeldChange = { readonly lineId: string; readonly name: string } & (
  | { readonly kind: 'price'; readonly wasMinor: number; readonly isMinor: number }
  /** Not sold any more, or without a price: left out. */
  | { readonly kind: 'left-out' }
  | { readonly kind: 'short'; readonly missingBase: number }
  /** Its batch may not be handed over any more: expired, recalled, quarantined. */
  | { readonly kind: 'stopped'; readonly why: string }
);

/** How each line stands today: priced, or why it cannot be. */
export type LineToday =
  | { readonly ok: true; readonly value: PricedLine }
  | { readonly ok: false; readonly error: PricingError };

/** What changed since a sale was put aside, in the order of its lines; nothing where all is as it was. */
export function heldChanges(
  content: HeldContent,
  today: (lineId: string) => LineToday,
): readonly HeldChange[] {
  return content.lines.flatMap(({ lineId, packId }) => {
    const now = today(lineId);
    if (!now.ok) {
      const name = now.error.code === 'NO_PRICE' ? now.error.name : packId;
      return [{ lineId, name, kind: 'left-out' as const }];
    }
    const { pack, stopped, shortBase } = now.value;
    const about = { lineId, name: pack.name };
    const wasMinor = content.shown.find((line) => line.lineId === lineId)?.packPriceMinor;
    const changes: HeldChange[] = [];
    if (wasMinor !== undefined && wasMinor !== pack.priceMinor)
      changes.push({ ...about, kind: 'price', wasMinor, isMinor: pack.priceMinor });
    if (stopped) changes.push({ ...about, kind: 'stopped', why: stopped.why });
    if (shortBase > 0) changes.push({ ...about, kind: 'short', missingBase: shortBase });
    return changes;
  });
}

/** The end of a held sale that counts, and those that came second while tills were apart: by instant, then id. */
export function firstEnd<E extends { readonly at: number; readonly id: string }>(
  ends: readonly E[],
): E | null {
  const [first] = ends.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return first ?? null;
}
