import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';
import { useHqWords } from './hq-words.ts';

export type RestoreRefusal = RefusalOf<InferClientErrorUnion<TillClient['auth']['restore']>>;

/** Why a backup was not restored, and what to do. Nothing was changed by the try. */
export function useRestoreWords(): (refusal: RestoreRefusal) => string {
  const { t } = useLingui();
  const hqWords = useHqWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'NO_BACKUP_FILE':
        return t`The backup is not there any more. Plug the drive in again.`;
      case 'NEEDS_RECOVERY':
        return t`This machine does not have the key of that till. Give the papers from HQ and the safe below.`;
      case 'NOT_A_BACKUP':
        return t`This is no backup of that till.`;
      case 'BACKUP_DAMAGED':
        return t`This backup is damaged. Choose another one.`;
      case 'NEWER_SCHEMA':
        return t`A newer Pestle wrote this backup. Install the newest version first.`;
      case 'BAD_SEALED_FILE':
        return t`The first file is not the one with the sealed keys of a till.`;
      case 'BAD_RECOVERY_KEY':
      case 'WRONG_RECOVERY_KEY':
        return t`This recovery key does not open it. Look at the file from the safe.`;
      case 'HQ_REFUSED':
        return (
          hqWords(refusal.data.reason) ??
          t`HQ did not take the code. Look at address and code, or ask HQ for a new code.`
        );
      case 'ALREADY_ENROLLED':
        return t`This till belongs to a store already.`;
      case 'STORAGE':
        return t`The disk of this till does not take it. Free some space, then try again.`;
    }
    return t`The till could not do this. Try again.`;
  };
}
