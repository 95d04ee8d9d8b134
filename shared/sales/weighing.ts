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
