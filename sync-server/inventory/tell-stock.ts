import type { Pool } from 'pg';
import { type BatchDecision, batchStatus } from '#shared/inventory/batch-state.ts';
import { type Countable, isAgeDue, isSameTold, toldStock } from '#shared/inventory/elsewhere.ts';
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

/** Packs looked at in one statement. */
const PAGE = 500;
/** A changeset is closed with so many packs or so many bytes: a till applies one in a slice, the cashier first. */
const MOST_PACKS = 100;
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
): Promise<{ packs: number; stores: number }> {
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
  let packs = 0;
  let sheaf: Change[] = [];
  let bytes = 0;
  const close = async () => {
    await write(pool, sheaf);
    sheaf = [];
    bytes = 0;
  };
  for await (const { packId, was, is } of changesOfStock(pool, asked)) {
    for (const code of new Set([...Object.keys(was), ...Object.keys(is)]))
      if (was[code] !== is[code]) changed.add(code);
    packs += 1;
    bytes += JSON.stringify(is).length;
    sheaf.push({ t: 'stock_elsewhere', op: 'set', id: packId, cols: { held: is } });
    if (sheaf.length >= MOST_PACKS || bytes >= MOST_BYTES) await close();
  }
  const told = await readTold(pool);
  const due = heard.filter(({ id, code, dataTo }) =>
    isAgeDue(dataTo, { toldAsOf: told.get(id) ?? null, changed: changed.has(code) }),
  );
  for (const { id, dataTo } of due)
    sheaf.push({ t: 'stock_elsewhere_store', op: 'set', id, cols: { asOf: dataTo } });
  await close();
  return { packs, stores: due.length };
}

const write = (pool: Pool, changes: readonly Change[]): Promise<void> =>
  inTransaction(pool, (client) => writeChanges(client, { actor: 'hq', type: 'stock-elsewhere' }, changes));

/** Store ids, their codes, the first expiry each may sell, and the batches nobody may. */
type Asked = readonly [string[], string[], string[], string[]];
type Page = Countable & {
  readonly packId: string;
  readonly onHand: ToldStock | null;
  readonly told: ToldStock | null;
};

async function* changesOfStock(
  pool: Pool,
  asked: Asked,
): AsyncGenerator<{ readonly packId: string; readonly was: ToldStock; readonly is: ToldStock }> {
  let after = '';
  for (;;) {
    const { rows } = await pool.query<Page>({
      name: 'stock to tell',
      text: STOCK,
      values: [...asked, after, PAGE],
    });
    for (const { packId, onHand, told, ...countable } of rows) {
      const was = told ?? {};
      const is = toldStock(onHand ?? {}, countable);
      if (!isSameTold(was, is)) yield { packId, was, is };
      after = packId;
    }
    if (rows.length < PAGE) return;
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

/** A batch below zero takes from what the others have: goods that are not there are offered to nobody. */
const STOCK = `
  SELECT p.id AS "packId", p.pack_size AS "packSize", p.breakable, sums.on_hand AS "onHand", t.held AS told
    FROM (SELECT id, pack_size, breakable FROM pack WHERE id > $5 ORDER BY id LIMIT $6) p
    LEFT JOIN stock_elsewhere t ON t.id = p.id
    LEFT JOIN LATERAL (
      SELECT json_object_agg(code, qty) AS on_hand
        FROM (
          SELECT s.code, sum(h.qty_base) AS qty
            FROM batch b
            JOIN unnest($1::text[], $2::text[], $3::text[]) AS s(id, code, first_expiry) ON s.id = b.store_id
            JOIN on_hand h ON h.store_id = b.store_id AND h.batch_id = b.id
           WHERE b.pack_id = p.id AND NOT b.deleted AND b.expires_on >= s.first_expiry
             AND h.qty_base <> 0 AND b.id <> ALL ($4::text[])
           GROUP BY s.code HAVING sum(h.qty_base) > 0) AS by_store) AS sums ON true
   ORDER BY p.id`;
