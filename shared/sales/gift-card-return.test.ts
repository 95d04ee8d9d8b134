import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardsToCancel, type SoldCard } from './gift-card-return.ts';

const card = (code: string, worthMinor: number, leftMinor = worthMinor): SoldCard => ({
  code,
  worthMinor,
  leftMinor,
});
const one = { packSize: 1, backBase: 0, nowBase: 1 };

test('whole cards go, one for each pack; of one that has paid nothing is taken', () => {
  const cards = [card('A', 2500, 900), card('B', 2500), card('C', 2500)];
  expect(cardsToCancel(cards, one)).toEqual({ ok: true, value: [{ code: 'B', amountMinor: 2500 }] });
  expect(cardsToCancel(cards, { ...one, nowBase: 3 })).toEqual({
    ok: false,
    error: { code: 'VOUCHER_USED', voucher: 'A', leftMinor: 900 },
  });
  expect(cardsToCancel([card('A', 2500, 0)], one)).toMatchObject({ error: { leftMinor: 0 } });
  expect(cardsToCancel([card('A', 0)], one)).toMatchObject({ error: { code: 'VOUCHER_USED' } });
});

const steps = fc.array(
  fc.record({
    spend: fc.boolean(),
    which: fc.nat(3),
    minor: fc.integer({ min: 1, max: 2500 }),
    packs: fc.integer({ min: 1, max: 2 }),
  }),
  { maxLength: 20 },
);

test('however cards are spent and brought back: what they paid and what was refunded is never more than their worth', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const left = new Map(['A', 'B', 'C', 'D'].map((code) => [code, 2500]));
      let [paidMinor, refundedMinor, backBase] = [0, 0, 0];
      for (const { spend, which, minor, packs } of all) {
        const code = [...left.keys()][which] ?? 'A';
        const has = left.get(code) ?? 0;
        if (spend && minor <= has) {
          left.set(code, has - minor);
          paidMinor += minor;
        }
        if (spend || backBase + packs > 4) continue;
        const cards = [...left].map(([name, leftMinor]) => card(name, 2500, leftMinor));
        const cancelled = cardsToCancel(cards, { packSize: 1, backBase, nowBase: packs });
        if (!cancelled.ok) continue;
        backBase += packs;
        refundedMinor += packs * 2500;
        for (const gone of cancelled.value)
          left.set(gone.code, (left.get(gone.code) ?? 0) - gone.amountMinor);
      }
      const owedMinor = [...left.values()].reduce((sum, minor) => sum + minor, 0);
      expect(Math.min(...left.values())).toBeGreaterThanOrEqual(0);
      expect(paidMinor + refundedMinor + owedMinor).toBe(4 * 2500);
    }),
    { seed: 20_261_125, numRuns: 300 },
  );
});
