import { useLingui } from '@lingui/react/macro';
import type { TermsAnswer } from '../hands.ts';
import { useRefusalWords } from '../sell/refusal-words.tsx';

type Refusal = Extract<TermsAnswer, { readonly ok: false }>['refusal'];

/** Reasons for a discount, and why one was not given, in words. */
export function useDiscountWords() {
  const { t } = useLingui();
  const cartWords = useRefusalWords();
  return {
    reasons: [t`Damaged box`, t`Short expiry`, t`Regular customer`, t`Staff`, t`Price elsewhere`],
    refusal(refusal: Refusal): string {
      switch (refusal.code) {
        case 'NO_DISCOUNT_ALLOWED': {
          const { name } = refusal.data;
          return t`By law ${name} takes no discount.`;
        }
        case 'WRONG_PIN':
        case 'LOCKED':
        case 'NO_PIN':
          return t`That PIN is wrong.`;
        default:
          return cartWords(refusal).title;
      }
    },
  };
}
