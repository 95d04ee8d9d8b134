import { randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { readIfThere, writeDurably } from '../hosts/durable-file.ts';

/** The OS offers no keystore, or only one whose "encryption" has a password that everybody knows. */
export type VaultKeyFailure = { readonly code: 'NO_KEYSTORE' };

const fileSchema = z.object({ format: z.literal(1), sealed: z.base64() });

/**
 * The keys of the till's vault (256 bits in hex, the newest last): one, made at the first start and kept in `file`
 * enciphered by the OS keystore. Where that does not open it (another OS user, a keystore that was reset) another is
 * made in a file beside it, `vault-key-2`, and the unreadable one stays as it is: the database's own key hangs on it,
 * and the keystore may come back. Call when the app is ready, Electron cannot say before which keystore there is.
 */
export function openVaultKeys(
  safeStorage: SafeStorage,
  file: string,
  platform: NodeJS.Platform = process.platform,
): Result<readonly string[], VaultKeyFailure> {
  if (!hasRealKeystore(safeStorage, platform)) return err({ code: 'NO_KEYSTORE' });
  const keys: string[] = [];
  for (let nth = 1; ; nth += 1) {
    const place = nth === 1 ? file : `${file}-${nth}`;
    const text = readIfThere(place);
    if (text === null) return ok(keys.length > 0 ? keys : [makeKey(safeStorage, place)]);
    const key = unseal(safeStorage, text);
    if (key !== null) keys.push(key);
  }
}

function makeKey(safeStorage: SafeStorage, file: string): string {
  const keyHex = randomBytes(32).toString('hex');
  const sealed = safeStorage.encryptString(keyHex).toString('base64');
  writeDurably(file, JSON.stringify({ format: 1, sealed }));
  return keyHex;
}

function hasRealKeystore(safeStorage: SafeStorage, platform: NodeJS.Platform): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  // basic_text enciphers with a password written in Chromium's source.
  return !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** Null where this keystore does not open it, or the file is damaged. */
function unseal(safeStorage: SafeStorage, text: string): string | null {
  try {
    const { sealed } = fileSchema.parse(JSON.parse(text));
    return z
      .hex()
      .length(64)
      .parse(safeStorage.decryptString(Buffer.from(sealed, 'base64')));
  } catch {
    return null;
  }
}
