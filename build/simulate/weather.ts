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
  /**
   * Faults that strike where they hurt: HQ is lost when a till has a base younger than HQ's backup, and the others are
   * cut off, so that it asks for another base before they have given back what was lost.
   */
  readonly spite: number;
  /** Disks are copied, and each time the copy is ahead at HQ its original must take a base anew while people edit. */
  readonly twins: number;
  /** Tills are moved to another store. */
  readonly moves: number;
  /** Tills begin with older versions, which lack tables, columns or words, and are upgraded at some time. */
  readonly skew: number;
};

/** Copied disks, and little else that would keep the copy's work from HQ. */
const twins: Partial<Weather> = {
  ...{
    twins: 0.3,
    poison: 0,
    partition: 0,
    crash: 0,
    drop: 0,
    garble: 0,
    lostAnswer: 0,
    revoke: 0,
    hqRestore: 0,
  },
};

/** `apart`: dice of their own for what came later, so that it changes no history but those it strikes. */
export function drawWeather(dice: Dice, apart: Dice): Weather {
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
    ...{ spite: 0, twins: 0, moves: 0, skew: 0 },
  };
  const struck = apart.next();
  // More bases are taken anew, so that one is younger than the backup.
  if (struck < 0.1) return { ...drawn, spite: 0.1, compact: 0.1, lateTill: 0.15 };
  if (struck < 0.22) return { ...drawn, ...twins };
  const second = apart.next();
  // What is handed over early comes past the check of what a version can read: docs/proofs-sync.md.
  const skew = second < 0.12 ? { skew: 0.02, early: 0 } : {};
  const moves = second > 0.08 && second < 0.2 ? { moves: 0.06 } : {};
  return { ...drawn, ...skew, ...moves };
}
