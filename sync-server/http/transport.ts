import type { RequestHandler } from 'express';
import { sendFailure } from './failures.ts';

/**
 * Refuses plain http from anywhere but this machine (SYNC.md, Devices, keys, transport). Behind a proxy that ends TLS
 * `trust proxy` must be set on the app: then `req.secure` and `req.ip` are the client's, as the proxy tells them.
 */
export const secureOnly: RequestHandler = (req, res, next) => {
  if (req.secure || isLoopback(req.ip ?? '')) next();
  else sendFailure(res, { code: 'INSECURE' });
};

/** Refuses everyone but programs on this machine, without saying that there is something. */
export const loopbackOnly: RequestHandler = (req, res, next) => {
  if (isLoopback(req.ip ?? '')) next();
  else sendFailure(res, { code: 'NOT_FOUND' });
};

const isLoopback = (ip: string): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(ip);
