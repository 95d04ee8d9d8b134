import { mulDivRound } from '#shared/kernel/money.ts';

/** What `foreignMinor` of another currency are worth: `ratePpm` minor units of the store's for 1,000,000 foreign ones. */
export const foreignWorth = (foreignMinor: number, ratePpm: number): number =>
  mulDivRound(foreignMinor, ratePpm, MILLION);

/** The least of another currency that is worth at least `minor`; 0 for nothing. */
export function foreignNeeded(minor: number, ratePpm: number): number {
  if (minor <= 0) return 0;
  // round(n·r/10⁶) ≥ minor as soon as n·r/10⁶ ≥ minor − ½.
  const dividend = BigInt(2 * minor - 1) * BigInt(MILLION);
  const divisor = BigInt(2 * ratePpm);
  return Number((dividend + divisor - 1n) / divisor);
}

const MILLION = 1_000_000;
