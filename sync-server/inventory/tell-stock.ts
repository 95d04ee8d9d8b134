import type { Pool } from 'pg';
import { type BatchDecision, batchStatus } from '#shared/inventory/batch-state.ts';
import {
  type Countable,
  isAgeDue,
  isSameTold,
  shareId,
  type ToldShares,
  toldShares,
} from '#shared/inventory/elsewhere.ts';
import { firstAllowedExpiry } from '#shared/inventory/expiry.ts';
import type { ToldStock } from '#shared/inventory/tables-elsewhere.ts';
import { localDate } from '#shared/kernel/zone.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';

/** A store as this job sees it; `dataTo` is how far HQ's figures of it reach (UTC ms), null while a till is unheard. */
export type HeardStore = {
  readonly id: string;
  readonly code: string;
  readonly zone: string;
  readonly minShelfLifeDays: number;
  readonly dataTo: number | null;
};

/** Packs read at once: parsed in one go. */
const FETCH = 200;
/** A changeset is closed with so many rows or so many bytes: a till applies one in a slice, the cashier first. */
const MOST_ROWS = 100;
const MOST_BYTES = 64 * 1024;

/**
 * Tells all tills what each store has to sell of each pack (docs/decisions/0011): what may be sold today by FEFO's rules,
 * in steps, and only what is told otherwise than last time. `stores` must have been read before, so that the figures are
 * no older than `dataTo` says; their times go last, so that none is told before its figures. Can be cut off anywhere and
 * run again. Answers what it told.
 */
export async function tellStock(
  pool: Pool,
  { stores, nowMs }: { readonly stores: readonly HeardStore[]; readonly nowMs: number },
): Promise<{ rows: number; stores: number }> {
  const heard = stores.flatMap((store) =>
    store.dataTo === null ? [] : [{ ...store, dataTo: store.dataTo }],
  );
  const asked: Asked = [
    heard.map(({ id }) => id),
    heard.map(({ code }) => code),
    heard.map(({ zone, minShelfLifeDays }) => firstAllowedExpiry(localDate(nowMs, zone), minShelfLifeDays)),
    await readStopped(pool),
  ];
  const changed = new Set<string>();
  let rows = 0;
  let sheaf: Change[] = [];
  let bytes = 0;
  const close = async () => {
    await write(pool, sheaf);
    sheaf = [];
    bytes = 0;
  };
  for await (const { id, was, is } of changesOfStock(pool, asked)) {
    for (const code of new Set([...Object.keys(was), ...Object.keys(is)]))
      if (was[code] !== is[code]) changed.add(code);
    rows += 1;
    bytes += JSON.stringify(is).length;
    sheaf.push({ t: 'stock_elsewhere', op: 'set', id, cols: { held: is } });
    if (sheaf.length >= MOST_ROWS || bytes >= MOST_BYTES) await close();
  }
  const told = await readTold(pool);
  const due = heard.filter(({ id, code, dataTo }) =>
    isAgeDue(dataTo, { toldAsOf: told.get(id) ?? null, changed: changed.has(code) }),
  );
  for (const { id, dataTo } of due)
    sheaf.push({ t: 'stock_elsewhere_store', op: 'set', id, cols: { asOf: dataTo } });
  await close();
  return { rows, stores: due.length };
}

const write = (pool: Pool, changes: readonly Change[]): Promise<void> =>
  inTransaction(pool, (client) => writeChanges(client, { actor: 'hq', type: 'stock-elsewhere' }, changes));

/** Store ids, their codes, the first expiry each may sell, and the batches nobody may. */
type Asked = readonly [string[], string[], string[], string[]];
type StockRow = Countable & {
  readonly packId: string;
  readonly onHand: ToldStock | null;
  readonly told: ToldShares | null;
};

type ToldAnew = { readonly id: string; readonly was: ToldStock; readonly is: ToldStock };

/** What is to be told otherwise, out of one reading of all books: by hash joins, which take a tenth of look-ups by pack. */
async function* changesOfStock(pool: Pool, asked: Asked): AsyncGenerator<ToldAnew> {
  const client = await pool.connect();
  let done = false;
  try {
    await client.query('BEGIN READ ONLY');
    await client.query(`DECLARE stock NO SCROLL CURSOR FOR ${STOCK}`, [...asked]);
    while (!done) {
      const { rows } = await client.query<StockRow>(`FETCH ${FETCH} FROM stock`);
      for (const { packId, onHand, told, ...countable } of rows) {
        const before = told ?? {};
        const now = toldShares(onHand ?? {}, countable);
        for (const share of new Set([...Object.keys(before), ...Object.keys(now)])) {
          const { [share]: was = {} } = before;
          const { [share]: is = {} } = now;
          if (!isSameTold(was, is)) yield { id: shareId(packId, share), was, is };
        }
      }
      done = rows.length < FETCH;
    }
    await client.query('COMMIT');
  } finally {
    // Cut off in the middle, its transaction is still open: it goes with the connection.
    client.release(!done);
  }
}

/** The batches that a recall or a quarantine stops. Few have any decision at all: the rule folds them, not SQL. */
async function readStopped(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<BatchDecision & { readonly batchId: string }>(
    `SELECT batch_id AS "batchId", id, kind, ends_id AS "endsId" FROM batch_decision`,
  );
  return [...Map.groupBy(rows, ({ batchId }) => batchId)].flatMap(([batchId, decisions]) =>
    batchStatus(decisions) === 'sellable' ? [] : [batchId],
  );
}

async function readTold(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ id: string; asOf: number }>(
    `SELECT id, as_of AS "asOf" FROM stock_elsewhere_store`,
  );
  return new Map(rows.map(({ id, asOf }) => [id, asOf]));
}

/**
 * A batch below zero takes from what the others have: goods that are not there are offered to nobody. A row's id ends with
 * its share (`shareId`).
 */
const STOCK = `
  SELECT p.id AS "packId", p.pack_size AS "packSize", p.breakable, sums.on_hand AS "onHand", t.told
    FROM pack p
    LEFT JOIN (
      SELECT left(id, -2) AS pack_id, json_object_agg(right(id, 1), held) AS told FROM stock_elsewhere
       GROUP BY left(id, -2)) AS t ON t.pack_id = p.id
    LEFT JOIN (
      SELECT pack_id, json_object_agg(code, qty) AS on_hand
        FROM (
          SELECT b.pack_id, s.code, sum(h.qty_base) AS qty
            FROM batch b
            JOIN unnest($1::text[], $2::text[], $3::text[]) AS s(id, code, first_expiry) ON s.id = b.store_id
            JOIN on_hand h ON h.store_id = b.store_id AND h.batch_id = b.id
           WHERE NOT b.deleted AND b.expires_on >= s.first_expiry
             AND h.qty_base <> 0 AND b.id <> ALL ($4::text[])
           GROUP BY b.pack_id, s.code HAVING sum(h.qty_base) > 0) AS by_store
       GROUP BY pack_id) AS sums ON sums.pack_id = p.id
   WHERE sums.pack_id IS NOT NULL OR t.pack_id IS NOT NULL`;
