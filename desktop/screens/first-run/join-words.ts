import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';
import { useHqWords } from './hq-words.ts';

export type JoinRefusal =
  | RefusalOf<InferClientErrorUnion<TillClient['auth']['join']>>
  | RefusalOf<InferClientErrorUnion<TillClient['auth']['rejoin']>>
  | { readonly code: 'INCOMPLETE' | 'CODE_INCOMPLETE' };

/** Why a till could not join, or join again, and what to do. */
export function useJoinWords(): (refusal: JoinRefusal) => string {
  const { t } = useLingui();
  const hqWords = useHqWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'INCOMPLETE':
        return t`Type the whole address, with https://, and all eight characters of the code.`;
      case 'CODE_INCOMPLETE':
        return t`Type all eight characters of the code.`;
      case 'WRONG_FINGERPRINT':
        return t`This address is not the HQ that made the code. Nothing was sent to it.`;
      case 'ALREADY_ENROLLED':
        return t`This till belongs to a store already.`;
      case 'STORAGE':
        return t`The disk of this till does not take it. Free some space, then try again.`;
    }
    const reason = refusal.code === 'CODE_REFUSED' ? refusal.data.reason : refusal.code;
    return hqWords(reason) ?? t`The till could not do this. Try again.`;
  };
}
