import { useLingui } from '@lingui/react/macro';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';
import type { SettleRefusal } from './use-second-refunds.ts';

/** Why it is still to be settled; what every call may answer is said as everywhere. */
export function useSettleWords(): (refusal: SettleRefusal) => Words {
  const { t } = useLingui();
  const common = useRefusalWords();
  return (refusal) => {
    if (refusal.code === 'NOT_FOUND')
      return {
        title: t`Somebody has settled it already`,
        next: t`Here or at HQ. Nothing more is to be done.`,
      };
    if (refusal.code === 'CHANGED')
      return {
        title: t`More of it has come back meanwhile`,
        next: t`Nothing was settled. Look at the returns again.`,
      };
    return common(refusal);
  };
}
