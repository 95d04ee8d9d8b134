/**
 * Exact integer arithmetic for money (RULES.md §1): amounts are integers of the currency's minor unit, rates are
 * integers in thousandths of a percent, rounding is half away from zero. Amounts that are not safe integers are a
 * bug here (RangeError); the domains refuse them with typed errors before they come this far.
 */

/** 100 % as a `…Pct3` rate. */
export const FULL_PCT3 = 100_000;

/** `a·b/c`, rounded half away from zero, exact for all safe integers. RangeError when the result is not one. */
export function mulDivRound(a: number, b: number, c: number): number {
  requireInteger(a, b, c);
  if (c === 0) throw new RangeError('mulDivRound: division by zero');
  const product = a * b;
  // A float product is a safe integer only when the true product is one too, so this test is exact.
  return Number.isSafeInteger(product) ? divRound(product, c) : bigDivRound(BigInt(a) * BigInt(b), BigInt(c));
}

/** `amount` times a rate in thousandths of a percent: 2.1 % of 10.00 is `atRate(1000, 2100)` = 21. */
export const atRate = (amountMinor: number, ratePct3: number): number =>
  mulDivRound(amountMinor, ratePct3, FULL_PCT3);

/** The multiple of `stepMinor` nearest to the amount, half away from zero: cash rounding (RULES.md §1.5). */
export const roundToStep = (amountMinor: number, stepMinor: number): number =>
  mulDivRound(amountMinor, 1, stepMinor) * stepMinor + 0;

/**
 * Spreads a total over weights by largest remainder; the parts add up to the total exactly, ties go to the earlier
 * part, a weight of 0 gets 0. A negative total is spread as its opposite. RangeError when there is something to
 * spread and no weight to take it. Example: `allocate(100, [1, 1, 1])` = `[34, 33, 33]`.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  requireInteger(total, ...weights);
  if (weights.some((weight) => weight < 0)) throw new RangeError('allocate: negative weight');
  const sum = sumMinor(weights);
  if (total === 0) return weights.map(() => 0);
  if (sum === 0) throw new RangeError('allocate: nothing to spread over');
  if (total < 0) return allocate(-total, weights).map((part) => 0 - part);
  const shares = weights.map((weight, index) => ({ index, ...wholeShare(total, weight, sum) }));
  const parts = shares.map((share) => share.whole);
  const left = total - sumMinor(parts);
  const byRemainder = shares.toSorted((x, y) => y.remainder - x.remainder || x.index - y.index);
  for (const { index, whole } of byRemainder.slice(0, left)) parts[index] = whole + 1;
  return parts;
}

/** Sum of safe integers; RangeError as soon as it leaves the safe range. */
export function sumMinor(amounts: readonly number[]): number {
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    if (!Number.isSafeInteger(sum)) throw new RangeError('sum is not a safe integer');
  }
  return sum;
}

/** Whether a value is an amount or count the rules take: a safe integer, 0 or more. */
export const isWholeAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function divRound(dividend: number, divisor: number): number {
  const remainder = dividend % divisor;
  const whole = (dividend - remainder) / divisor;
  const rest = Math.abs(remainder);
  // rest ≥ |divisor| / 2, written so that nothing is doubled out of the safe range.
  const away = rest >= Math.abs(divisor) - rest ? Math.sign(dividend) * Math.sign(divisor) : 0;
  return whole + away + 0; // + 0 turns -0 into 0
}

function bigDivRound(dividend: bigint, divisor: bigint): number {
  const whole = dividend / divisor;
  const rest = bigAbs(dividend % divisor);
  const away = 2n * rest >= bigAbs(divisor) ? (dividend < 0n === divisor < 0n ? 1n : -1n) : 0n;
  const result = Number(whole + away);
  if (!Number.isSafeInteger(result)) throw new RangeError('mulDivRound: result is not a safe integer');
  return result;
}

/** Both fit: weight ≤ sum, so the whole share is at most the total and the remainder less than the sum. */
function wholeShare(total: number, weight: number, sum: number): { whole: number; remainder: number } {
  const product = total * weight;
  if (Number.isSafeInteger(product)) {
    const remainder = product % sum;
    return { whole: (product - remainder) / sum, remainder };
  }
  const exact = BigInt(total) * BigInt(weight);
  const divisor = BigInt(sum);
  return { whole: Number(exact / divisor), remainder: Number(exact % divisor) };
}

const bigAbs = (value: bigint): bigint => (value < 0n ? -value : value);

function requireInteger(...values: readonly number[]): void {
  for (const value of values) {
    if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  }
}
