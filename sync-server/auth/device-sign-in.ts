import type pg from 'pg';
import type { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { oldestReader, timeText, type tokenReply, type tokenRequest } from '#shared/replica/wire.ts';
import { sha256Hex, verifies } from '../store/signing.ts';
import type { DeviceTokens } from './device-tokens.ts';
import type { HqKeys } from './hq-keys.ts';
import { scopesOfStore } from './scopes.ts';

export type SignInRefusal =
  | { readonly code: 'UNKNOWN_DEVICE' }
  /** Not our challenge, too old, or not signed by the device's key. */
  | { readonly code: 'BAD_ANSWER' }
  /** No more reading; `token` still takes in what the device has not sent. */
  | { readonly code: 'REVOKED'; readonly token: string; readonly expiresAt: number }
  /** Too old to read what HQ gives now; `token` still takes in what it has made. */
  | {
      readonly code: 'UPGRADE_REQUIRED';
      readonly oldest: number;
      readonly token: string;
      readonly expiresAt: number;
    };

type Deps = {
  readonly pool: Pick<pg.Pool, 'query'>;
  readonly tokens: DeviceTokens;
  readonly keys: Pick<HqKeys, 'sealer' | 'bundleKey'>;
};

/**
 * Signs a device in that answers a challenge: its Ed25519 signature over the SHA-256 of the challenge's text. HQ's
 * time goes with the answer, signed for this challenge alone: it is what the till's own time stands on.
 */
export async function signInDevice(
  { pool, tokens, keys }: Deps,
  request: z.infer<typeof tokenRequest>,
  nowMs: number,
): Promise<Result<z.infer<typeof tokenReply>, SignInRefusal>> {
  const who = { device: request.device, inc: request.inc };
  if (!tokens.isChallenge(request.challenge, who, nowMs)) return err({ code: 'BAD_ANSWER' });
  const { rows } = await pool.query<Found>(FIND, [who.device]);
  const found = rows[0];
  // An earlier incarnation is still this device: one that was restored signs in with it, and asks for a new one.
  if (!found || who.inc > found.inc) return err({ code: 'UNKNOWN_DEVICE' });
  if (!verifies(found.publicKey, sha256Hex(request.challenge), request.sig))
    return err({ code: 'BAD_ANSWER' });
  if (found.revoked) return err({ code: 'REVOKED', ...tokens.issue({ ...who, scopes: [] }, nowMs) });
  if (request.protocol < oldestReader)
    return err({
      ...{ code: 'UPGRADE_REQUIRED', oldest: oldestReader },
      ...tokens.issue({ ...who, scopes: [] }, nowMs),
    });
  const scopes = scopesOfStore(found.storeId);
  return ok({
    ...tokens.issue({ ...who, scopes }, nowMs),
    scopes,
    storeId: found.storeId,
    hqNow: nowMs,
    timeSig: keys.sealer.sign(sha256Hex(timeText(request.challenge, nowMs))),
    epoch: found.epoch,
    bundleKey: keys.bundleKey.publicKey,
  });
}

type Found = {
  readonly publicKey: string;
  readonly inc: number;
  readonly storeId: string;
  readonly revoked: boolean;
  readonly epoch: string;
};

/** The epoch as it is now: another node may have opened a new one. */
const FIND = `
  SELECT d.public_key AS "publicKey", d.inc, d.store_id AS "storeId", d.revoked, hq.epoch
    FROM device d, hq_identity hq WHERE d.id = $1 AND NOT d.deleted AND hq.one = 1`;
