import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondRefunds } from './second-refund.ts';

const line = (saleLineId: string, qtyBase: number, saleId = 's1') => ({
  ...{ saleId, saleLineId, qtyBase, name: saleLineId, packSize: 1 },
  ...{ baseUnit: 'piece', breakable: false },
});
const never = () => false;

test('what came back twice is a task of its sale, until somebody has settled that much of it', () => {
  const sold = [line('a', 2), line('b', 1), line('c', 1, 's2')];
  const returned = [
    { saleLineId: 'a', qtyBase: 2 },
    { saleLineId: 'a', qtyBase: 1 },
    { saleLineId: 'b', qtyBase: 2 },
    { saleLineId: null, qtyBase: 9 },
    { saleLineId: 'c', qtyBase: 1 },
  ];
  const [task, ...more] = secondRefunds(sold, returned, never);
  expect(more).toEqual([]);
  expect(task).toMatchObject({ saleId: 's1', overBase: 2, lines: [{ overBase: 1 }, { overBase: 1 }] });
  const settled = (saleId: string, overBase: number) => saleId === 's1' && overBase === 2;
  expect(secondRefunds(sold, returned, settled)).toEqual([]);
  expect(secondRefunds(sold, [...returned, { saleLineId: 'b', qtyBase: 1 }], settled)).toMatchObject([
    { overBase: 3 },
  ]);
});

test('what was sold by weight reads as a weight, to the gram or in whole packs of what is weighed today', () => {
  const twice = (sold: Partial<ReturnType<typeof line>>) => {
    const one = { ...line('a', 250), packSize: 1000, baseUnit: 'g', ...sold };
    const returned = [one, one].map(({ saleLineId, qtyBase }) => ({ saleLineId, qtyBase }));
    return secondRefunds([one], returned, never)[0]?.lines[0];
  };
  expect(twice({})).toMatchObject({ weighed: true, overBase: 250 });
  expect(twice({ qtyBase: 1000, breakable: true })).toMatchObject({ weighed: true });
  expect(twice({ qtyBase: 1000 })).toMatchObject({ weighed: false });
});

test('in whatever order returns arrive, every replica sees the same tasks, and none of what was not sold twice', () => {
  const back = fc.array(
    fc.record({ saleLineId: fc.constantFrom('a', 'b', 'c'), qtyBase: fc.integer({ min: 1, max: 3 }) }),
  );
  fc.assert(
    fc.property(back, (returned) => {
      const sold = [line('a', 2), line('b', 1), line('c', 3, 's2')];
      const found = secondRefunds(sold, returned, never);
      expect(secondRefunds(sold, returned.toReversed(), never)).toEqual(found);
      for (const { saleLineId, qtyBase } of sold) {
        const backBase = returned.reduce(
          (sum, one) => (one.saleLineId === saleLineId ? sum + one.qtyBase : sum),
          0,
        );
        const over =
          found.flatMap(({ lines }) => lines).find((one) => one.saleLineId === saleLineId)?.overBase ?? 0;
        expect(over).toBe(Math.max(0, backBase - qtyBase));
      }
    }),
    { seed: 20_261_126, numRuns: 200 },
  );
});
