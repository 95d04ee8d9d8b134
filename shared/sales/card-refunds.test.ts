import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CardRefundFacts, cardRefundStep, type RefundAttempt } from './card-refunds.ts';

const attempt = (
  id: string,
  amountMinor: number,
  outcome: 'approved' | 'declined' | 'not-charged' | null,
  spent = false,
): RefundAttempt => ({ id, amountMinor, spent, outcome: outcome && { outcome, reference: id, at: 1 } });
const stepFor = (cardMinor: number, takenMinor: number, ...attempts: RefundAttempt[]) =>
  cardRefundStep({ cardMinor, takenMinor, attempts });

test('the terminal is asked for what it took; what was typed by hand goes back by hand', () => {
  expect(stepFor(500, 900)).toEqual({ do: 'ask', amountMinor: 500, given: [] });
  expect(stepFor(500, 300)).toEqual({ do: 'ask', amountMinor: 300, given: [] });
  expect(stepFor(500, 0)).toEqual({ do: 'write', given: [] });
  expect(stepFor(500, 900, attempt('a', 600, 'approved', true))).toMatchObject({ amountMinor: 300 });
});

test('an unknown attempt comes first, a refused one is tried again, one that no return has is taken', () => {
  expect(stepFor(500, 900, attempt('a', 500, null))).toMatchObject({ do: 'settle', attempt: { id: 'a' } });
  expect(stepFor(500, 900, attempt('a', 500, 'declined'))).toMatchObject({ do: 'ask', amountMinor: 500 });
  const given = [{ id: 'a', amountMinor: 200, reference: 'a', at: 1 }];
  expect(stepFor(200, 900, attempt('a', 200, 'approved'))).toEqual({ do: 'write', given });
  expect(stepFor(500, 900, attempt('a', 200, 'approved'))).toEqual({ do: 'ask', amountMinor: 300, given });
  expect(stepFor(100, 900, attempt('a', 200, 'approved'))).toEqual({ do: 'less', givenMinor: 200 });
});

/** What hands, terminal and power do to one sale: goods come back, the terminal answers or not, the till ends. */
const visits = fc.array(
  fc.record({
    cardMinor: fc.integer({ min: 0, max: 400 }),
    says: fc.constantFrom('approved', 'declined', 'not-charged', null),
    /** Whether the till lived to write the return. */
    written: fc.boolean(),
    settled: fc.constantFrom('approved', 'not-charged'),
  }),
  { maxLength: 30 },
);

test('whatever happens, a terminal never gives back more than it took, nor twice for one return', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), visits, (takenMinor, all) => {
      const attempts: RefundAttempt[] = [];
      const outcome = (said: 'approved' | 'declined' | 'not-charged' | null) =>
        said && { outcome: said, reference: null, at: 1 };
      const change = (id: string, over: Partial<RefundAttempt>) => {
        const at = attempts.findIndex((one) => one.id === id);
        const present = attempts[at];
        if (present) attempts[at] = { ...present, ...over };
      };
      for (const { cardMinor, says, written, settled } of all) {
        const facts: CardRefundFacts = { cardMinor, takenMinor, attempts };
        const step = cardRefundStep(facts);
        if (step.do === 'settle') change(step.attempt.id, { outcome: outcome(settled) });
        if (step.do === 'ask') {
          expect(attempts.every((one) => one.outcome !== null)).toBe(true);
          const id = `${attempts.length}`;
          attempts.push({ id, amountMinor: step.amountMinor, outcome: outcome(says), spent: false });
          if (says !== 'approved') continue;
        }
        if (step.do === 'settle' || step.do === 'less' || !written) continue;
        const now = cardRefundStep({ ...facts, attempts });
        if (now.do !== 'write') throw new Error('what was asked for was given');
        const giving = now.given.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(giving).toBeLessThanOrEqual(cardMinor);
        for (const { id } of now.given) change(id, { spent: true });
      }
      const moved = attempts.filter((one) => one.outcome?.outcome === 'approved');
      const sum = moved.reduce((all, { amountMinor }) => all + amountMinor, 0);
      expect(sum).toBeLessThanOrEqual(takenMinor);
    }),
    { seed: 20_261_124, numRuns: 500 },
  );
});
