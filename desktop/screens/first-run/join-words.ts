import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';

export type JoinRefusal =
  | RefusalOf<InferClientErrorUnion<TillClient['auth']['join']>>
  | RefusalOf<InferClientErrorUnion<TillClient['auth']['rejoin']>>
  | { readonly code: 'INCOMPLETE' | 'CODE_INCOMPLETE' };

/** Why a till could not join, or join again, and what to do. */
export function useJoinWords(): (refusal: JoinRefusal) => string {
  const { t } = useLingui();
  return (refusal) => {
    switch (refusal.code) {
      case 'INCOMPLETE':
        return t`Type the whole address, with https://, and all eight characters of the code.`;
      case 'CODE_INCOMPLETE':
        return t`Type all eight characters of the code.`;
      case 'HQ_UNREACHABLE':
        return t`HQ does not answer at this address. Look at the address and at the network.`;
      case 'INSECURE_URL':
        return t`HQ must be reached over https.`;
      case 'CODE_REFUSED':
        switch (refusal.data.reason) {
          case 'unknown':
            return t`HQ does not know this code. Look at each character.`;
          case 'expired':
            return t`This code is more than ten minutes old. Make a new one at HQ.`;
          case 'used':
            return t`This code has been used. Make a new one at HQ.`;
        }
        break;
      case 'OTHER_TILL':
        return t`This code is another till’s and still good there. Ask HQ for one of this till.`;
      case 'OTHER_HQ':
        return t`What answers here is not the HQ of this till.`;
      case 'WRONG_FINGERPRINT':
        return t`This address is not the HQ that made the code. Nothing was sent to it.`;
      case 'ALREADY_ENROLLED':
        return t`This till belongs to a store already.`;
      case 'STORAGE':
        return t`The disk of this till does not take it. Free some space, then try again.`;
    }
    return t`The till could not do this. Try again.`;
  };
}
