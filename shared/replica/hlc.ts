/**
 * Hybrid logical clock (Kulkarni et al. 2014) as text that sorts: 12 hex digits of milliseconds, 4 of a counter.
 * A till's clock moves by its own time and by the `eff_hlc` HQ gives, never by another device's raw stamp: a till
 * whose clock is a year ahead must not drag the others along (SYNC.md, Merge).
 */
export type Hlc = string;

export const zeroHlc: Hlc = '0'.repeat(16);
const MAX_COUNTER = 0xffff;
const MAX_MS = 2 ** 48 - 1;

/** The next stamp after `last` at local time `nowMs`. */
export function tick(last: Hlc, nowMs: number): Hlc {
  const { ms, counter } = parts(last);
  if (nowMs > ms) return format(nowMs, 0);
  return counter < MAX_COUNTER ? format(ms, counter + 1) : format(ms + 1, 0);
}

/** The later of two: how the local clock takes in an `eff_hlc`. */
export const later = (a: Hlc, b: Hlc): Hlc => (a > b ? a : b);

/** The stamp HQ orders by: as written, but no more than 60 s past HQ's own clock. */
export function effectiveHlc(hlc: Hlc, hqNowMs: number): Hlc {
  const ceiling = format(hqNowMs + 60_000, MAX_COUNTER);
  return hlc < ceiling ? hlc : ceiling;
}

export const isHlc = (text: string): boolean => /^[0-9a-f]{16}$/.test(text);
export const hlcMs = (hlc: Hlc): number => parts(hlc).ms;

function parts(hlc: Hlc): { ms: number; counter: number } {
  return { ms: Number.parseInt(hlc.slice(0, 12), 16), counter: Number.parseInt(hlc.slice(12), 16) };
}

function format(ms: number, counter: number): Hlc {
  if (!Number.isSafeInteger(ms) || ms < 0 || ms > MAX_MS) throw new RangeError(`not a time: ${ms}`);
  return ms.toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0');
}
