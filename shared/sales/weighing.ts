import { atDigits } from '#shared/catalog/weighed-sale.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** A weight as the scale gave it, exact: `amount` / 10^`decimals` of its unit. `1255, 3, kg` is 1.255 kg. */
export type Weight = {
  readonly amount: number;
  readonly decimals: number;
  readonly unit: WeightUnit;
};

export const weightUnits = ['kg', 'g', 'lb', 'oz'] as const;
export type WeightUnit = (typeof weightUnits)[number];

/** Only a weight that stands still and lies on the scale's range is one; all else says why it is none. */
export type Weighing =
  | { readonly code: 'weighed'; readonly weight: Weight }
  | { readonly code: WeighingTrouble };

export const weighingTroubles = [
  /** Something moves: ask again. */
  'in-motion',
  /** Less than nothing: the scale was set to zero with something on it. */
  'under',
  /** More than the scale bears. */
  'over',
  /** It could not find its zero when it was switched on. */
  'no-zero',
  /** Its own memory or calibration is broken. */
  'fault',
  /** What it said is no answer of its protocol, or was damaged on the way. */
  'garbled',
  /** Nothing there, or it does not answer. */
  'offline',
  /** This counter has no scale. */
  'no-scale',
] as const;
export type WeighingTrouble = (typeof weighingTroubles)[number];

/**
 * `nothing-on-it`: the scale says zero. `not-whole-grams`: finer than a gram, or in pounds or ounces. A weight is never
 * rounded: what the customer reads on the scale is what is charged.
 */
export type WeightError = { readonly code: WeighingTrouble | 'nothing-on-it' | 'not-whole-grams' };

/** What lies on the scale in grams, the base unit of what is sold by weight; net of the tare where the scale took one off. */
export function gramsOf(weighing: Weighing): Result<number, WeightError> {
  if (weighing.code !== 'weighed') return err({ code: weighing.code });
  const { unit, ...shown } = weighing.weight;
  if (shown.amount === 0) return err({ code: 'nothing-on-it' });
  if (shown.amount < 0) return err({ code: 'under' });
  const grams = unit === 'kg' ? atDigits(shown, 3) : unit === 'g' ? atDigits(shown, 0) : null;
  return grams === null ? err({ code: 'not-whole-grams' }) : ok(grams);
}

/**
 * Asks until nothing moves any more: `tries` times at most, with `pause` between. `pause` says whether to go on; null
 * where it said no.
 */
export async function weighStill(
  ask: () => Promise<Weighing>,
  { tries, pause }: { readonly tries: number; readonly pause: () => Promise<boolean> },
): Promise<Weighing | null> {
  for (let left = tries - 1; ; left -= 1) {
    const weighing = await ask();
    if (weighing.code !== 'in-motion' || left <= 0) return weighing;
    if (!(await pause())) return null;
  }
}
