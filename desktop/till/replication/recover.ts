import { existsSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { KeyVault } from '../ports.ts';
import { isInUse, tryKey } from '../store/try-key.ts';
import { openSealed } from './recovery-seal.ts';

/** What HQ gives out with `npm run hq -- --sealed-key`: the keys a till has left, the newest first. */
export const sealedKeyFile = z.object({
  format: z.literal(1),
  till: z.string(),
  tillId: z.string(),
  keys: z.array(z.object({ device: z.string(), inc: z.int(), at: z.int(), sealed: z.string() })).min(1),
});

export type KeyFailure =
  /** There is no till.db in the folder. */
  | { readonly code: 'NO_DATABASE' }
  /** The recovery key opens none of the sealed keys: it is another org's, or one of the two files is not whole. */
  | { readonly code: 'WRONG_RECOVERY_KEY' }
  /** The sealed keys are another till's, or till.db is damaged from its first page on. */
  | { readonly code: 'NO_KEY_FITS' }
  | { readonly code: 'DAMAGED'; readonly detail: string }
  /** A till runs over this database. */
  | { readonly code: 'IN_USE' };

type Sources = {
  readonly file: string;
  readonly sealed: z.infer<typeof sealedKeyFile>;
  /** The org's private recovery key, X25519, base64url. */
  readonly recoveryKey: string;
};

/** Puts a database's key back into the vault, once it has been seen to open the whole database. */
export async function restoreDatabaseKey(
  { file, sealed, recoveryKey }: Sources,
  vault: KeyVault,
): Promise<Result<string, KeyFailure>> {
  if (!existsSync(file)) return err({ code: 'NO_DATABASE' });
  const opened = await Promise.all(sealed.keys.map((one) => openSealed(recoveryKey, one.sealed)));
  const keys = [...new Set(opened.filter((key) => keyHex.safeParse(key).success))];
  if (keys.length === 0) return err({ code: 'WRONG_RECOVERY_KEY' });
  for (const key of keys) {
    if (key === null) continue;
    const fit = tryKey(file, key);
    if (!fit.fits && fit.why === 'damaged') return err({ code: 'DAMAGED', detail: fit.detail });
    if (!fit.fits) continue;
    if (isInUse(file, key)) return err({ code: 'IN_USE' });
    if (vault.get('database-key') !== key) vault.set('database-key', key);
    return ok(key);
  }
  return err({ code: 'NO_KEY_FITS' });
}

const keyHex = z.hex().length(64);
