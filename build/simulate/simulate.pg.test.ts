import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresTwin, type PostgresTwin } from './postgres.ts';

/** The same seeds every time, as many as fit; all of them: `npm run simulate -- --postgres --seeds 200`. */
const SEEDS = 200;
const LIMIT_MS = 25_000;
const FEWEST = 8;

let twin: PostgresTwin;
beforeAll(async () => {
  twin = await createPostgresTwin();
});
afterAll(() => twin.stop());

test('Postgres gives a history the verdicts and the log that memory gives it, and its tables are what its log comes to', {
  timeout: 120_000,
}, async () => {
  const started = performance.now();
  let seed = 1;
  for (; seed <= SEEDS && performance.now() - started < LIMIT_MS; seed++)
    expect([seed, await twin.difference(seed)]).toEqual([seed, null]);
  console.log(`${seed - 1} of ${SEEDS} histories the same in Postgres`);
  expect(seed).toBeGreaterThan(FEWEST);
});
