import type pg from 'pg';
import type { QuarantineRow } from '#shared/auth/sync-health.ts';
import type { Change, Envelope, Row } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { sqlOf } from '../store/table-sql.ts';

/** What of a changeset a person can be told. */
export type Readable = Pick<Envelope, 'type' | 'scope' | 'actor' | 'at' | 'hlc' | 'body'>;
type Subject = QuarantineRow['subject'];

/** What each of these changesets is about, by its first change; null where one cannot be read. A few queries for all. */
export async function nameSubjects(
  pool: pg.Pool,
  envelopes: readonly (Readable | null)[],
): Promise<readonly Subject[]> {
  const leads = envelopes.map((envelope) => envelope?.body.changes[0] ?? null);
  const atHq = await readRows(
    pool,
    leads.flatMap((lead) => lead ?? []),
  );
  const rows = leads.map((lead) => lead && { ...atHq.get(keyOf(lead)), ...wantedOf(lead) });
  const packs = await readPacks(pool, rows, envelopes);
  return leads.map((lead, i) => {
    if (!lead) return { table: '', name: '', fromMinor: null, toMinor: null };
    const row = rows[i] ?? {};
    const pack = packs[i];
    const isPrice = lead.t === 'price';
    return {
      table: lead.t,
      name: nameOf(lead.t, row, pack?.name ?? ''),
      fromMinor: isPrice ? (whole(atHq.get(keyOf(lead))?.priceMinor) ?? pack?.priceMinor ?? null) : null,
      toMinor: isPrice ? whole(wantedOf(lead).priceMinor) : null,
    };
  });
}

/** The rows at HQ that changes are about, by `keyOf`; registers and facts alike. */
export async function readRows(
  pool: Pick<pg.Pool, 'query'>,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, Row>> {
  const ids = new Map<string, Set<string>>();
  for (const change of changes) {
    if (!tableFacts.has(change.t) || idOf(change).includes('\0')) continue;
    const known = ids.get(change.t) ?? new Set();
    ids.set(change.t, known.add(idOf(change)));
  }
  const found = new Map<string, Row>();
  for (const [table, wanted] of ids) {
    const { select, toRow } = sqlOf(table);
    const { rows } = await pool.query<Row>(select([...wanted]));
    for (const row of rows) found.set(`${table}/${String(row.id)}`, { ...toRow(row), stamps: row.stamps });
  }
  return found;
}

export const keyOf = (change: Change): string => `${change.t}/${idOf(change)}`;
export const idOf = (change: Change): string => String(change.op === 'insert' ? change.row.id : change.id);
export const wantedOf = (change: Change): Row =>
  change.op === 'insert' ? change.row : change.op === 'set' ? change.cols : {};
export const whole = (value: unknown): number | null => (Number.isSafeInteger(value) ? Number(value) : null);

/** The property by which people know a row, where it has one. Personal names are not among them. */
const nameColumns: Readonly<Record<string, string>> = {
  sale: 'receiptNo',
  setting: 'key',
  person: 'name',
  store: 'name',
  till: 'name',
  role: 'name',
  medicine: 'brand',
  pack: 'label',
  pack_code: 'code',
  tax_class: 'name',
  audit_entry: 'action',
};

function nameOf(table: string, row: Row, pack: string): string {
  const own = text(row[nameColumns[table] ?? '']);
  if (table === 'batch') return [text(row.code), pack].filter((part) => part !== '').join(' · ');
  return own === '' ? pack : own;
}

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 120) : '');

/** Of each row its pack's name, and the price that pack has today in the changeset's store. */
async function readPacks(
  pool: pg.Pool,
  rows: readonly (Row | null)[],
  envelopes: readonly (Readable | null)[],
): Promise<readonly ({ readonly name: string; readonly priceMinor: number | null } | undefined)[]> {
  const asked = rows.flatMap((row, i) => {
    const packId = text(row?.packId);
    return packId === '' || packId.includes('\0')
      ? []
      : [{ i, packId, storeId: (envelopes[i]?.scope ?? '').replace(/^store:/, '') }];
  });
  if (asked.length === 0) return [];
  const { rows: found } = await pool.query<{ i: number; name: string; priceMinor: number | null }>(PACKS, [
    asked.map(({ i }) => i),
    asked.map(({ packId }) => packId),
    asked.map(({ storeId }) => storeId.replaceAll('\0', '')),
  ]);
  const byIndex = new Map(found.map((one) => [one.i, one]));
  return rows.map((_, i) => byIndex.get(i));
}

const PACKS = `
  SELECT asked.i, m.brand || ', ' || p.label AS name, price.price_minor AS "priceMinor"
    FROM unnest($1::int[], $2::text[], $3::text[]) AS asked(i, pack_id, store_id)
    JOIN pack p ON p.id = asked.pack_id
    JOIN medicine m ON m.id = p.medicine_id
    LEFT JOIN LATERAL (
      SELECT price_minor FROM price
       WHERE pack_id = p.id AND NOT deleted AND (store_id IS NULL OR store_id = asked.store_id)
         AND valid_from <= to_char(now(), 'YYYY-MM-DD')
       ORDER BY store_id NULLS LAST, valid_from DESC LIMIT 1
    ) price ON true`;
