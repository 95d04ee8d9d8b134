import { expect, test } from 'vitest';
import { bugs } from './bugs.ts';
import { playPlanted } from './planted.ts';

/** Bugs of different kinds that show within few seeds: the checks have teeth. All of them: `npm run simulate -- --planted`. */
const quick = [
  ['last to arrive wins: the merge does not compare stamps', 'diverged'],
  ['a number of the outbox that is used twice passes for a duplicate', 'lost'],
  ['a refusal leaves its edit in the overlay', 'stuck'],
] as const;

test('a bug planted into the code is caught within a few seeds', { timeout: 60_000 }, async () => {
  const chosen = quick.map(([wanted]) => bugs.findIndex(({ name }) => name === wanted));
  const played = await playPlanted({ chosen, from: 1, most: 10, threads: 2 });
  expect(played.map(({ name, caught }) => [name, caught?.harm])).toEqual(quick);
});

test('a bug that can no longer be planted where it is said to be fails loudly', async () => {
  const { plant } = await import('./plant.ts');
  const edits = [{ file: 'build/simulate/dice.ts', from: 'is not in this file', to: '' }];
  const { planted } = plant({ name: 'nothing', edits });
  expect(planted).toThrow(/never loaded/);
});
