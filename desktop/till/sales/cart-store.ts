import { z } from 'zod';
import { type Cart, emptyCart } from '#shared/sales/cart.ts';
import type { Store } from '../store/store.ts';

const CURRENT = 'current';

/** The sale in progress on disk: read at every command, written in the transaction of every change. */
export function createCartStore({ db, clock }: Pick<Store, 'db' | 'clock'>) {
  const select = db.prepare<[string], { content: string }>(`SELECT content FROM cart WHERE id = ?`);
  const upsert = db.prepare(
    `INSERT INTO cart (id, content, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at`,
  );
  // What was read or written last: the row decides, this only saves parsing the same text again.
  let last: { readonly content: string; readonly cart: Cart } = { content: '', cart: emptyCart };
  return {
    read(): Cart {
      const row = select.get(CURRENT);
      if (!row) return emptyCart;
      if (row.content !== last.content)
        last = { content: row.content, cart: cartSchema.parse(JSON.parse(row.content)) };
      return last.cart;
    },
    write(cart: Cart): void {
      last = { content: JSON.stringify(cart), cart };
      upsert.run(CURRENT, last.content, clock.nowMs());
    },
  };
}

const picked = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scanned'), batchId: z.string(), expiresOn: z.string().nullable() }),
  z.object({ kind: z.literal('unlisted'), batchId: z.string(), code: z.string(), expiresOn: z.string() }),
]);
const given = z.object({
  discount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('percent'), ratePct3: z.int() }),
    z.object({ kind: z.literal('amount'), minor: z.int() }),
  ]),
  reason: z.string(),
  authorisedBy: z.string().nullable(),
});
const lines = z.array(
  z.object({
    lineId: z.string(),
    packId: z.string(),
    freeBase: z.int(),
    picks: z.array(z.object({ batch: picked, qtyBase: z.int() })),
    discount: given.optional(),
    typedPriceMinor: z.int().optional(),
    note: z.string().optional(),
  }),
);
const head = z.object({
  customerId: z.string().optional(),
  note: z.string().optional(),
  discount: given.optional(),
  coupons: z.array(z.string()).optional(),
  points: z.int().optional(),
  heldId: z.string().optional(),
});
/** What a held sale keeps of a cart, as another till may have written it. */
export const heldContent = z.object({
  lines,
  head: head.nullable(),
  shown: z.array(z.object({ lineId: z.string(), packPriceMinor: z.int() })),
});

const cartSchema = z.object({
  revision: z.int(),
  lines,
  head: head.optional(),
  lastLineId: z.string().nullable(),
  past: z.array(z.object({ at: z.int(), count: z.int(), lines, head: head.optional() })),
  done: z.array(z.string()),
});
