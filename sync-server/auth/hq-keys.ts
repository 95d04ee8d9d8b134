import { createHash, createPublicKey, hkdfSync } from 'node:crypto';
import type pg from 'pg';
import { fingerprintOf } from '#shared/replica/fingerprint.ts';

/** What an HQ node needs of the org's identity. The same on every node. */
export type HqKeys = {
  readonly epoch: string;
  readonly device: string;
  /** HQ's Ed25519 public key, base64url. */
  readonly publicKey: string;
  readonly signingKeyPem: string;
  /** Signs device tokens and challenges: derived from the signing key, so that nothing more must be kept. */
  readonly tokenKey: Buffer;
};

export async function readHqKeys(pool: Pick<pg.Pool, 'query'>): Promise<HqKeys> {
  const { rows } = await pool.query<{ epoch: string; device: string; pem: string }>(
    'SELECT epoch, device, signing_key_pem AS pem FROM hq_identity WHERE one = 1',
  );
  const found = rows[0];
  if (!found) throw new Error('this database has no org yet');
  return {
    epoch: found.epoch,
    device: found.device,
    publicKey: createPublicKey(found.pem).export({ format: 'jwk' }).x ?? '',
    signingKeyPem: found.pem,
    tokenKey: Buffer.from(hkdfSync('sha256', found.pem, '', 'device tokens', 32)),
  };
}

/** What a person compares, and the code's QR carries: of HQ's raw public key. */
export const hqFingerprint = (publicKey: string): string =>
  fingerprintOf(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest());
