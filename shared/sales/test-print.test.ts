import { expect, test } from 'vitest';
import { receiptText } from './receipt-layout.ts';
import { testPrint } from './test-print.ts';

const input = {
  language: 'en',
  shopName: 'Pharmacie du Pont',
  tillName: 'Till 2',
  printer: 'tcp://10.0.0.9',
  profile: 'Epson TM-T20',
  at: '24 Nov 2026, 14:34',
};

test('a test print shows both edges of the paper, says which printer it was for, and opens no drawer', () => {
  const doc = testPrint(input);
  const lines = receiptText(doc, 32).split('\n');
  expect(lines.find((line) => line.includes('left edge'))).toMatch(/^left edge {13}right edge$/);
  expect(lines).toContain('tcp://10.0.0.9');
  expect(lines).toContain('Epson TM-T20');
  expect(doc.nodes.map(({ kind }) => kind)).not.toContain('pulse');
  expect(doc.nodes.at(-1)).toEqual({ kind: 'cut' });
});

test.each([
  ['fr', 'ltr', 'ESSAI'],
  ['ar', 'rtl', 'تجربة'],
  ['xx', 'ltr', 'TEST'],
])('in %s it reads %s and says %s', (language, direction, title) => {
  const doc = testPrint({ ...input, language });
  expect(doc.direction).toBe(direction);
  expect(receiptText(doc, 48)).toContain(title);
});
