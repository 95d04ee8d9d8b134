import fc from 'fast-check';
import { expect, test } from 'vitest';
import { badgeOf } from '#shared/auth/badge.ts';
import { badgeLabel } from './badge-label.ts';

const code = badgeOf('01996f00-0000-7000-8000-00000000000a');

test('whoever it is of, a badge has the whole code, and all of it stands on the label', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.string({ maxLength: 120 }),
      fc.constantFrom('ltr' as const, 'rtl' as const),
      fc.constantFrom(6, 8, 12, 24),
      (name, storeName, direction, dotsPerMm) => {
        const { width, height, items } = badgeLabel({ name, storeName, code }, direction, dotsPerMm);
        const [symbol, ...more] = items.filter((item) => item.kind === 'symbol');
        expect(more).toEqual([]);
        expect(symbol).toMatchObject({ symbol: 'qr', data: code });
        // A quarter of a millimetre is the least that is read at a counter.
        expect((symbol?.moduleDots ?? 0) / dotsPerMm).toBeGreaterThanOrEqual(0.25);
        for (const { x, y, ...box } of items) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(x + box.width).toBeLessThanOrEqual(width);
          expect(y + box.height).toBeLessThanOrEqual(height);
        }
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test('name and store stand beside the code, at the far side of where reading starts', () => {
  const words = { name: 'Amélie Roux', storeName: 'Pharmacie du Pont', code };
  for (const [direction, isAfter] of [
    ['ltr', true],
    ['rtl', false],
  ] as const) {
    const { items } = badgeLabel(words, direction, 8);
    const symbol = items.find(({ kind }) => kind === 'symbol');
    const texts = items.filter((item) => item.kind === 'text');
    expect(texts.map(({ text }) => text).join(' ')).toBe('Amélie Roux Pharmacie du Pont');
    for (const { x } of texts) expect(x > (symbol?.x ?? 0)).toBe(isAfter);
  }
});
