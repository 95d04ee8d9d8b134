import { expect, test } from 'vitest';
import { codeForLabel } from './label-code.ts';

test('a label shows the code that a counter scans best', () => {
  const keys = ['cip7:3000001', 'gtin:13400930000011', 'gtin:03400930000014', 'sku:AB-12'];
  expect(codeForLabel(keys)).toBe('03400930000014');
  expect(codeForLabel(keys.filter((key) => key !== 'gtin:03400930000014'))).toBe('13400930000011');
  expect(codeForLabel(['cip7:3000001', 'sku:AB-12'])).toBe('AB-12');
  expect(codeForLabel(['hibc:A123BJC5D6E71'])).toBe('');
});
