import { expect, test } from 'vitest';
import { chaos } from './chaos.ts';

test('45 seconds of kills, lost answers and a full disk lose and double nothing', async () => {
  const lines: string[] = [];
  const found = await chaos({
    ...{ seed: 20261122, stormMs: 45_000, killEveryMs: 3_000, drainMs: 90_000 },
    say: (line) => void lines.push(line),
  });
  expect(found.faults, lines.join('\n')).toEqual([]);
  expect(found).toMatchObject({ lost: 0, twice: 0 });
  expect(found.sales).toBeGreaterThan(0);
  expect([...found.fates.kills.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);
}, 300_000);
