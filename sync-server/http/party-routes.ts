import express, { type Express, type Response } from 'express';
import type pg from 'pg';
import type { Clock } from '#shared/kernel/clock.ts';
import { leaveKeysRequest, wantedKeysQuery } from '#shared/sales/customer-keys.ts';
import type { DeviceToken, DeviceTokens } from '../auth/device-tokens.ts';
import { findKeys, keepKeys } from '../sales/subject-keys.ts';
import { createReadGuard, forDevices } from './device-guard.ts';
import { sendFailure } from './failures.ts';
import { secureOnly } from './transport.ts';

export type SubjectKeyDeps = {
  readonly pool: pg.Pool;
  readonly tokens: DeviceTokens;
  readonly clock: Clock;
};

const SCOPE = 'party';

/** Customers' keys for tills that may read customers: apart from push, feed and snapshots. */
export function mountSubjectKeys(app: Express, { pool, tokens, clock }: SubjectKeyDeps): void {
  const device = forDevices({ tokens, clock });
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
    // A revoked device too: what it made offline is still taken, and unreadable without its keys.
    device(async (req, res) => {
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
