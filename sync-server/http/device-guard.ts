import type { Request, RequestHandler, Response } from 'express';
import type pg from 'pg';
import type { Clock } from '#shared/kernel/clock.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { DeviceToken, DeviceTokens } from '../auth/device-tokens.ts';
import { sendFailure } from './failures.ts';

export type DeviceHandler = (req: Request, res: Response, device: DeviceToken) => Promise<void> | void;

const FRESH_MS = 5_000;

/** Runs a handler for requests that bear a device's valid token; answers 401 to the others. */
export const forDevices =
  ({ tokens, clock }: { readonly tokens: DeviceTokens; readonly clock: Clock }) =>
  (handle: DeviceHandler): RequestHandler =>
  (req, res) => {
    const given = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1];
    const device = given === undefined ? null : tokens.read(given, clock.nowMs());
    if (!device) return sendFailure(res, { code: 'UNAUTHORIZED' });
    return handle(req, res, device);
  };

export type ReadGuard = (device: DeviceToken, scope: string) => Promise<'FOREIGN_SCOPE' | 'REVOKED' | null>;

type Standing = { readonly revoked: boolean; readonly storeId: string };

function refusalOf({ revoked, storeId }: Standing, scope: string): 'FOREIGN_SCOPE' | 'REVOKED' | null {
  if (revoked) return 'REVOKED';
  return scope.startsWith('store:') && scope !== storeScope(storeId) ? 'FOREIGN_SCOPE' : null;
}

/** Whether a device may read a scope: its token says so, and it was not revoked or moved in the last seconds. */
export function createReadGuard(pool: Pick<pg.Pool, 'query'>): ReadGuard {
  const known = new Map<string, Standing & { readonly at: number }>();
  return async ({ device, scopes }, scope) => {
    if (!scopes.includes(scope)) return 'FOREIGN_SCOPE';
    const nowMs = Date.now();
    const last = known.get(device);
    const said = last && nowMs - last.at < FRESH_MS ? refusalOf(last, scope) : 'FOREIGN_SCOPE';
    // Another store than a moment ago: the device may just have been moved.
    if (said !== 'FOREIGN_SCOPE') return said;
    const { rows } = await pool.query<Standing>(
      'SELECT revoked, store_id AS "storeId" FROM device WHERE id = $1',
      [device],
    );
    const found = { ...(rows[0] ?? { revoked: true, storeId: '' }), at: nowMs };
    known.set(device, found);
    return refusalOf(found, scope);
  };
}
