import type { Permission } from './permissions.ts';

/** The right to put a counter into training; a cashier is lent it in place. */
export const trainingRight: Permission = 'auth.training';

/** What stands in the way of a training. */
type TrainingStop =
  | { readonly code: 'TRAINING_ON' }
  | { readonly code: 'CARD_UNSETTLED'; readonly attempts: number };

/**
 * Why training may not begin now; null where it may. Money that may have moved at a card terminal wants a person at once,
 * and in training nobody would see it. An open sale, an open shift and an exchange lie on the real till's disk and wait.
 */
export function trainingStop({
  isOn,
  openCardAttempts,
}: {
  readonly isOn: boolean;
  /** As `openAttempts` of shared/sales counts them: of unknown outcome, and approved without a sale. */
  readonly openCardAttempts: number;
}): TrainingStop | null {
  if (isOn) return { code: 'TRAINING_ON' };
  if (openCardAttempts > 0) return { code: 'CARD_UNSETTLED', attempts: openCardAttempts };
  return null;
}

/**
 * How a training came to its end, as the audit has it. `till-closed`: the till was stopped in it; `cut-off`: it was killed,
 * which its next start found; `till-changed`: HQ revoked the till, or gave it to another store.
 */
export type TrainingEnd = 'left' | 'till-closed' | 'cut-off' | 'till-changed';

/**
 * Whether the person who began it is at the real till again when training ends. Anybody may have sat there meanwhile: who
 * else it is, or nobody, finds the real till locked with its sale kept.
 */
export const staysSignedIn = (startedBy: string, atTheEnd: string | null): boolean => startedBy === atTheEnd;
