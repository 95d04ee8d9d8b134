import { createDice } from '../simulate/dice.ts';
import { doStep } from './act.ts';
import { Fault } from './attempt.ts';
import type { SequenceCounter } from './counter.ts';
import { newModel } from './model.ts';
import { anySteps, type Step } from './moves.ts';
import { holdsTrue } from './truth.ts';
import type { World } from './world.ts';

/** What came of a sequence: null, or what went wrong at which step (the number of them: at the end). */
export type Wrong = { readonly at: number; readonly words: string } | null;
export type Found = { readonly seed: number; readonly steps: readonly Step[]; readonly words: string };

const MOST_STEPS = 24;

export const stepsOf = (seed: number): readonly Step[] => anySteps(createDice(seed), MOST_STEPS);

/** Does a seed's sequence; what goes wrong comes with the fewest of its steps that still make it. */
export async function trySeed(
  counter: SequenceCounter,
  seed: number,
  seen: World['seen'],
): Promise<Found | null> {
  const steps = stepsOf(seed);
  const wrong = await trySteps(counter, steps, seen);
  if (wrong === null) return null;
  const fewest = await shrink(
    steps.slice(0, wrong.at + 1),
    async (some) => (await trySteps(counter, some)) !== null,
  );
  const again = await trySteps(counter, fewest);
  return { seed, steps: fewest, words: again?.words ?? wrong.words };
}

/** Does these steps from the counter's beginning and holds it against the model after each, and all of it at the end. */
export async function trySteps(
  counter: SequenceCounter,
  steps: readonly Step[],
  seen: World['seen'] = new Map(),
): Promise<Wrong> {
  await counter.begin();
  const model = newModel(counter.taxOnTop);
  const world: World = { counter, model, seen, waiting: [] };
  let at = 0;
  try {
    for (const step of steps) {
      await doStep(world, step);
      at += 1;
    }
    await holdsTrue(world);
    return null;
  } catch (problem) {
    const words =
      problem instanceof Fault ? problem.message : String(problem instanceof Error ? problem.stack : problem);
    return { at, words };
  } finally {
    await counter.end();
  }
}

/** Leaves out ever smaller pieces as long as it still goes wrong. */
async function shrink(
  steps: readonly Step[],
  isWrong: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  let kept = steps;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length; ) {
      const fewer = kept.toSpliced(from, size);
      if (await isWrong(fewer)) kept = fewer;
      else from += size;
    }
  }
  const plain = kept.map((step) => ({ ...step, again: false, dies: null }));
  return (await isWrong(plain)) ? plain : kept;
}
