import type { InferContractRouterInputs } from '@orpc/contract';
import type pg from 'pg';
import type { authHqCalls, StoreOverview, TillRow } from '#shared/auth/calls-hq.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { isZone } from '#shared/kernel/zone.ts';
import { incarnationLetter } from '#shared/sales/receipt-number.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';

/** A till unheard for so long is offline: it polls HQ every 20 s. */
const OFFLINE_AFTER_MS = 2 * 60_000;
/** A till that is heard but has had something waiting for so long is lagging. */
const LAGGING_AFTER_MS = 5 * 60_000;

/** The stores with their tills, as HQ last heard of them. */
export async function readStores(pool: pg.Pool, nowMs: number): Promise<StoreOverview[]> {
  const stores = await pool.query<Omit<StoreOverview, 'dataTo' | 'tills'>>(STORES);
  const tills = await pool.query<ContactRow>(TILLS);
  return stores.rows.map((store) => {
    const own = tills.rows.filter((till) => till.storeId === store.id);
    return { ...store, dataTo: dataTo(own), tills: own.map((till) => tillRow(till, nowMs)) };
  });
}

export type Contact = {
  readonly deviceId: string | null;
  readonly lastSeenAt: number | null;
  readonly waiting: number | null;
  readonly oldestAt: number | null;
};
type ContactRow = Contact & {
  readonly storeId: string;
  readonly tillId: string;
  readonly code: string;
  readonly name: string;
  readonly inc: number | null;
  readonly lastPushAt: number | null;
  readonly version: string | null;
  readonly skewMs: number | null;
  readonly behind: number | null;
};

/**
 * How far the figures of a store reach: the least of its enrolled tills. A till that has something waiting reaches as
 * far as the oldest of it, else to its last contact; null while one of them has never been heard of.
 */
export function dataTo(tills: readonly Contact[]): number | null {
  const enrolled = tills.filter((till) => till.deviceId !== null);
  const reaches = enrolled.map((till) =>
    till.waiting && till.oldestAt !== null
      ? Math.min(till.oldestAt, till.lastSeenAt ?? till.oldestAt)
      : till.lastSeenAt,
  );
  if (reaches.length === 0 || reaches.includes(null)) return null;
  return Math.min(...reaches.filter((at) => at !== null));
}

/** How a till stands at `nowMs`. */
export function lagOf(till: Contact, nowMs: number): TillRow['lag'] {
  if (till.deviceId === null || till.lastSeenAt === null) return 'never';
  if (nowMs - till.lastSeenAt > OFFLINE_AFTER_MS) return 'offline';
  const late = till.waiting && till.oldestAt !== null && nowMs - till.oldestAt > LAGGING_AFTER_MS;
  return late ? 'lagging' : 'current';
}

function tillRow(till: ContactRow, nowMs: number): TillRow {
  const {
    tillId,
    code,
    name,
    deviceId,
    inc,
    lastSeenAt,
    lastPushAt,
    waiting,
    oldestAt,
    version,
    skewMs,
    behind,
  } = till;
  const lag = lagOf(till, nowMs);
  return {
    tillId,
    code,
    name,
    enrolled: deviceId !== null,
    incarnation: inc === null ? null : incarnationLetter(inc),
    lastSeenAt,
    lastPushAt,
    // What an unheard till has waiting is not known; what it said last is not it.
    waiting: lag === 'offline' ? null : waiting,
    oldestAt: lag === 'offline' ? null : oldestAt,
    lag,
    version,
    skewMs,
    behind,
  };
}

type Writing = { readonly pool: pg.Pool; readonly ids: Ids };
type Inputs = InferContractRouterInputs<typeof authHqCalls>;
type SaveRefusal = { readonly code: 'CODE_TAKEN' | 'NOT_FOUND' };

/** Creates or edits a store. Its code is part of receipt numbers, so no two stores may share one. */
export async function saveStore(
  { pool, ids }: Writing,
  { input, actor }: { readonly input: Inputs['saveStore']; readonly actor: string },
): Promise<Result<{ id: string }, SaveRefusal | { code: 'BAD_ZONE' }>> {
  const { id: given, ...cols } = input;
  if (!isZone(cols.zone)) return err({ code: 'BAD_ZONE' });
  const id = given ?? ids.next();
  return inTransaction(pool, async (client) => {
    const others = await client.query<{ id: string; code: string }>(
      'SELECT id, code FROM store WHERE NOT deleted AND (id = $1 OR code = $2)',
      [id, cols.code],
    );
    if (given !== undefined && !others.rows.some((row) => row.id === id))
      return err({ code: 'NOT_FOUND' } as const);
    if (others.rows.some((row) => row.id !== id)) return err({ code: 'CODE_TAKEN' } as const);
    await writeChanges(client, { actor, type: 'store' }, [{ t: 'store', op: 'set', id, cols }]);
    return ok({ id });
  });
}

/**
 * Creates or renames a till, or moves it to another store: its devices go with it and hear of it at their next contact.
 * What they made before is still taken, into the store it was made in.
 */
export async function saveTill(
  { pool, ids }: Writing,
  { input, actor }: { readonly input: Inputs['saveTill']; readonly actor: string },
): Promise<Result<{ id: string }, SaveRefusal>> {
  const { id: given, ...cols } = input;
  const id = given ?? ids.next();
  return inTransaction(pool, async (client) => {
    const store = await client.query('SELECT 1 FROM store WHERE id = $1 AND NOT deleted', [cols.storeId]);
    const others = await client.query<{ id: string }>(
      'SELECT id FROM till WHERE store_id = $1 AND code = $2 AND id <> $3 AND NOT deleted',
      [cols.storeId, cols.code, id],
    );
    const known =
      given === undefined || (await client.query('SELECT 1 FROM till WHERE id = $1', [id])).rowCount;
    if (!store.rowCount || !known) return err({ code: 'NOT_FOUND' } as const);
    if (others.rowCount) return err({ code: 'CODE_TAKEN' } as const);
    const moved = await client.query<{ id: string }>(
      'SELECT id FROM device WHERE till_id = $1 AND store_id <> $2 AND NOT revoked',
      [id, cols.storeId],
    );
    const { storeId } = cols;
    await writeChanges(client, { actor, type: 'till' }, [
      { t: 'till', op: 'set', id, cols },
      ...moved.rows.map((row) => ({ t: 'device', op: 'set', id: row.id, cols: { storeId } }) as const),
    ]);
    return ok({ id });
  });
}

const STORES = `
  SELECT id, code, name, zone, currency, minor_digits AS "minorDigits", cash_step_minor AS "cashStepMinor",
         tax_mode AS "taxMode", language, address_lines AS "addressLines", licence, tax_number AS "taxNumber",
         receipt_footer AS "receiptFooter", day_start_hour AS "dayStartHour", min_shelf_life_days AS "minShelfLifeDays"
    FROM store WHERE NOT deleted ORDER BY code, id`;

/** The device that is a till now: the last enrolled that is not revoked. */
const TILLS = `
  SELECT t.store_id AS "storeId", t.id AS "tillId", t.code, t.name, d.id AS "deviceId", d.inc,
         greatest(c.seen_at, c.pushed_at) AS "lastSeenAt", c.pushed_at AS "lastPushAt", c.waiting,
         c.oldest_at AS "oldestAt", c.version, c.skew_ms AS "skewMs", read.behind
    FROM till t
    LEFT JOIN LATERAL (
      SELECT id, inc FROM device WHERE till_id = t.id AND NOT revoked AND NOT deleted
       ORDER BY enrolled_at DESC, id DESC LIMIT 1
    ) d ON true
    LEFT JOIN device_contact c ON c.device = d.id
    LEFT JOIN LATERAL (
      SELECT sum(greatest(0, h.seq - ds.seq))::bigint AS behind
        FROM device_scope ds JOIN scope_head h ON h.scope = ds.scope WHERE ds.device = d.id
    ) read ON true
   WHERE NOT t.deleted ORDER BY t.code, t.id`;
