import type { Envelope } from './changeset.ts';
import { rowKey } from './plan.ts';

/**
 * Of each changeset, in the order of the log, the stock movements that the log holds before it. The same facts come
 * twice where their author made them again under another incarnation, not knowing that HQ had them. A replica has
 * counted them by then, if only in the sums of a snapshot whose history does not reach back to their rows.
 */
export function countedBefore(
  accepted: readonly { readonly envelope: Envelope }[],
  present: { readonly has: (key: string) => boolean },
): readonly (readonly string[])[] {
  const here = new Set<string>();
  return accepted.map(({ envelope }) =>
    envelope.body.changes.flatMap((change) => {
      if (change.op !== 'insert' || change.t !== 'stock_movement') return [];
      const id = String(change.row.id);
      const key = rowKey(change.t, id);
      const counted = present.has(key) || here.has(key);
      here.add(key);
      return counted ? [id] : [];
    }),
  );
}
