import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabelLayout } from './label-layout.ts';
import { trainingLabel } from './label-training.ts';

const LINE = 'TRAINING – NOT A RECEIPT';
const label: LabelLayout = {
  ...{ width: 400, height: 240, direction: 'ltr' },
  items: [
    {
      ...{ kind: 'text', text: 'Dolorane', x: 16, y: 12, width: 368, height: 24, align: 'left', bold: false },
    },
    {
      ...{ kind: 'symbol', symbol: 'ean13', data: '3400930000014', moduleDots: 2 },
      ...{ x: 40, y: 150, width: 190, height: 60, digits: 24 },
    },
    {
      kind: 'symbol',
      symbol: 'qr',
      data: 'x',
      moduleDots: 4,
      x: 300,
      y: 150,
      width: 84,
      height: 84,
      digits: 0,
    },
  ],
};

test('a label of a training says so over everything else', () => {
  const { items } = trainingLabel(label, LINE);
  expect(items[0]).toMatchObject({ kind: 'text', text: LINE, y: 0, width: 400, align: 'center' });
  expect(items.map((item) => (item.kind === 'symbol' ? item.symbol : item.kind))).toEqual([
    'text',
    'text',
    'ean13',
  ]);
});

test('nothing passes the edge of the label, whatever stood on it', () => {
  const box = fc.record({
    x: fc.constant(0),
    width: fc.integer({ min: 1, max: 400 }),
    y: fc.integer({ min: 0, max: 200 }),
    height: fc.integer({ min: 1, max: 40 }),
  });
  const rule = box.map((placed) => ({ kind: 'rule' as const, ...placed }));
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 8 }), (items) => {
      const marked = trainingLabel({ ...label, items }, LINE);
      expect(marked.items).toHaveLength(items.length + 1);
      const band = marked.items[0]?.height ?? 0;
      for (const item of marked.items.slice(1)) {
        expect(item.y).toBeGreaterThanOrEqual(band);
        expect(item.y + item.height).toBeLessThanOrEqual(240);
      }
    }),
    { seed: 20_261_123 },
  );
});
