import type pg from 'pg';
import { createCode } from './enrolment-codes.ts';

/** A store with its tills, and an enrolment code for each that has no device: for demos and drivers of tests. */
export type StoreCodes = {
  readonly storeId: string;
  readonly code: string;
  readonly name: string;
  readonly tills: readonly {
    readonly tillId: string;
    readonly code: string;
    readonly enrolmentCode?: string;
  }[];
};

/** Every store and till; with `withCodes`, tills without a device get a code. */
export async function storesWithCodes(
  pool: pg.Pool,
  { withCodes, nowMs }: { readonly withCodes: boolean; readonly nowMs: number },
): Promise<readonly StoreCodes[]> {
  const { rows } = await pool.query<{ storeId: string; code: string; name: string }>(
    'SELECT id AS "storeId", code, name FROM store WHERE NOT deleted ORDER BY code',
  );
  const { rows: tills } = await pool.query<{
    tillId: string;
    storeId: string;
    code: string;
    enrolled: boolean;
  }>(
    `SELECT t.id AS "tillId", t.store_id AS "storeId", t.code,
            EXISTS (SELECT 1 FROM device d WHERE d.till_id = t.id AND NOT d.revoked AND NOT d.deleted) AS enrolled
       FROM till t WHERE NOT t.deleted ORDER BY t.code`,
  );
  const coded = await Promise.all(
    tills.map(async ({ tillId, storeId, code, enrolled }) => {
      const made = withCodes && !enrolled ? await createCode(pool, tillId, nowMs) : null;
      return { storeId, till: { tillId, code, ...(made?.ok && { enrolmentCode: made.value.code }) } };
    }),
  );
  return rows.map((store) => ({
    ...store,
    tills: coded.filter((one) => one.storeId === store.storeId).map(({ till }) => till),
  }));
}
