import { id, int, json, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import type { HeldContent } from './held-content.ts';

/** A sale put aside, at every counter of the store. It waits until a `held_end` names it. */
export const heldSale = defineTable(
  'held_sale',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    name: text(),
    /** What the hands did, and the prices that were shown: what is different when it is recalled is said. */
    content: json<HeldContent>(),
    lineCount: int(),
    totalMinor: int(),
    customerId: textOpt(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['till'], indexes: [['at']] },
);

/** A held sale taken up again or given up. Two of them for one held sale: it was recalled twice while apart. */
export const heldEnd = defineTable(
  'held_end',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    heldId: text(),
    kind: oneOf('recalled', 'discarded'),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['till'], indexes: [['heldId']] },
);
