import type pg from 'pg';
import type { z } from 'zod';
import type { leaveKeysReply, leaveKeysRequest, wantedKeysReply } from '#shared/sales/customer-keys.ts';

type Pool = Pick<pg.Pool, 'query'>;
type Given = z.infer<typeof leaveKeysRequest>['keys'];

/**
 * Keeps keys of customers' personal fields that a till made. A key is written once and never replaced; one that an
 * erasure destroyed is never taken again (0010_erasure.sql).
 */
export async function keepKeys(pool: Pool, given: Given): Promise<z.infer<typeof leaveKeysReply>> {
  const ids = given.map(({ subjectId }) => subjectId);
  const keys = given.map(({ key }) => key);
  await pool.query({
    name: 'keep subject keys',
    text: `INSERT INTO subject_key (subject_id, key, made_at)
           SELECT subject_id, key, (extract(epoch FROM clock_timestamp()) * 1000)::bigint
             FROM unnest($1::text[], $2::text[]) AS given(subject_id, key) ORDER BY subject_id
           ON CONFLICT (subject_id) DO NOTHING`,
    values: [ids, keys],
  });
  const { rows } = await pool.query<{ subjectId: string; destroyed: boolean }>({
    name: 'subject keys not kept',
    text: `SELECT subject_id AS "subjectId", kept.key IS NULL AS destroyed
             FROM unnest($1::text[], $2::text[]) AS given(subject_id, key)
             JOIN subject_key AS kept USING (subject_id)
            WHERE kept.key IS DISTINCT FROM given.key`,
    values: [ids, keys],
  });
  const of = (destroyed: boolean) =>
    rows.filter((row) => row.destroyed === destroyed).map(({ subjectId }) => subjectId);
  return { destroyed: of(true), differs: of(false) };
}

/** The keys of these customers, and who of them was erased; whom HQ has no key of is left out. */
export async function findKeys(pool: Pool, ids: readonly string[]): Promise<z.infer<typeof wantedKeysReply>> {
  const { rows } = await pool.query<{ subjectId: string; key: string | null }>({
    name: 'find subject keys',
    text: `SELECT subject_id AS "subjectId", key FROM subject_key WHERE subject_id = ANY ($1::text[])`,
    values: [ids],
  });
  return {
    keys: rows.flatMap(({ subjectId, key }) => (key === null ? [] : [{ subjectId, key }])),
    destroyed: rows.filter(({ key }) => key === null).map(({ subjectId }) => subjectId),
  };
}
