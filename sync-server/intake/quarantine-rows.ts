import type pg from 'pg';
import { type Envelope, openEnvelope, type Sealed } from '#shared/replica/changeset.ts';
import type { Decided } from './quarantine.ts';

/** One refused changeset as it is kept; `envelope` is null where it cannot be read. */
export type HeldRow = {
  readonly id: string;
  readonly device: string;
  readonly inc: number;
  readonly dseq: number;
  readonly reason: string;
  readonly sealed: Sealed;
  readonly envelope: Envelope | null;
};

/** What is decided together: the open changesets of one business transaction, and the till they are of. */
export type Held = {
  /** In the order of the chain; never empty. */
  readonly rows: readonly HeldRow[];
  readonly asked: HeldRow;
  readonly nowMs: number;
  readonly publicKey: string;
  readonly storeId: string;
  readonly tillId: string;
  readonly zone: string;
  readonly dayStartHour: number;
};

/**
 * Locks the device's chain and HQ's own (in that order, as nobody does otherwise: HQ's decision is written in the same
 * transaction), and reads what is open of the transaction `id` belongs to. Null when it is not open.
 */
export async function lockHeld(client: pg.PoolClient, id: string): Promise<Held | null> {
  const device = await client.query<{ device: string }>('SELECT device FROM quarantine WHERE id = $1', [id]);
  const found = device.rows[0];
  if (!found) return null;
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('device ' || $1, 0))`, [found.device]);
  await client.query('SELECT 1 FROM hq_identity WHERE one = 1 FOR UPDATE');
  const { rows } = await client.query<Found>(OPEN, [id]);
  const asked = rows[0];
  if (!asked) return null;
  const one = heldRow(asked);
  const others = await readSiblings(client, one);
  const { nowMs, publicKey, storeId, tillId, zone, dayStartHour } = asked;
  const all = [one, ...others].sort((a, b) => a.dseq - b.dseq);
  return { rows: all, asked: one, nowMs, publicKey, storeId, tillId, zone, dayStartHour };
}

/** What was decided about a changeset that is no longer open; null when there is no such one. */
export async function readDecision(client: pg.PoolClient, id: string): Promise<Decided | null> {
  const { rows } = await client.query<Decided>(
    `SELECT q.state, coalesce(q.decided_at, 0) AS at, coalesce(u.name, q.decided_by, '') AS by,
            coalesce(q.decided_why, '') AS why
       FROM quarantine q LEFT JOIN hq_user u ON u.id = q.decided_by WHERE q.id = $1 AND q.state <> 'open'`,
    [id],
  );
  return rows[0] ?? null;
}

/** The other parts of the same business transaction: their numbers are next to each other. */
async function readSiblings(
  client: pg.PoolClient,
  { envelope, device, inc, dseq }: HeldRow,
): Promise<HeldRow[]> {
  if (!envelope || envelope.parts === 1) return [];
  const { rows } = await client.query<FoundRow>(SIBLINGS, [device, inc, dseq, envelope.parts]);
  return rows.map(heldRow).filter((row) => row.envelope?.tx === envelope.tx);
}

type FoundRow = Omit<HeldRow, 'sealed' | 'envelope'> & Sealed;
type Found = FoundRow & Pick<Held, 'nowMs' | 'publicKey' | 'storeId' | 'tillId' | 'zone' | 'dayStartHour'>;

function heldRow({ id, device, inc, dseq, reason, text, hash, sig }: FoundRow): HeldRow {
  const opened = openEnvelope(text);
  return {
    id,
    device,
    inc,
    dseq,
    reason,
    sealed: { text, hash, sig },
    envelope: opened.ok ? opened.value : null,
  };
}

const OPEN = `
  SELECT q.id, q.device, q.inc, q.dseq, q.reason, q.text, q.hash, q.sig,
         (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs", d.public_key AS "publicKey",
         d.store_id AS "storeId", d.till_id AS "tillId", s.zone, s.day_start_hour AS "dayStartHour"
    FROM quarantine q JOIN device d ON d.id = q.device JOIN store s ON s.id = d.store_id
   WHERE q.id = $1 AND q.state = 'open' FOR UPDATE OF q`;

const SIBLINGS = `
  SELECT id, device, inc, dseq, reason, text, hash, sig FROM quarantine
   WHERE device = $1 AND inc = $2 AND dseq > $3::bigint - $4::int AND dseq < $3::bigint + $4::int AND dseq <> $3
     AND state = 'open' ORDER BY dseq FOR UPDATE`;
