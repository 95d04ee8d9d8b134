import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import type { ReturnPlace } from './tables-returns.ts';

/** What is known of goods that come back. `coldChain`: they must be kept cold, and nobody knows where they were. */
export type ReturnedGoods = {
  readonly scheduleClass: ScheduleClass;
  readonly coldChain?: boolean;
  /** Without a batch nobody can tell whether they are recalled or expired. */
  readonly batchKnown?: boolean;
};

/**
 * Where goods that came back may go. What needed a prescription or a cold chain has left the pharmacy's care and is
 * never sold again (EU GDP 2013/C 343/01, 6.3); goods without a batch can only be destroyed.
 */
export function placesFor({
  scheduleClass,
  coldChain = false,
  batchKnown = true,
}: ReturnedGoods): readonly ReturnPlace[] {
  if (!batchKnown) return ['destruction'];
  const neverAgain = coldChain || scheduleClass === 'prescription' || scheduleClass === 'controlled';
  return neverAgain ? ['quarantine', 'destruction'] : ['shelf', 'quarantine', 'destruction'];
}

/** Where they go unless a person says otherwise: the store's choice where the goods allow it, else the next safer place. */
export function defaultPlace(goods: ReturnedGoods, chosen: ReturnPlace): ReturnPlace {
  const places = placesFor(goods);
  return places.includes(chosen) ? chosen : (places[0] ?? 'destruction');
}
