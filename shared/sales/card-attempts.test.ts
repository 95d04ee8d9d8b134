import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CardAttempt,
  type CardFacts,
  type CardOutcome,
  firstOutcomes,
  openAttempts,
  standsInTheWay,
} from './card-attempts.ts';

const refundIdOf = (chargeId: string, n: number) => `${chargeId}/back-${n}`;
const charge = (id: string, amountMinor: number, at = 1): CardAttempt => ({
  ...{ id, kind: 'charge', amountMinor, at },
});
const said = (attemptId: string, outcome: CardOutcome['outcome'], at = 2): CardOutcome => ({
  ...{ id: `${attemptId}-${at}`, attemptId, outcome, reference: null, at },
});
const open = (facts: Partial<CardFacts>) =>
  openAttempts({ attempts: [], outcomes: [], spent: new Set(), ...facts }, refundIdOf).map(
    ({ id, state }) => `${id} ${state}`,
  );

test('an attempt is open until something became of it, and an approved one until a sale has it', () => {
  const attempts = [charge('b', 500, 2), charge('a', 300)];
  expect(open({ attempts })).toEqual(['a unknown', 'b unknown']);
  expect(open({ attempts, outcomes: [said('a', 'declined'), said('b', 'approved')] })).toEqual([
    'b approved',
  ]);
  expect(
    open({ attempts, outcomes: [said('a', 'not-charged'), said('b', 'approved')], spent: new Set('b') }),
  ).toEqual([]);
});

test('a charge that is being given back shows as that attempt; refused, it is there again and can be tried again', () => {
  const refund = (n: number): CardAttempt => ({ ...charge(refundIdOf('a', n), 300, 3), kind: 'refund' });
  const attempts = [charge('a', 300), refund(0)];
  const taken = said('a', 'approved');
  expect(open({ attempts, outcomes: [taken] })).toEqual(['a/back-0 unknown']);
  const refused = said('a/back-0', 'declined', 4);
  expect(open({ attempts, outcomes: [taken, refused] })).toEqual(['a approved']);
  const again = [...attempts, refund(1)];
  expect(open({ attempts: again, outcomes: [taken, refused] })).toEqual(['a/back-1 unknown']);
  const given = said('a/back-1', 'approved', 5);
  expect(open({ attempts: again, outcomes: [taken, refused, given] })).toEqual([]);
});

test('the same amount stands in the way of a second charge, unless this payment holds it', () => {
  const facts = { attempts: [charge('a', 300), charge('b', 500)], outcomes: [], spent: new Set<string>() };
  const attempts = openAttempts(facts, refundIdOf);
  expect(standsInTheWay(attempts, 500, new Set())?.id).toBe('b');
  expect(standsInTheWay(attempts, 500, new Set('b'))).toBeUndefined();
  expect(standsInTheWay(attempts, 400, new Set())).toBeUndefined();
});

const answers = fc.array(
  fc.record({
    attemptId: fc.constantFrom('a', 'b', 'c'),
    outcome: fc.constantFrom('approved', 'declined', 'not-charged'),
    at: fc.integer({ min: 2, max: 9 }),
  }),
  { maxLength: 12 },
);

test('whatever is answered, however often and in whatever order it comes: the first counts and no later one', () => {
  fc.assert(
    fc.property(answers, fc.infiniteStream(fc.nat()), fc.nat(11), (all, order, more) => {
      const outcomes = all.map((one, i): CardOutcome => ({ ...one, id: `o-${i}`, reference: `slip ${i}` }));
      const attempts = [charge('a', 1), charge('b', 2), charge('c', 3)];
      const shuffled = outcomes
        .flatMap((one) => [one, one].slice(0, 1 + (Number(order.next().value) % 2)))
        .map((one) => ({ one, place: Number(order.next().value) }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ one }) => one);
      const facts = (of: readonly CardOutcome[]) => ({ attempts, outcomes: of, spent: new Set<string>() });
      const now = openAttempts(facts(outcomes), refundIdOf);
      expect(openAttempts(facts(shuffled), refundIdOf)).toEqual(now);
      expect(openAttempts(facts([...shuffled].reverse()), refundIdOf)).toEqual(now);
      const first = firstOutcomes(outcomes);
      for (const [attemptId, outcome] of first) {
        const rivals = outcomes.filter((one) => one.attemptId === attemptId);
        expect(Math.min(...rivals.map(({ at }) => at))).toBe(outcome.at);
        const late = { ...outcome, id: `late-${more}`, outcome: 'approved' as const, at: 10 + more };
        expect(openAttempts(facts([late, ...outcomes]), refundIdOf)).toEqual(now);
      }
    }),
    { seed: 20_261_123, numRuns: 300 },
  );
});
