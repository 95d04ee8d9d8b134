import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron';

export type KeystoreOptions = {
  readonly backend?: ReturnType<SafeStorage['getSelectedStorageBackend']>;
  readonly isAvailable?: boolean;
  /** The OS user's own secret, 32 bytes: another one is another user, or a keystore that was reset. */
  readonly osKey?: Buffer;
};

/** Stands in for the OS keystore. */
export function createKeystore({
  backend = 'gnome_libsecret',
  isAvailable = true,
  osKey = Buffer.alloc(32, 7),
}: KeystoreOptions): Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
> {
  return {
    isEncryptionAvailable: () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptString(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', osKey, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    decryptString(bytes) {
      const decipher = createDecipheriv('aes-256-gcm', osKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
