import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutReceipt } from './receipt-layout.ts';
import { printableText, textWidth, wrapText } from './receipt-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom('\x1bp\x00\x19\xfa', '\x1d', '\n', 'é', '₹', 'ع', 'क्ष', ' ', '\u202e', '\x9b', 'ab'),
    )
    .map((parts) => parts.join('')),
);
const seeded = { seed: 20261122, numRuns: 2000 };

test('nothing printable is a control character, whatever was typed', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(printableText(text)).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
    }),
    seeded,
  );
});

test('printable text stays as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = printableText(text);
      expect(printableText(once)).toBe(once);
    }),
    seeded,
  );
});

test('a line break in a name becomes a space, an escape sequence loses its teeth', () => {
  expect(printableText('Aspirin\r\n500')).toBe('Aspirin 500');
  expect(printableText('x\x1bp\x00\x19\xfay')).toBe('xpúy');
  expect(printableText('\u202e05.1')).toBe('05.1');
  expect(printableText('1\u202f234\u00a0€ −5')).toBe('1 234 € -5');
});

test('marks take no room and ideographs take two', () => {
  expect([textWidth('e\u0301'), textWidth('कि'), textWidth('薬局')]).toEqual([1, 2, 4]);
});

test('wrapped lines fit, and together hold every character but the spaces', () => {
  fc.assert(
    fc.property(anyText.map(printableText), fc.integer({ min: 4, max: 48 }), (text, width) => {
      const lines = wrapText(text, width);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
    seeded,
  );
});

test('every row of every receipt fits its paper, and cells never overlap', () => {
  const cell = fc.record({
    text: anyText,
    width: fc.oneof(fc.constantFrom('fit' as const, 'fill' as const), fc.integer({ min: 1, max: 12 })),
    align: fc.constantFrom('start' as const, 'center' as const, 'end' as const),
  });
  const node = fc.record({
    kind: fc.constant('columns' as const),
    cells: fc.array(cell, { minLength: 1, maxLength: 3 }),
    size: fc.constantFrom('small' as const, 'normal' as const, 'double' as const),
  });
  const widths = { normal: 32, small: 42, double: 16 };
  fc.assert(
    fc.property(node, fc.constantFrom('ltr' as const, 'rtl' as const), (columns, direction) => {
      for (const row of layoutReceipt({ direction, nodes: [columns] }, widths)) {
        if (row.kind !== 'text') continue;
        const room = row.size === 'tall' ? widths.normal : widths[row.size];
        let edge = 0;
        for (const placed of [...row.cells].sort((a, b) => a.column - b.column)) {
          expect(placed.column).toBeGreaterThanOrEqual(edge);
          expect(textWidth(placed.text)).toBeLessThanOrEqual(placed.width);
          edge = placed.column + placed.width;
        }
        expect(edge).toBeLessThanOrEqual(room);
      }
    }),
    seeded,
  );
});
