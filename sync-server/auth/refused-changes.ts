import type pg from 'pg';
import type { Quarantined, RefusedChange } from '#shared/auth/sync-health.ts';
import type { Change, Row } from '#shared/replica/changeset.ts';
import { hlcMs, zeroHlc } from '#shared/replica/hlc.ts';
import { idOf, keyOf, type Readable, readRows, wantedOf, whole } from './refused-subjects.ts';

/** Changes shown of one changeset; an import's part has 500. */
const MOST = 30;
const LONGEST = 200;

/** Column by column, what HQ has now and what the changeset wants. */
export async function readChanges(
  pool: pg.Pool,
  envelope: Readable | null,
): Promise<Pick<Quarantined, 'changes' | 'moreChanges'>> {
  const all = envelope?.body.changes ?? [];
  const shown = all.slice(0, MOST);
  const rows = await readRows(pool, shown);
  return {
    changes: shown.map((change) => compared(change, rows.get(keyOf(change)), envelope?.hlc ?? zeroHlc)),
    moreChanges: all.length - shown.length,
  };
}

function compared(change: Change, atHq: Row | undefined, madeHlc: string): RefusedChange {
  const columns = Object.entries(wantedOf(change)).filter(([column]) => column !== 'id');
  return {
    table: change.t,
    op: change.op,
    id: idOf(change),
    columns: columns.map(([column, wanted]) => ({
      column,
      atHq: shownOf(atHq?.[column]),
      wanted: shownOf(wanted),
    })),
    changedSince: changedSince(atHq?.stamps, madeHlc),
  };
}

/** When the last write of a register row was made, if that was after `madeHlc`: stamps begin with the writer's HLC. */
function changedSince(stamps: unknown, madeHlc: string): number | null {
  if (typeof stamps !== 'object' || stamps === null) return null;
  const last = Object.values(stamps)
    .map((stamp) => String(stamp).slice(0, zeroHlc.length))
    .reduce((latest, hlc) => (hlc > latest ? hlc : latest), zeroHlc);
  return last > madeHlc ? hlcMs(last) : null;
}

function shownOf(value: unknown): RefusedChange['columns'][number]['atHq'] {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, LONGEST);
}

/** Of a refused price: what the till that asked for it has sold at it since. Those sales stand. */
export async function soldAtPrice(
  pool: pg.Pool,
  { body, at }: Readable,
  tillId: string,
): Promise<Quarantined['soldSince']> {
  const [change] = body.changes;
  if (change?.t !== 'price' || change.op !== 'set') return null;
  const priceMinor = whole(change.cols.priceMinor);
  const packId = change.cols.packId ?? (await readRows(pool, [change])).get(keyOf(change))?.packId;
  if (priceMinor === null || typeof packId !== 'string') return null;
  const { rows } = await pool.query<{ qtyBase: number; packSize: number }>(
    `SELECT sum(l.qty_base)::bigint AS "qtyBase", max(l.pack_size) AS "packSize"
       FROM sale_line l JOIN sale s ON s.id = l.sale_id
      WHERE l.pack_id = $1 AND l.pack_price_minor = $2 AND s.till_id = $3 AND s.at >= $4 HAVING count(*) > 0`,
    [packId, priceMinor, tillId, at],
  );
  const sold = rows[0];
  return sold ? { ...sold, priceMinor } : null;
}
