import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';
import { useHqWords } from './hq-words.ts';

export type RecoverRefusal =
  | RefusalOf<InferClientErrorUnion<TillClient['auth']['recover']>>
  | { readonly code: 'INCOMPLETE' };

/** Why a till was not opened with the recovery key, and what to do. Its database is as it was, and so is the way to it. */
export function useRecoverWords(): (refusal: RecoverRefusal) => string {
  const { t } = useLingui();
  const hqWords = useHqWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'INCOMPLETE':
        return t`All four are needed: the file of sealed keys, the recovery key, HQ’s whole address, and the code.`;
      case 'BAD_SEALED_FILE':
        return t`The first file is not the one with the sealed keys of a till.`;
      case 'BAD_RECOVERY_KEY':
        return t`This is no recovery key: it is one line of 43 characters. Look at each, or give its file.`;
      case 'WRONG_RECOVERY_KEY':
        return t`This recovery key does not open the sealed keys: it is mistyped, or another organisation’s.`;
      case 'NO_KEY_FITS':
        return t`None of the sealed keys opens this database: they are another till’s, or it is damaged. Ask HQ for this till’s, or restore a backup.`;
      case 'DAMAGED':
        return t`The key is right and the database is damaged. Leave it as it is, restore a backup, and call your support.`;
      case 'NEWER_SCHEMA':
        return t`A newer Pestle wrote this database. Install the newest version first.`;
      case 'NOT_ENROLLED':
        return t`This database has never belonged to an HQ: there is nothing in it to bring back.`;
      case 'NO_DATABASE':
        return t`The database is not there any more. Put the folder of this till back, then start Pestle again.`;
      case 'IN_USE':
        return t`Another program has this database open. Close it, then try again.`;
      case 'UNDER_WAY':
        return t`Another window of this till is at it already.`;
      case 'KEY_NOT_LOST':
        return t`This till is open already.`;
      case 'HQ_REFUSED':
        return (
          hqWords(refusal.data.reason) ??
          t`HQ did not take the code. Look at address and code, or ask HQ for a new code.`
        );
      case 'STORAGE':
        return t`The disk of this till does not take it: it needs as much room once more. Free some space, then try again.`;
    }
    return t`The till could not do this. Try again.`;
  };
}
