import { randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { readIfThere, writeDurably } from '../hosts/durable-file.ts';

export type VaultKeyFailure =
  /** The OS offers no keystore, or only one whose "encryption" has a password that everybody knows. */
  | { readonly code: 'NO_KEYSTORE' }
  /** The file is there and the keystore does not open it: another OS user, or the keystore was reset. */
  | { readonly code: 'KEY_UNREADABLE' };

const fileSchema = z.object({ format: z.literal(1), sealed: z.base64() });

/**
 * The key of the till's vault (256 bits in hex): made at the first start, kept in `file` enciphered by the OS
 * keystore. An unreadable file is never replaced: the database's own key hangs on it. Call when the app is ready,
 * Electron cannot say before which keystore there is.
 */
export function openVaultKey(
  safeStorage: SafeStorage,
  file: string,
  platform: NodeJS.Platform = process.platform,
): Result<string, VaultKeyFailure> {
  if (!hasRealKeystore(safeStorage, platform)) return err({ code: 'NO_KEYSTORE' });
  const text = readIfThere(file);
  if (text !== null) return unseal(safeStorage, text);
  const keyHex = randomBytes(32).toString('hex');
  const sealed = safeStorage.encryptString(keyHex).toString('base64');
  writeDurably(file, JSON.stringify({ format: 1, sealed }));
  return ok(keyHex);
}

function hasRealKeystore(safeStorage: SafeStorage, platform: NodeJS.Platform): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  // basic_text enciphers with a password written in Chromium's source.
  return !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

function unseal(safeStorage: SafeStorage, text: string): Result<string, VaultKeyFailure> {
  try {
    const { sealed } = fileSchema.parse(JSON.parse(text));
    return ok(
      z
        .hex()
        .length(64)
        .parse(safeStorage.decryptString(Buffer.from(sealed, 'base64'))),
    );
  } catch {
    return err({ code: 'KEY_UNREADABLE' });
  }
}
