import { useLingui } from '@lingui/react/macro';
import type { HeldChangeView } from '#shared/sales/calls-held.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import type { RecallRefusal } from '../refusal.ts';
import { useRefusalWords } from '../sell/refusal-words.tsx';

/** What is no longer as it was in a held sale, and why one was not taken up. */
export function useHeldWords() {
  const { t } = useLingui();
  const format = useFormat();
  const cartWords = useRefusalWords();
  return {
    change(change: HeldChangeView): string {
      switch (change.kind) {
        case 'price': {
          const was = format.money(change.wasMinor);
          const is = format.money(change.isMinor);
          return t`the price was ${was} and is ${is} now`;
        }
        case 'left-out':
          return t`no longer sold: left out`;
        case 'short':
          return t`no longer enough on hand`;
        case 'stopped':
          return t`its batch may not be handed over any more`;
      }
    },
    refusal(refusal: RecallRefusal): string {
      switch (refusal.code) {
        case 'SALE_IN_PROGRESS':
          return t`Another sale is in progress. Hold it first (F4).`;
        case 'ALREADY_RECALLED': {
          const { tillName } = refusal.data;
          return t`Taken up or given up already, at ${tillName}.`;
        }
        default:
          return cartWords(refusal).title;
      }
    },
  };
}
