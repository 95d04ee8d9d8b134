import { createHash, randomInt } from 'node:crypto';
import type pg from 'pg';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: read from a screen and typed at a counter. Eight of 23 signs: 36 bits. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const LENGTH = 8;
const VALID_MS = 10 * 60_000;

/**
 * A new enrolment code for a till, as shown: 'XXXX-XXXX'. Valid ten minutes, good once; it replaces the till's earlier
 * codes. Only its hash is kept.
 */
export async function createCode(
  pool: Pick<pg.Pool, 'query'>,
  tillId: string,
  nowMs: number,
): Promise<Result<{ code: string; expiresAt: number }, { code: 'NOT_FOUND' }>> {
  const signs = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const expiresAt = nowMs + VALID_MS;
  const { rowCount } = await pool.query(
    `WITH known AS (SELECT id FROM till WHERE id = $1 AND NOT deleted),
     earlier AS (DELETE FROM enrolment_code WHERE till_id = $1 AND used_at IS NULL)
     INSERT INTO enrolment_code (code_hash, till_id, expires_at) SELECT $2, id, $3 FROM known`,
    [tillId, hashOf(signs), expiresAt],
  );
  if (!rowCount) return err({ code: 'NOT_FOUND' });
  return ok({ code: `${signs.slice(0, 4)}-${signs.slice(4)}`, expiresAt });
}

export type CodeRefusal =
  | { readonly code: 'CODE_REFUSED'; readonly reason: 'unknown' | 'expired' | 'used' }
  /** A good code, and stays so: it is another till's. */
  | { readonly code: 'OTHER_TILL' };

/**
 * Uses a code up in the caller's transaction. Of two tills that send one code at once the second waits for the first's
 * commit and is refused. `usedBy` is the device it made; `forTill` the one till it may be of.
 */
export async function useCode(
  client: pg.PoolClient,
  code: string,
  { nowMs, usedBy, forTill }: Use,
): Promise<Result<{ tillId: string }, CodeRefusal>> {
  const { rows } = await client.query<{ tillId: string; expiresAt: number; usedAt: number | null }>(
    `SELECT till_id AS "tillId", expires_at AS "expiresAt", used_at AS "usedAt"
       FROM enrolment_code WHERE code_hash = $1 FOR UPDATE`,
    [hashOf(normalise(code))],
  );
  const found = rows[0];
  if (!found) return err({ code: 'CODE_REFUSED', reason: 'unknown' });
  if (found.usedAt !== null) return err({ code: 'CODE_REFUSED', reason: 'used' });
  if (found.expiresAt <= nowMs) return err({ code: 'CODE_REFUSED', reason: 'expired' });
  if (forTill !== undefined && forTill !== found.tillId) return err({ code: 'OTHER_TILL' });
  await client.query('UPDATE enrolment_code SET used_at = $2, used_by = $3 WHERE code_hash = $1', [
    hashOf(normalise(code)),
    nowMs,
    usedBy,
  ]);
  return ok({ tillId: found.tillId });
}

type Use = {
  readonly nowMs: number;
  readonly usedBy: string;
  readonly forTill?: string | undefined;
};

const normalise = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, '');
const hashOf = (signs: string): string => createHash('sha256').update(`enrolment ${signs}`).digest('hex');
