import type { Stroke } from '../scanner/stroke.ts';
import { type LearnError, type Learnt, learnScanner, problemWith, type Reading } from './learn.ts';
import { type TestCodeId, testCodeIds } from './test-codes.ts';

/** What came from a scanner: one that types (`wedge`), or one that the till reads itself. */
export interface Heard {
  readonly scannerId: string;
  readonly strokes: readonly Stroke[];
  /** The longest pause between two characters in ms; 0 where nobody typed. */
  readonly slowestMs: number;
}

/**
 * Beside what cannot be learnt: `OTHER_CODE`, a test code, but not the one that is shown; `OTHER_SCANNER`, the first
 * code came from another one; `SLOW`, no faster than a person; `NOTHING_READ`, all three were passed over.
 */
export type Problem =
  | LearnError
  | { readonly code: 'OTHER_CODE' | 'OTHER_SCANNER' | 'SLOW' | 'NOTHING_READ' };

/** How far the three codes have got. */
export interface Setup {
  readonly scannerId: string | null;
  readonly readings: readonly Reading[];
  /** The code that is shown; null when all are done. */
  readonly shown: TestCodeId | null;
  readonly problem: Problem | null;
  readonly learnt: Learnt | null;
}

export const begin: Setup = { scannerId: null, readings: [], shown: 'code128', problem: null, learnt: null };

/** Slowest that the counter still takes for a scanner (UX.md): 30 ms a key. */
const slowestMs = 30;

/** A scan of the code that is shown, or of something else. */
export function hear(setup: Setup, { scannerId, strokes, slowestMs: slow }: Heard): Setup {
  const { shown } = setup;
  if (shown === null) return setup;
  if (setup.scannerId !== null && setup.scannerId !== scannerId)
    return { ...begin, problem: { code: 'OTHER_SCANNER' } };
  const problem = slow > slowestMs ? ({ code: 'SLOW' } as const) : problemOf(shown, strokes);
  if (problem) return { ...setup, problem };
  return next({ ...setup, scannerId, readings: [...setup.readings, { code: shown, strokes }] }, shown);
}

/** This scanner cannot read the code that is shown: laser scanners read no Data Matrix, and no screens. */
export const pass = (setup: Setup): Setup => (setup.shown === null ? setup : next(setup, setup.shown));

function problemOf(shown: TestCodeId, strokes: readonly Stroke[]): Problem | null {
  const problem = problemWith({ code: shown, strokes });
  const isOther = testCodeIds.some((code) => code !== shown && !problemWith({ code, strokes }));
  return problem && isOther ? { code: 'OTHER_CODE' } : problem;
}

function next(setup: Setup, done: TestCodeId): Setup {
  const shown = testCodeIds[testCodeIds.indexOf(done) + 1] ?? null;
  if (shown !== null) return { ...setup, shown, problem: null };
  if (setup.readings.length === 0) return { ...begin, problem: { code: 'NOTHING_READ' } };
  const learnt = learnScanner(setup.readings);
  return learnt.ok
    ? { ...setup, shown, problem: null, learnt: learnt.value }
    : { ...begin, problem: learnt.error };
}
