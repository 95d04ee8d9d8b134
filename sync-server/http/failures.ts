import type { Response } from 'express';
import { z } from 'zod';
import type { wireError } from '#shared/replica/wire.ts';

/** Every typed failure of the sync API, with its HTTP status and its words for a log: the one place where they meet. */
const failures = {
  BAD_REQUEST: [400, 'The request is not one of this protocol.'],
  FORGED: [400, 'A changeset is not signed by this device, or is not what was signed.'],
  BAD_KEY: [400, 'The public key is not an Ed25519 key.'],
  UNAUTHORIZED: [401, 'A valid device token is needed.'],
  BAD_ANSWER: [401, 'The challenge was not answered by the device it was given to.'],
  UNKNOWN_DEVICE: [401, 'No such device.'],
  REVOKED: [403, 'This device has been revoked.'],
  FOREIGN_SCOPE: [403, 'The scope is not one of this device.'],
  INSECURE: [403, 'Plain http is for loopback only: use https.'],
  CODE_REFUSED: [403, 'The enrolment code is unknown, expired or used.'],
  OTHER_TILL: [403, 'The enrolment code is another till’s.'],
  NOT_FOUND: [404, 'There is nothing here.'],
  FORK: [409, 'Another changeset has this number: the device must enrol again.'],
  GAP: [409, 'Changesets before these are missing.'],
  MUST_REFETCH: [409, 'HQ does not serve the log from there: take a snapshot.'],
  TOO_LARGE: [413, 'The body is too large.'],
  UPGRADE_REQUIRED: [426, 'This version can push, and reads no more: update it.'],
  PROTOCOL: [426, 'Another version of the protocol is spoken here.'],
  BUSY: [429, 'HQ has all it can do: come again after retry-after seconds.'],
  TOO_MANY: [429, 'Too many tries: wait a little.'],
  INTERNAL: [500, 'HQ made a mistake; it is in its log.'],
  UNAVAILABLE: [503, 'The database is away; HQ goes on as soon as it is back.'],
} as const satisfies Record<string, readonly [number, string]>;
export type FailureCode = keyof typeof failures;

/** Answers a typed failure. The further members of an error object become its `detail`. */
export function sendFailure(res: Response, { code, ...detail }: { readonly code: FailureCode }): void {
  const [status, message] = failures[code];
  const body: z.infer<typeof wireError> = {
    code,
    message,
    ...(Object.keys(detail).length > 0 && { detail }),
  };
  const { retryAfterS = 1 } = z.object({ retryAfterS: z.int().optional() }).parse(detail);
  if (status === 503 || status === 429) res.set('retry-after', String(retryAfterS));
  res.set('cache-control', 'no-store').status(status).json(body);
}
