import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { KeyVault, VaultName } from '../till/ports.ts';
import { readIfThere, writeDurably } from './durable-file.ts';

/** The vault's file is there and this key does not open it: it must not be replaced by an empty one (vault-instead.ts). */
export type VaultFailure = { readonly code: 'VAULT_UNREADABLE' };

/**
 * The till's secrets in one file, sealed as a whole (AES-256-GCM) under a key that only the OS keystore holds. The
 * till seals for itself, because `set` has to be durable when it returns and a message to the shell could not be.
 *
 * @param keyHex the vault key, 256 bits in hex
 */
export function openSealedVault(file: string, keyHex: string): Result<KeyVault, VaultFailure> {
  const key = Buffer.from(keyHex, 'hex');
  const text = readIfThere(file);
  const stored = text === null ? {} : unseal(text, key);
  if (stored === null) return err({ code: 'VAULT_UNREADABLE' });
  const values = new Map(Object.entries(stored));
  return ok({
    get: (name: VaultName) => values.get(name) ?? null,
    set(name: VaultName, value: string) {
      // The file first: a value that could not be written is not remembered either.
      writeDurably(file, seal({ ...Object.fromEntries(values), [name]: value }, key));
      values.set(name, value);
    },
  });
}

const valuesSchema = z.record(z.string(), z.string());
const fileSchema = z.object({ format: z.literal(1), nonce: z.base64(), sealed: z.base64(), tag: z.base64() });
/** Bound to the seal, so that no other file of the same key can take this one's place. */
const purpose = Buffer.from('pestle till vault 1');

function seal(values: Readonly<Record<string, string>>, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(purpose);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()]);
  const inBase64 = (bytes: Buffer) => bytes.toString('base64');
  return JSON.stringify({
    format: 1,
    nonce: inBase64(nonce),
    sealed: inBase64(sealed),
    tag: inBase64(cipher.getAuthTag()),
  });
}

function unseal(text: string, key: Buffer): z.infer<typeof valuesSchema> | null {
  try {
    const { nonce, sealed, tag } = fileSchema.parse(JSON.parse(text));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
      .setAAD(purpose)
      .setAuthTag(Buffer.from(tag, 'base64'));
    const plain = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
    return valuesSchema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    return null; // cut short, altered, or sealed under another key
  }
}
