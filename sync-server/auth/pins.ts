import { createHmac, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { PoolClient } from 'pg';
import { argon2Cost } from '#shared/auth/pin.ts';

/** The store's pepper (base64url), made when it is first asked for. */
export async function pepperOf(client: Pick<PoolClient, 'query'>, storeId: string): Promise<string> {
  await client.query(
    'INSERT INTO store_pepper (store_id, pepper) VALUES ($1, $2) ON CONFLICT (store_id) DO NOTHING',
    [storeId, randomBytes(32).toString('base64url')],
  );
  const { rows } = await client.query<{ pepper: string }>(
    'SELECT pepper FROM store_pepper WHERE store_id = $1',
    [storeId],
  );
  if (!rows[0]) throw new Error(`no pepper of store ${storeId}`);
  return rows[0].pepper;
}

/** The verifier of a PIN at one store (shared/auth/pin.ts says how it is made). About 20 ms. */
export async function pinVerifier(
  client: Pick<PoolClient, 'query'>,
  storeId: string,
  pin: string,
): Promise<string> {
  // Argon2id is this library's default variant; its enum cannot be named under isolated modules.
  return hash(peppered(await pepperOf(client, storeId), pin), {
    memoryCost: argon2Cost.memoryKiB,
    timeCost: argon2Cost.passes,
    parallelism: argon2Cost.lanes,
  });
}

/** Whether a PIN is the one of a verifier. */
export const isPin = (verifier: string, pepper: string, pin: string): Promise<boolean> =>
  verify(verifier, peppered(pepper, pin));

const peppered = (pepper: string, pin: string): string =>
  createHmac('sha256', Buffer.from(pepper, 'base64url')).update(pin).digest('hex');
