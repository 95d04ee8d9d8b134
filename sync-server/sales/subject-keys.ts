import express, { type Express, type Response } from 'express';
import type pg from 'pg';
import type { z } from 'zod';
import {
  type leaveKeysReply,
  leaveKeysRequest,
  wantedKeysQuery,
  type wantedKeysReply,
} from '#shared/sales/customer-keys.ts';
import type { DeviceToken, DeviceTokens } from '../auth/device-tokens.ts';
import { createReadGuard, forDevices } from '../http/device-guard.ts';
import { sendFailure } from '../http/failures.ts';
import { secureOnly } from '../http/transport.ts';

export type SubjectKeyDeps = { readonly pool: pg.Pool; readonly tokens: DeviceTokens };

const SCOPE = 'party';

/**
 * The keys of customers' personal fields, for tills that may read customers: apart from log, feed and snapshots. A key
 * is written once and never replaced; one that an erasure destroyed is never taken again (0010_erasure.sql).
 */
export function mountSubjectKeys(app: Express, { pool, tokens }: SubjectKeyDeps): void {
  const device = forDevices(tokens);
  const mayRead = createReadGuard(pool);
  const refused = async (res: Response, token: DeviceToken) => {
    const refusal = await mayRead(token, SCOPE);
    if (refusal) sendFailure(res, { code: refusal });
    return refusal !== null;
  };
  app.use('/party', secureOnly);
  app.put(
    '/party/keys',
    express.json({ limit: '32kb' }),
    device(async (req, res, token) => {
      if (await refused(res, token)) return;
      const parsed = leaveKeysRequest.safeParse(req.body);
      if (!parsed.success) return sendFailure(res, { code: 'BAD_REQUEST' });
      res.set('cache-control', 'private, no-store').json(await keepKeys(pool, parsed.data.keys));
    }),
  );
  app.get(
    '/party/keys',
    device(async (req, res, token) => {
      if (await refused(res, token)) return;
      const parsed = wantedKeysQuery.safeParse(req.query);
      if (!parsed.success) return sendFailure(res, { code: 'BAD_REQUEST' });
      res.set('cache-control', 'private, no-store').json(await findKeys(pool, parsed.data.ids));
    }),
  );
}

type Given = z.infer<typeof leaveKeysRequest>['keys'];

async function keepKeys(pool: pg.Pool, given: Given): Promise<z.infer<typeof leaveKeysReply>> {
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

async function findKeys(pool: pg.Pool, ids: readonly string[]): Promise<z.infer<typeof wantedKeysReply>> {
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
