import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fiscalStanding, restAfter, shortSignature } from './fiscal.ts';

const fact = (at: number, state: 'signed' | 'failed', said: string, reason: string | null = null) => ({
  ...{ id: `${at} ${said}`, at, state },
  ...(state === 'signed' ? { signature: said, reason } : { signature: null, reason: said }),
});

test('nothing said, a failure, a late signature after it, and a second one that changes nothing', () => {
  const offline = fact(1, 'failed', 'offline');
  const late = fact(3, 'signed', 'A', 'late');
  expect(fiscalStanding([])).toEqual({ state: 'none' });
  expect(fiscalStanding([offline, fact(2, 'failed', 'refused')])).toEqual({
    ...{ state: 'failed', reason: 'refused' },
  });
  expect(fiscalStanding([offline, late])).toEqual({ state: 'signed', signature: 'A', late: true });
  expect(fiscalStanding([late, fact(4, 'signed', 'B'), offline])).toMatchObject({ signature: 'A' });
});

test('the facts may come in any order, and twice', () => {
  const facts = fc.uniqueArray(
    fc.record({
      at: fc.integer({ min: 0, max: 3 }),
      state: fc.constantFrom('signed' as const, 'failed' as const),
      said: fc.string({ minLength: 1, maxLength: 3 }),
    }),
    { selector: ({ at, said }) => `${at} ${said}`, maxLength: 8 },
  );
  fc.assert(
    fc.property(facts, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (said, order) => {
      const all = said.map((one) => fact(one.at, one.state, one.said));
      const mixed = all
        .map((one, i) => ({ one, by: order[i] ?? 0 }))
        .sort((a, b) => a.by - b.by)
        .map(({ one }) => one);
      const standing = fiscalStanding(all);
      expect(fiscalStanding(mixed)).toEqual(standing);
      expect(fiscalStanding([...mixed, ...all])).toEqual(standing);
      expect(standing.state === 'signed').toBe(all.some(({ state }) => state === 'signed'));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a device is left alone for longer each time, up to the most', () => {
  const rests = [1, 2, 3, 4, 1000].map((n) => restAfter(n, { firstMs: 1000, mostMs: 5000 }));
  expect(rests).toEqual([1000, 2000, 4000, 5000, 5000]);
});

test('a long signature is shortened to what a person can read out', () => {
  expect(shortSignature('0123456789abcdef0123')).toBe('0123 4567 89ab cdef');
  expect(shortSignature('SIG-7')).toBe('SIG-7');
});
