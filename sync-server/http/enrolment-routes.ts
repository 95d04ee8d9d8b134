import express, { type Express, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type pg from 'pg';
import type { Clock } from '#shared/kernel/clock.ts';
import {
  challengeRequest,
  enrolAgainRequest,
  enrolRequest,
  sealedKeyRequest,
  tokenRequest,
} from '#shared/replica/wire.ts';
import { signInDevice } from '../auth/device-sign-in.ts';
import type { DeviceTokens } from '../auth/device-tokens.ts';
import { enrol } from '../auth/enrol.ts';
import type { HqKeys } from '../auth/hq-keys.ts';
import { keepSealedKey } from '../auth/sealed-key.ts';
import { forDevices } from './device-guard.ts';
import { sendFailure } from './failures.ts';
import { secureOnly } from './transport.ts';

export type EnrolmentDeps = {
  readonly pool: pg.Pool;
  readonly keys: HqKeys;
  readonly tokens: DeviceTokens;
  readonly clock: Clock;
  /** Wrong codes from one address in a minute. */
  readonly enrolTries: number;
};

/** How a till becomes a device, and a device signs in. */
export function mountEnrolment(app: Express, deps: EnrolmentDeps): void {
  const { pool, keys, tokens, clock, enrolTries } = deps;
  const body = express.json({ limit: '16kb' });
  app.use(['/enrol', '/device'], secureOnly);
  const tries = rateLimit({
    windowMs: 60_000,
    limit: enrolTries,
    skipSuccessfulRequests: true,
    handler: (_req, res) => sendFailure(res, { code: 'TOO_MANY' }),
  });
  const enrolling = (schema: typeof enrolRequest | typeof enrolAgainRequest) =>
    async function answer(req: Request, res: Response) {
      const parsed = schema.safeParse(req.body);
      if (!parsed.success) return sendFailure(res, { code: 'BAD_REQUEST' });
      const enrolled = await enrol({ pool, keys }, parsed.data, clock.nowMs());
      if (enrolled.ok) res.set('cache-control', 'no-store').json(enrolled.value);
      else sendFailure(res, enrolled.error);
    };
  app.post('/enrol', tries, body, enrolling(enrolRequest));
  app.post('/enrol/again', tries, body, enrolling(enrolAgainRequest));
  app.post(
    '/enrol/sealed-key',
    body,
    forDevices(deps)(async (req, res, device) => {
      const parsed = sealedKeyRequest.safeParse(req.body);
      if (!parsed.success) return sendFailure(res, { code: 'BAD_REQUEST' });
      await keepSealedKey(pool, device, { sealed: parsed.data.sealed, nowMs: clock.nowMs() });
      res.json({});
    }),
  );
  app.post('/device/challenge', body, (req, res) => {
    const parsed = challengeRequest.safeParse(req.body);
    if (!parsed.success) return sendFailure(res, { code: 'BAD_REQUEST' });
    res.set('cache-control', 'no-store').json({ challenge: tokens.challenge(parsed.data, clock.nowMs()) });
  });
  app.post('/device/token', body, async (req, res) => {
    const parsed = tokenRequest.safeParse(req.body);
    if (!parsed.success) return sendFailure(res, { code: 'BAD_REQUEST' });
    const signedIn = await signInDevice({ pool, tokens, keys }, parsed.data, clock.nowMs());
    if (signedIn.ok) res.set('cache-control', 'no-store').json(signedIn.value);
    else sendFailure(res, signedIn.error);
  });
}
