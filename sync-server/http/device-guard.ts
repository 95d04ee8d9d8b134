import type { Request, RequestHandler, Response } from 'express';
import type pg from 'pg';
import type { DeviceToken, DeviceTokens } from '../auth/device-tokens.ts';
import { sendFailure } from './failures.ts';

export type DeviceHandler = (req: Request, res: Response, device: DeviceToken) => Promise<void> | void;

const FRESH_MS = 5_000;

/** Runs a handler for requests that bear a device's valid token; answers 401 to the others. */
export const forDevices =
  (tokens: DeviceTokens) =>
  (handle: DeviceHandler): RequestHandler =>
  (req, res) => {
    const given = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1];
    const device = given === undefined ? null : tokens.read(given, Date.now());
    if (!device) return sendFailure(res, { code: 'UNAUTHORIZED' });
    return handle(req, res, device);
  };

export type ReadGuard = (device: DeviceToken, scope: string) => Promise<'FOREIGN_SCOPE' | 'REVOKED' | null>;

/** Whether a device may read a scope: its token says so, and it has not been revoked in the last seconds. */
export function createReadGuard(pool: Pick<pg.Pool, 'query'>): ReadGuard {
  const known = new Map<string, { readonly revoked: boolean; readonly at: number }>();
  return async ({ device, scopes }, scope) => {
    if (!scopes.includes(scope)) return 'FOREIGN_SCOPE';
    const nowMs = Date.now();
    const last = known.get(device);
    if (last && nowMs - last.at < FRESH_MS) return last.revoked ? 'REVOKED' : null;
    const { rows } = await pool.query<{ revoked: boolean }>('SELECT revoked FROM device WHERE id = $1', [
      device,
    ]);
    const revoked = rows[0]?.revoked ?? true;
    known.set(device, { revoked, at: nowMs });
    return revoked ? 'REVOKED' : null;
  };
}
