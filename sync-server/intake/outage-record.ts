import type pg from 'pg';
import type { OutageImport } from '#shared/auth/sync-health.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { OutageHeader } from '#shared/replica/outage-bundle.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';
import type { Tally } from './outage-bundle.ts';

/** The import of a file, by its SHA-256; null when it has not been imported. */
export async function readImport(pool: Pick<pg.Pool, 'query'>, id: string): Promise<OutageImport | null> {
  const { rows } = await pool.query<OutageImport>(`${IMPORTS} WHERE b.id = $1`, [id]);
  return rows[0] ?? null;
}

/** The last ten. */
export async function recentImports(pool: Pick<pg.Pool, 'query'>): Promise<OutageImport[]> {
  return (await pool.query<OutageImport>(`${IMPORTS} ORDER BY b.at DESC, b.id LIMIT 10`)).rows;
}

type Made = {
  readonly id: string;
  readonly header: OutageHeader;
  readonly tally: Tally;
  readonly nowMs: number;
  readonly actor: string;
};

/** Writes down that a file was imported, with an audit entry at the till's store. Two at once leave one record. */
export async function recordImport(
  { pool, ids }: { readonly pool: pg.Pool; readonly ids: Ids },
  { id, header, tally, nowMs, actor }: Made,
): Promise<OutageImport> {
  const { device, inc, count } = header;
  const { accepted, duplicates, refused } = tally;
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(KEEP, [
      ...[id, device, inc, count],
      ...[accepted, duplicates, refused, nowMs, actor],
    ]);
    const { rows } = await client.query<Place>(PLACE, [device]);
    const place = rows[0];
    if (rowCount === 0 || !place) return;
    const { storeId, tillId, zone, dayStartHour } = place;
    const row = {
      ...{ id: ids.next(), storeId, tillId, at: nowMs, actorId: actor, reason: null, subjectId: device },
      businessDate: businessDate(nowMs, zone, dayStartHour),
      action: 'sync.outage-file.imported',
      details: { changesets: count, accepted, duplicates, refused },
    };
    await writeChanges(client, { actor, type: 'outage-file' }, [{ t: 'audit_entry', op: 'insert', row }]);
  });
  const made = await readImport(pool, id);
  if (!made) throw new Error('an import that was not kept');
  return made;
}

type Contact = {
  readonly seenAt: number;
  readonly pushedAt: number | null;
  readonly version: string | null;
  readonly skewMs: number | null;
};

export async function readContact(pool: Pick<pg.Pool, 'query'>, device: string): Promise<Contact | null> {
  const { rows } = await pool.query<Contact>(
    `SELECT seen_at AS "seenAt", pushed_at AS "pushedAt", version, skew_ms AS "skewMs"
       FROM device_contact WHERE device = $1`,
    [device],
  );
  return rows[0] ?? null;
}

/** A carried file is no contact: the till was heard when it made the file, not when somebody brought it. */
export async function keepContact(
  pool: Pick<pg.Pool, 'query'>,
  { device, madeAt }: OutageHeader,
  before: Contact | null,
): Promise<void> {
  await pool.query(
    `UPDATE device_contact SET seen_at = least(seen_at, greatest($2::bigint, $3::bigint)), pushed_at = $4,
            version = $5, skew_ms = $6
      WHERE device = $1`,
    [
      device,
      before?.seenAt ?? 0,
      madeAt,
      before?.pushedAt ?? null,
      before?.version ?? null,
      before?.skewMs ?? null,
    ],
  );
}

type Place = {
  readonly storeId: string;
  readonly tillId: string;
  readonly zone: string;
  readonly dayStartHour: number;
};

const PLACE = `
  SELECT d.store_id AS "storeId", d.till_id AS "tillId", s.zone, s.day_start_hour AS "dayStartHour"
    FROM device d JOIN store s ON s.id = d.store_id WHERE d.id = $1`;

const KEEP = `
  INSERT INTO outage_bundle (id, device, inc, changesets, accepted, duplicates, refused, at, actor)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`;

const IMPORTS = `
  SELECT b.id, coalesce(s.code || '-' || t.code, b.device) AS "tillName", b.changesets, b.accepted, b.duplicates,
         b.refused, b.at, coalesce(u.name, b.actor) AS by
    FROM outage_bundle b LEFT JOIN device d ON d.id = b.device
    LEFT JOIN till t ON t.id = d.till_id LEFT JOIN store s ON s.id = d.store_id
    LEFT JOIN hq_user u ON u.id = b.actor`;
