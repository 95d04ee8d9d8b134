import type { Dice } from './dice.ts';

/** What may go wrong in one history. Not everything in each: faults that are rare together hide each other's bugs. */
export type Weather = {
  readonly drop: number;
  readonly duplicate: number;
  readonly lostAnswer: number;
  /** Messages arrive in another order than they were sent in, after any delay. */
  readonly reorder: boolean;
  readonly garble: number;
  /** Rows of the feed are missing from the beginning of what arrives. */
  readonly tear: number;
  readonly crash: number;
  readonly hqCrash: number;
  readonly partition: number;
  readonly clock: number;
  readonly poison: number;
  readonly outage: number;
  readonly compact: number;
  readonly revoke: number;
  readonly lateTill: number;
  readonly clone: number;
  readonly restore: number;
  readonly hqRestore: number;
  /** Changesets handed from till to till before HQ has numbered them. */
  readonly early: number;
};

export function drawWeather(dice: Dice): Weather {
  const some = (p: number) => (dice.chance(0.5) ? p : 0);
  const rare = (p: number) => (dice.chance(0.15) ? p : 0);
  const drawn: Weather = {
    ...{ drop: some(0.15), duplicate: some(0.2), lostAnswer: some(0.25), reorder: dice.chance(0.6) },
    ...{
      garble: rare(0.1),
      crash: some(0.03),
      hqCrash: some(0.02),
      partition: some(0.03),
      clock: some(0.03),
    },
    ...{
      poison: some(0.06),
      outage: some(0.02),
      compact: some(0.02),
      revoke: rare(0.01),
      lateTill: rare(0.05),
    },
    ...{ clone: rare(0.02), restore: rare(0.03), hqRestore: rare(0.03), early: rare(0.4) },
    tear: some(0.1),
  };
  return drawn;
}
