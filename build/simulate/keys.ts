import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Sealer } from '#shared/replica/changeset.ts';
import { createSealer, sha256 } from '../../desktop/till/store/crypto.ts';
import { verifies } from '../../sync-server/store/signing.ts';

/** A device's real Ed25519 key, the same in every run: its seed is the hash of its name. */
export type DeviceKeys = { readonly publicKey: string; readonly sealer: Sealer };

export function keysOf(name: string): DeviceKeys {
  const known = made.get(name);
  if (known) return known;
  const der = Buffer.concat([PKCS8_ED25519, sha256(name)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'jwk' }).x ?? '';
  const keys = {
    publicKey,
    sealer: createSealer(key.export({ format: 'pem', type: 'pkcs8' }).toString()),
  };
  made.set(name, keys);
  return keys;
}

/** Whether the signature is good; a changeset that is sent again is not computed again. */
export function verifyOnce(publicKey: string, hash: string, sig: string): boolean {
  const known = verified.get(hash);
  if (known?.sig === sig && known.publicKey === publicKey) return true;
  const good = verifies(publicKey, hash, sig);
  if (good) verified.set(hash, { sig, publicKey });
  if (verified.size > MOST_KEPT) verified.clear();
  return good;
}

const made = new Map<string, DeviceKeys>();
const verified = new Map<string, { readonly sig: string; readonly publicKey: string }>();
const MOST_KEPT = 10_000;
/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410 §7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
