import { beforeAll, expect, test } from 'vitest';
import { type Base, createBase } from './base.ts';
import { startMs } from './pool.ts';
import { simulate } from './simulate.ts';

/** Seeds that broke once, or that break when the fix named beside them is taken out again. */
const seeds: readonly (readonly [seed: number, what: string])[] = [
  [3, "a clone's echo does not settle the original's changeset"],
  [17, "a clone's echo leaves the original's edit pending"],
  [27, 'a sale pushed during a download is in the sums'],
  [51, 'a refusal heard as a duplicate leaves the overlay'],
  [61, 'an outbox with a refused changeset in its middle goes up'],
  [1, 'several edits of one row in one changeset are all pending'],
  [88, "a forked till's own movements outlive its snapshot"],
  [18, 'a hole in the feed is noticed'],
  [358, 'a till and HQ are both restored from backups'],
  [62, 'a till is restored, then HQ is'],
  [1800000133, 'a clone hears a refusal that stands before the fork'],
  [259, 'a restored HQ has lost its own writes'],
  [1795379631, 'an edit a restored HQ lost waits again in the base'],
];

let base: Base;
beforeAll(async () => {
  base = await createBase(startMs);
});

test.each(seeds)('seed %i: %s', async (seed) => {
  const { broken, trace } = await simulate({ seed, base });
  expect(broken, trace.join('\n')).toBeNull();
});
