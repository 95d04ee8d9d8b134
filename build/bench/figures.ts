import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';

/**
 * One line of `npm run bench`. Times in ms, memory in MB, rates per second, shares from 0 to 1. `baseline` is what the
 * bare library or database takes for the same work in the same run, `ratio` = ours / baseline.
 */
export type Figure = {
  readonly name: string;
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly value: number | null;
  readonly unit: 'ms' | 'MB' | 'per s' | 'share' | 'count';
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly machine: string;
  /** How it was measured, where its name does not say it. */
  readonly says?: string;
  /** Lowest and highest of the rounds, where there were several. */
  readonly spread?: readonly [number, number];
  /** What others did with the same work in the same run. */
  readonly peers?: Readonly<Record<'pouchdb' | 'actual' | 'raw', PeerFigure>>;
};
/** Another system's figure; `ratio` = ours / theirs. `value` and `p50` are absent where it has no such thing: `says` has why. */
export type PeerFigure = {
  readonly value: number | null;
  readonly p50?: number | null;
  readonly p95?: number | null;
  readonly spread?: readonly [number, number];
  readonly ratio?: number;
  readonly says: string;
};
export type Report = (figure: Figure) => void;

export const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;

type Percentile = 'p50' | 'p95' | 'p99';
export type Spread = Readonly<Record<Percentile, number>> & { readonly n: number };

/** Where most of the times lie. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** A figure of many times; compared with the bare ones at the percentile its goal is set for. */
export function timesFigure(
  name: string,
  ours: readonly number[],
  { bare = null, at }: { bare?: readonly number[] | null; at: Percentile },
): Figure {
  const spread = spreadOf(ours);
  const baseline = bare && spreadOf(bare)[at];
  const ratio = baseline && rounded(spread[at] / baseline);
  return { name, ...spread, value: null, unit: 'ms', baseline, ratio, machine };
}

/** A figure that is one number. */
export function oneFigure(
  name: string,
  value: number,
  { unit, n = 1, baseline = null }: { unit: Figure['unit']; n?: number; baseline?: number | null },
): Figure {
  const figure = { name, n, p50: null, p95: null, p99: null, value: rounded(value), unit };
  const against = baseline === null ? null : rounded(baseline);
  return { ...figure, baseline: against, ratio: against && rounded(value / against), machine };
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** What this disk takes to make a page last: the floor under everything durable. */
export function fsyncFigure(folder: string): Figure {
  const file = join(folder, 'fsync.tmp');
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 500 }, () =>
    timed(() => {
      writeSync(handle, page);
      fdatasyncSync(handle);
    }),
  );
  closeSync(handle);
  rmSync(file);
  return timesFigure('fsync', times, { at: 'p50' });
}
