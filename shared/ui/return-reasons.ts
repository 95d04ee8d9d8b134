import { useLingui } from '@lingui/react/macro';
import { type ReturnReason, readReason } from '#shared/sales/return-reason.ts';

/** Why goods come back, in words. */
export function useReasonNames(): Readonly<Record<ReturnReason, string>> {
  const { t } = useLingui();
  return {
    'changed-mind': t`Customer changed their mind`,
    'wrong-article': t`Wrong article`,
    damaged: t`Damaged or faulty`,
    intolerance: t`Not tolerated`,
    recall: t`Recalled`,
    other: t`Another reason`,
  };
}

/** A stored reason with its note in words; what is no reason of these is shown as it is. */
export function useReasonWords(): (stored: string) => string {
  const names = useReasonNames();
  return (stored) => {
    const { reason, note } = readReason(stored);
    return [reason && names[reason], note].filter(Boolean).join(': ');
  };
}
