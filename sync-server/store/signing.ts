import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as edSign,
  verify as edVerify,
  type KeyObject,
} from 'node:crypto';
import type { Sealer } from '#shared/replica/changeset.ts';

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Hash and Ed25519 signature with a private key (PKCS#8 PEM). */
export function createSealer(privateKeyPem: string): Sealer {
  const key = createPrivateKey(privateKeyPem);
  return { sha256Hex, sign: (hash) => edSign(null, Buffer.from(hash, 'hex'), key).toString('base64url') };
}

/** Reading a key takes half as long as a signature's check; an org's devices have a few hundred. */
const MOST_KEYS = 2_000;
const keys = new Map<string, KeyObject>();

/** A raw Ed25519 public key in base64url as a key object; null when it is none. */
export function publicKeyOf(base64url: string): KeyObject | null {
  const known = keys.get(base64url);
  if (known) return known;
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url }, format: 'jwk' });
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(base64url, key);
    return key;
  } catch {
    return null;
  }
}

/** Whether `sig` (base64url) is this key's over the bytes of `hash` (hex). */
export function verifies(publicKey: string, hash: string, sig: string): boolean {
  const key = publicKeyOf(publicKey);
  return key !== null && edVerify(null, Buffer.from(hash, 'hex'), key, Buffer.from(sig, 'base64url'));
}

/** The same off the main thread, for many at once. */
export function verifyAll(
  publicKey: string,
  sealed: readonly { readonly hash: string; readonly sig: string }[],
): Promise<boolean> {
  const key = publicKeyOf(publicKey);
  if (key === null) return Promise.resolve(false);
  const each = sealed.map(
    ({ hash, sig }) =>
      new Promise<boolean>((resolve) => {
        edVerify(null, Buffer.from(hash, 'hex'), key, Buffer.from(sig, 'base64url'), (problem, good) =>
          resolve(problem === null && good),
        );
      }),
  );
  return Promise.all(each).then((all) => all.every(Boolean));
}
