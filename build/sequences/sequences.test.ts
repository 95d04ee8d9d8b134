import { afterAll, beforeAll, expect, test } from 'vitest';
import { fastCounter, fileCounter, type SequenceCounter } from './counter.ts';
import { type Move, plainCash, type Step } from './moves.ts';
import { trySeed, trySteps } from './sequence.ts';

const SEQUENCES = 80;
let counters: readonly SequenceCounter[] = [];

beforeAll(async () => {
  counters = [await fastCounter(false), await fastCounter(true)];
});
afterAll(async () => {
  for (const counter of counters) await counter.close();
});

const by = (move: Move): Step => ({ move, again: true, dies: null });
const scan = by({ do: 'scan', article: 'syrup', packs: 1, box: false });
const paid = by({ ...plainCash, held: 'open' });
const charged = by({ do: 'charge', percent: 100, manner: 'prompt' });
const refunding = { manner: 'late', slip: false } as const;
const back = by({ do: 'return', sale: 0, parts: [100], place: 'shelf', ...refunding });
const swap = by({ do: 'exchange', sale: 0, parts: [100] });
const swapped = by({ ...plainCash, exchange: true });
const settled = by({ do: 'settle', nth: 0 });

const giftCard = by({ do: 'gift card', packs: 1 });
const spend = by({ ...plainCash, shares: { ...plainCash.shares, voucher: 100 }, voucher: 1 });

test.each([
  [
    'an exchange whose goods came back another way is refused by name',
    'pay: EXCHANGE_CHANGED',
    [scan, paid, swap, back, scan, swapped],
  ],
  [
    'what a terminal gave without saying so is a return once somebody has read its slip',
    'settle: refund approved',
    [scan, charged, paid, back, swap, settled],
  ],
  [
    'a gift card pays nothing while the terminal may be giving its money back',
    'pay: CARD_UNSETTLED',
    [giftCard, charged, paid, back, scan, spend, settled],
  ],
  ['a gift card that paid stays sold', 'return: VOUCHER_USED', [giftCard, charged, paid, scan, spend, back]],
])('%s', async (_, what, steps) => {
  const [counter] = counters;
  const seen = new Map<string, number>();
  expect(counter && (await trySteps(counter, steps, seen))).toBeNull();
  expect(seen.get(what)).toBe(1);
});

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
  expect(kinds.size).toBe(32);
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
  ['a refusal that is taken for money', 'card_outcome', "outcome = 'approved'"],
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
