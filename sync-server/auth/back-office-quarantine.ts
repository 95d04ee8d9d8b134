import type { InferContractRouterInputs } from '@orpc/contract';
import type pg from 'pg';
import type { authHqCalls } from '#shared/auth/calls-hq.ts';
import type { FlagRow, Quarantined, QuarantineRow } from '#shared/auth/sync-health.ts';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { incarnationLetter } from '#shared/sales/receipt-number.ts';
import { verifies } from '../store/signing.ts';
import { readChanges, soldAtPrice } from './refused-changes.ts';
import { nameSubjects, type Readable } from './refused-subjects.ts';

type Inputs = InferContractRouterInputs<typeof authHqCalls>;
type Cursor = NonNullable<Inputs['flags']['after']>;
type Page<T> = { readonly rows: T[]; readonly next: Cursor | null };

/** Rows of a page: what a person looks through before they narrow it down. */
const PAGE = 50;

/** Refused changesets of one state, the last to arrive first. */
export async function listQuarantine(
  pool: pg.Pool,
  { state, after }: Inputs['quarantine'],
): Promise<Page<QuarantineRow>> {
  const { rows, next } = await readPage<Kept>(pool, LIST, { state, after });
  const opened = rows.map((row) => ({ row, ...readableOf(row.text) }));
  const subjects = await nameSubjects(
    pool,
    opened.map(({ envelope }) => envelope),
  );
  return {
    rows: opened.map(({ row: { id, tillName, type, reason, detail, at }, envelope }, i) => ({
      ...{ id, tillName, type, reason, detail, at },
      subject: subjects[i] ?? { table: '', name: '', fromMinor: null, toMinor: null },
      madeAt: envelope?.at ?? null,
    })),
    next,
  };
}

/**
 * Accepted changesets that a person should look at and nobody has, the last first. Second refunds have a list of their own
 * (sales/second-refunds.ts).
 */
export const listFlags = (pool: pg.Pool, { after }: Inputs['flags']): Promise<Page<FlagRow>> =>
  readPage<FlagRow>(pool, FLAGS, { state: null, after });

/** One refused changeset with all that a person needs to decide; null when there is none. */
export async function readQuarantined(pool: pg.Pool, id: string): Promise<Quarantined | null> {
  const { rows } = await pool.query<KeptOne>(ONE, [id]);
  const kept = rows[0];
  if (!kept) return null;
  const { envelope } = readableOf(kept.text);
  const [subject] = await nameSubjects(pool, [envelope]);
  const { inc, dseq, tillName, type, reason, detail, at, storeId, laterAtHq } = kept;
  return {
    ...{ id, tillName, type, reason, detail, at, storeId, dseq, laterAtHq },
    subject: subject ?? { table: '', name: '', fromMinor: null, toMinor: null },
    madeAt: envelope?.at ?? null,
    madeBy: envelope ? await nameOfPerson(pool, envelope.actor) : '',
    inc: incarnationLetter(inc),
    ...(await readChanges(pool, envelope)),
    soldSince: envelope ? await soldAtPrice(pool, envelope, kept.tillId) : null,
    signature: verifies(kept.publicKey, kept.hash, kept.sig) ? 'valid' : 'invalid',
    decided:
      kept.state === 'open'
        ? null
        : {
            state: kept.state,
            at: kept.decidedAt ?? at,
            by: kept.decidedBy ?? '',
            why: kept.decidedWhy ?? '',
          },
  };
}

function readableOf(text: string): { readonly envelope: Readable | null } {
  const opened = openEnvelope(text);
  return { envelope: opened.ok ? opened.value : null };
}

async function readPage<T extends { readonly at: number; readonly id: string }>(
  pool: pg.Pool,
  text: string,
  { state, after }: { readonly state: string | null; readonly after: Cursor | undefined },
): Promise<Page<T>> {
  const from = [after?.at ?? null, after?.id ?? null, PAGE + 1];
  const { rows } = await pool.query<T>(text, state === null ? from : [...from, state]);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { rows: rows.slice(0, PAGE), next: last ? { at: last.at, id: last.id } : null };
}

async function nameOfPerson(pool: pg.Pool, id: string): Promise<string> {
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM person WHERE id = $1', [id]);
  return rows[0]?.name ?? '';
}

type Kept = Pick<QuarantineRow, 'id' | 'tillName' | 'type' | 'reason' | 'detail' | 'at'> & {
  readonly text: string;
};
type KeptOne = Omit<Kept, 'id'> & {
  readonly inc: number;
  readonly dseq: number;
  readonly hash: string;
  readonly sig: string;
  readonly state: 'open' | 'retried' | 'dismissed';
  readonly storeId: string;
  readonly tillId: string;
  readonly publicKey: string;
  readonly laterAtHq: number;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  readonly decidedWhy: string | null;
};

const TILL_NAME = `coalesce(s.code || '-' || t.code, '')`;
const DEVICE_OF = (row: 'q' | 'f'): string =>
  `LEFT JOIN device d ON d.id = ${row}.device LEFT JOIN till t ON t.id = d.till_id LEFT JOIN store s ON s.id = d.store_id`;

const LIST = `
  SELECT q.id, ${TILL_NAME} AS "tillName", q.type, q.reason, q.detail, q.at, q.text
    FROM quarantine q ${DEVICE_OF('q')}
   WHERE q.state = $4 AND ($1::bigint IS NULL OR (q.at, q.id) < ($1::bigint, $2::text))
   ORDER BY q.at DESC, q.id DESC LIMIT $3`;

const FLAGS = `
  SELECT f.id, ${TILL_NAME} AS "tillName", split_part(f.detail, ' ', 1) AS type, f.reason,
         substr(f.detail, length(split_part(f.detail, ' ', 1)) + 2) AS detail, f.at
    FROM flag f ${DEVICE_OF('f')}
   WHERE f.reviewed_at IS NULL AND f.reason <> 'RETURNED_TWICE' AND ($1::bigint IS NULL OR (f.at, f.id) < ($1::bigint, $2::text))
   ORDER BY f.at DESC, f.id DESC LIMIT $3`;

const ONE = `
  SELECT ${TILL_NAME} AS "tillName", q.type, q.reason, q.detail, q.at, q.text, q.inc, q.dseq, q.hash, q.sig, q.state,
         coalesce(d.store_id, '') AS "storeId", coalesce(d.till_id, '') AS "tillId",
         coalesce(d.public_key, '') AS "publicKey",
         greatest(0, coalesce((SELECT dseq FROM chain_head h WHERE h.device = q.device AND h.inc = q.inc), 0) - q.dseq)
           AS "laterAtHq",
         q.decided_at AS "decidedAt", coalesce(u.name, q.decided_by) AS "decidedBy", q.decided_why AS "decidedWhy"
    FROM quarantine q ${DEVICE_OF('q')} LEFT JOIN hq_user u ON u.id = q.decided_by
   WHERE q.id = $1`;
