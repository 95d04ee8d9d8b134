import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';

type Calls = TillClient['sales']['shift'];

/** Why the shift is as it was. */
export type ShiftRefusal = RefusalOf<
  InferClientErrorUnion<
    Calls['open' | 'x' | 'printX' | 'move' | 'noSale' | 'compare' | 'close' | 'reports' | 'reprint']
  >
>;

/** The till's refusals about shifts in words; what every call may answer is said as everywhere. */
export function useShiftWords(): (refusal: ShiftRefusal) => Words {
  const { t } = useLingui();
  const common = useRefusalWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'NO_SHIFT':
        return { title: t`This shift is closed already`, next: t`Nothing was changed. Esc goes back.` };
      case 'SHIFT_OPEN':
        return {
          title: t`A shift is open already`,
          next: t`A sale may have opened it. Nothing was changed.`,
        };
      case 'REASON_NEEDED':
        return { title: t`A reason is needed`, next: t`Type why, then Enter.` };
      case 'LEFT_TOO_MUCH':
        return { title: t`More cannot stay than was counted`, next: t`Type what stays in the drawer.` };
      default:
        return common(refusal);
    }
  };
}
