import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextBackupAt } from './backup-schedule.ts';

const hour = 3_600_000;
const now = 1_000 * hour;
const at = (lastGoodAt: number | null, lastTriedAt = lastGoodAt) => ({ lastGoodAt, lastTriedAt });

test('a till that has never been backed up is due at once, and after that every so many hours', () => {
  expect(nextBackupAt(4, at(null), now)).toBe(now);
  expect(nextBackupAt(4, at(now - hour), now)).toBe(now + 3 * hour);
  expect(nextBackupAt(4, at(now - 9 * hour), now)).toBe(now - 5 * hour);
});

test('where no hours are set nothing is due, whatever was', () => {
  expect(nextBackupAt(0, at(now - 999 * hour), now)).toBeNull();
});

test('after a failure it waits a quarter of an hour, not for the next turn and not for nothing', () => {
  expect(nextBackupAt(4, at(now - 9 * hour, now), now)).toBe(now + hour / 4);
  expect(nextBackupAt(4, at(null, now - hour), now)).toBe(now);
});

test('a clock that was ahead for a while does not keep backups away', () => {
  expect(nextBackupAt(4, at(now + 999 * hour), now)).toBe(now);
  expect(nextBackupAt(4, at(now - hour, now + 999 * hour), now)).toBe(now + 3 * hour);
});

test('whatever happened before, the next one is due within the hours that were set, or a quarter after a failure', () => {
  const instant = fc.option(fc.integer({ min: 0, max: 2 * now }), { nil: null });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 168 }), instant, instant, (every, good, tried) => {
      const next = nextBackupAt(every, { lastGoodAt: good, lastTriedAt: tried }, now);
      expect(next).not.toBeNull();
      expect(Number(next)).toBeLessThanOrEqual(now + Math.max(every * hour, hour / 4));
    }),
    { seed: 20261124 },
  );
});
