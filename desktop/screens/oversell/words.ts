import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';

type Calls = TillClient['inventory'];

/** Why the books are as before. */
export type SwapRefusal = RefusalOf<InferClientErrorUnion<Calls['oversold' | 'swapBatch' | 'undoSwap']>>;

/** The till's refusals about swaps in words; what every call may answer is said as everywhere. */
export function useSwapWords(): (refusal: SwapRefusal) => Words {
  const { t } = useLingui();
  const common = useRefusalWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'CHANGED':
        return {
          title: t`The books have changed meanwhile`,
          next: t`Nothing was moved. This is how they stand now.`,
        };
      case 'NOT_ENOUGH':
        return {
          title: t`The other batch has not enough left`,
          next: t`Nothing was moved. Count both on the shelf.`,
        };
      case 'NOT_FOUND':
        return { title: t`Somebody has settled this already`, next: t`Nothing was moved.` };
      default:
        return common(refusal);
    }
  };
}
