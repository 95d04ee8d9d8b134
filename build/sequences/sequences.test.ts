import { afterAll, beforeAll, expect, test } from 'vitest';
import { fastCounter, fileCounter, type SequenceCounter } from './counter.ts';
import { trySeed } from './sequence.ts';

const SEQUENCES = 80;
let counters: readonly SequenceCounter[] = [];

beforeAll(async () => {
  counters = [await fastCounter(false), await fastCounter(true)];
});
afterAll(async () => {
  for (const counter of counters) await counter.close();
});

test.each([1104, 1294])(
  'an exchange whose goods came back another way is refused by name (seed %i)',
  async (seed) => {
    const [counter] = counters;
    expect(counter && (await trySeed(counter, seed, new Map()))).toBeNull();
  },
);

/** The first that goes wrong; null where none does. */
async function firstWrong(at: readonly SequenceCounter[], count: number) {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= count; seed++) {
    const counter = at[Math.floor(seed / 2) % at.length];
    const found = counter ? await trySeed(counter, seed, seen) : null;
    if (found) return { found, seen };
  }
  return { found: null, seen };
}

test('whatever a cashier does in whatever order, the till has what paper and pencil have', async () => {
  const { found, seen } = await firstWrong(counters, SEQUENCES);
  expect(found).toBeNull();
  const kinds = new Set([...seen.keys()].map((what) => what.split(':')[0]));
  expect(kinds.size).toBe(25);
  const paid = [...seen].flatMap(([what, n]) => (/^pay: [a-z+]+$/.test(what) ? [n] : []));
  expect(paid.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(SEQUENCES / 2);
});

test('so it has on a file that is opened anew after every crash', async () => {
  const counter = await fileCounter(true);
  expect((await firstWrong([counter], 6)).found).toBeNull();
  await counter.close();
});

test.each([
  ['a refund one cent short', 'refund_tender', 'amount_minor = amount_minor - 1'],
  ['a voucher that keeps a cent', 'voucher_entry', 'amount_minor = amount_minor + 1'],
  ['stock that leaves twice', 'stock_movement', 'qty_base = qty_base * 2'],
  ['a cent in the drawer that nobody put there', 'cash_movement', 'amount_minor = amount_minor + 1'],
])('%s is found, in a few steps', async (_, table, set) => {
  const [counter] = counters;
  if (!counter) throw new Error('there is a counter');
  counter
    .db()
    .exec(
      `CREATE TEMP TRIGGER planted AFTER INSERT ON main.${table} BEGIN UPDATE ${table} SET ${set} WHERE id = NEW.id; END`,
    );
  const { found } = await firstWrong([counter], SEQUENCES);
  counter.db().exec('DROP TRIGGER temp.planted');
  expect(found?.words).toBeTruthy();
  expect(found?.steps.length).toBeLessThanOrEqual(6);
});
