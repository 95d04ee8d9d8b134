import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import type pg from 'pg';
import type { Sealer } from '#shared/replica/changeset.ts';
import { fingerprintOf } from '#shared/replica/fingerprint.ts';
import { createSealer } from '../store/signing.ts';

/** What an HQ node needs of the org's identity. The same on every node. */
export type HqKeys = {
  readonly epoch: string;
  readonly device: string;
  /** HQ's Ed25519 public key, base64url. */
  readonly publicKey: string;
  readonly signingKeyPem: string;
  /** Signs device tokens and challenges: derived from the signing key, so that nothing more must be kept. */
  readonly tokenKey: Buffer;
  /** Signs with HQ's key: what a till checks by `publicKey`. */
  readonly sealer: Sealer;
  /** Tills seal files of unsent work to it; derived likewise. */
  readonly bundleKey: BundleKey;
};

/** An X25519 pair (RFC 7748); both halves raw, base64url. */
export type BundleKey = { readonly publicKey: string; readonly privateKey: string };

export async function readHqKeys(pool: Pick<pg.Pool, 'query'>): Promise<HqKeys> {
  const { rows } = await pool.query<{ epoch: string; device: string; pem: string }>(
    'SELECT epoch, device, signing_key_pem AS pem FROM hq_identity WHERE one = 1',
  );
  const found = rows[0];
  if (!found) throw new Error('this database has no org yet');
  return {
    epoch: found.epoch,
    device: found.device,
    publicKey: rawPublic(createPublicKey(found.pem)),
    signingKeyPem: found.pem,
    tokenKey: Buffer.from(hkdfSync('sha256', found.pem, '', 'device tokens', 32)),
    sealer: createSealer(found.pem),
    bundleKey: bundleKeyOf(found.pem),
  };
}

/** What a person compares, and the code's QR carries: of HQ's raw public key. */
export const hqFingerprint = (publicKey: string): string =>
  fingerprintOf(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest());

function bundleKeyOf(signingKeyPem: string): BundleKey {
  const seed = Buffer.from(hkdfSync('sha256', signingKeyPem, '', 'outage bundles', 32));
  const der = Buffer.concat([X25519_PKCS8, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { publicKey: rawPublic(createPublicKey(key)), privateKey: seed.toString('base64url') };
}

const rawPublic = (key: KeyObject): string => key.export({ format: 'jwk' }).x ?? '';

/** What stands before the 32 bytes of an X25519 private key in PKCS#8 (RFC 8410). */
const X25519_PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
