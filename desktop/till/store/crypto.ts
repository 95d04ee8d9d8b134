import { createHash, createPrivateKey, sign as edSign } from 'node:crypto';
import type { Sealer } from '#shared/replica/changeset.ts';

/** Hash and Ed25519 signature of this device, from its private key (PKCS#8 PEM, out of the key vault). */
export function createSealer(privateKeyPem: string): Sealer {
  const key = createPrivateKey(privateKeyPem);
  return {
    sha256Hex,
    sign: (hash) => edSign(null, Buffer.from(hash, 'hex'), key).toString('base64url'),
  };
}

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
export const sha256 = (bytes: string | Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
