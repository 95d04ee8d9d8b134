import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import { useFormat } from '#shared/ui/use-format.ts';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';

type Calls = TillClient['sales']['customers'];
type ErrorsOf<Call extends keyof Calls> = RefusalOf<InferClientErrorUnion<Calls[Call]>>;

/** Why a customer is as before. */
export type CustomerRefusal = Exclude<
  ErrorsOf<'find'> | ErrorsOf<'get'> | ErrorsOf<'create'> | ErrorsOf<'edit'> | ErrorsOf<'erase'>,
  { readonly code: 'LOOKS_SAME' }
>;

/** The till's refusals about customers in words; what every call may answer is said as everywhere. */
export function useCustomerWords(): (refusal: CustomerRefusal) => Words {
  const { t } = useLingui();
  const format = useFormat();
  const common = useRefusalWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'NOT_FOUND':
        return { title: t`This customer is no longer there`, next: t`Nothing was changed.` };
      case 'ERASED':
        return {
          title: t`This customer’s data was erased`,
          next: t`It cannot be brought back, here or anywhere.`,
        };
      case 'KEY_MISSING':
        return {
          title: t`This customer cannot be read yet`,
          next: t`The key comes from HQ at the next contact. Nothing was changed.`,
        };
      case 'HELD': {
        const until = format.date(refusal.data.until);
        return {
          title: t`A law keeps this data until ${until}`,
          next: t`Nothing was erased. Ask again after that day.`,
        };
      }
      default:
        return common(refusal);
    }
  };
}
