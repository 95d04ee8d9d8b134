import { id, int, json } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';

/** Base units by store code ('S01'), in the steps of elsewhere.ts; a store without any is not in it. */
export type ToldStock = Readonly<Record<string, number>>;

/**
 * What the stores of the chain have of a pack, for the tills of all of them: a row for each pack and sixteenth of the
 * stores (`shareId` in elsewhere.ts). Why it is cut like that: docs/decisions/0011.
 */
export const stockElsewhere = defineTable(
  'stock_elsewhere',
  { id: id(), held: json<ToldStock>() },
  { policy: 'lww', scope: 'org', writers: ['hq'] },
);

/** As of when HQ knew a store's stock (UTC ms) when it told it last: one row per store, its id the store's. */
export const stockElsewhereStore = defineTable(
  'stock_elsewhere_store',
  { id: id(), asOf: int() },
  { policy: 'lww', scope: 'org', writers: ['hq'] },
);
