import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import type { KeyVault } from '../ports.ts';

/** An Ed25519 key of this till: the private half as PKCS#8 PEM, the public half raw in base64url. */
export type DeviceKey = z.infer<typeof deviceKeySchema>;
const deviceKeySchema = z.object({ privatePem: z.string(), publicKey: z.string() });

type Slot = 'device-key' | 'next-device-key';

/** The key in a slot of the vault, made where there is none: it is there before anyone hears of its public half. */
export function deviceKeyIn(vault: KeyVault, slot: Slot): DeviceKey {
  const kept = keptIn(vault, slot);
  if (kept) return kept;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const made = {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: z.object({ x: z.string() }).parse(publicKey.export({ format: 'jwk' })).x,
  };
  vault.set(slot, JSON.stringify(made));
  return made;
}

/**
 * The key of the device this till is. A till that was put to work again under another device says in its database which
 * key that device has (`publicKey`); one that never was has one key. Null where the vault has lost it.
 *
 * The database changes hands in one transaction and the vault follows: where a stop came in between, it follows here.
 */
export function currentDeviceKey(vault: KeyVault, publicKey: string | null): DeviceKey | null {
  const current = keptIn(vault, 'device-key');
  if (publicKey === null || current?.publicKey === publicKey) return current;
  const next = keptIn(vault, 'next-device-key');
  if (next?.publicKey !== publicKey) return null;
  vault.set('device-key', JSON.stringify(next));
  // The vault forgets nothing; an empty slot is one that is filled anew.
  vault.set('next-device-key', '');
  return next;
}

function keptIn(vault: KeyVault, slot: Slot): DeviceKey | null {
  const kept = vault.get(slot);
  return kept === null || kept === '' ? null : deviceKeySchema.parse(JSON.parse(kept));
}
