import type { Permission } from '#shared/auth/permissions.ts';

/** Somebody about to close a shift, and the store's rules about it. */
export type ClosingBy = {
  readonly closerId: string;
  readonly openedById: string;
  readonly rights: ReadonlySet<Permission>;
  /** The largest difference of one means of payment, either way, in minor units. */
  readonly worstMinor: number;
  /** A difference beyond this asks for a reason. */
  readonly limitMinor: number;
  /** Whether it asks for a manager's PIN as well. */
  readonly pinOverLimit: boolean;
};

/**
 * What closing asks for: a reason, and the right that is missing, for which somebody may give a PIN in place. Where
 * nobody can, the shift is closed all the same, with a reason and the right's name in the audit: money that was
 * counted must not wait for authority.
 */
export function closingNeeds(by: ClosingBy): {
  readonly reason: boolean;
  readonly right: Permission | null;
} {
  const over = by.worstMinor > by.limitMinor;
  const right = missingRight(by, over);
  return { reason: over || right !== null, right };
}

function missingRight({ rights, ...by }: ClosingBy, over: boolean): Permission | null {
  if (!rights.has('sales.shift')) return 'sales.shift';
  const others = by.closerId !== by.openedById || (over && by.pinOverLimit);
  return others && !rights.has('sales.shift.others') ? 'sales.shift.others' : null;
}

/** Cash left for the next shift unless somebody says otherwise: the float again, or all there is. */
export const usualFloat = (floatMinor: number, countedMinor: number): number =>
  Math.max(0, Math.min(floatMinor, countedMinor));
