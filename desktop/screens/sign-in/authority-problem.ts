import type { PinProblem } from './pin-field.tsx';
import { problemOf } from './pin-pane.tsx';

/** What is wrong with a PIN given in place: the PIN, or that its owner may not either. */
export type AuthorityProblem = PinProblem | 'missing-right';

type Refused = { readonly code: string };
type PinRefusal = Parameters<typeof problemOf>[0];

/** Whether an act was refused for the PIN given in place, and not for what it was to do. */
export const isAboutPin = (refusal: Refused): refusal is PinRefusal =>
  refusal.code === 'WRONG_PIN' || refusal.code === 'LOCKED' || refusal.code === 'NO_PIN';

/** What a dialog that asks for a PIN in place says of a refusal; null where there is none. */
export function authorityProblem(refusal: Refused | null): AuthorityProblem | null {
  if (refusal === null) return null;
  if (refusal.code === 'MISSING_RIGHT') return 'missing-right';
  return isAboutPin(refusal) ? problemOf(refusal) : { kind: 'no-answer' };
}
