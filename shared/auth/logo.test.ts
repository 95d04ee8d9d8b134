import { expect, test } from 'vitest';
import { isLogo } from './logo.ts';

/** A PNG's first 33 bytes, of these sides. */
const head = (width: number, height: number) => {
  const side = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
  const bytes = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
  return Buffer.from([...bytes, ...side(width), ...side(height), 1, 0, 0, 0, 0]).toString('base64');
};
const png = (base64: string) => `data:image/png;base64,${base64}`;

test('a logo is a PNG of moderate size in bytes and in pixels', () => {
  expect(isLogo(png(head(384, 120)))).toBe(true);
  expect(isLogo(png(head(2000, 1)))).toBe(true);
  expect(isLogo(png(head(2001, 1)))).toBe(false);
  expect(isLogo(png(head(60_000, 60_000)))).toBe(false);
  expect(isLogo(png(head(0, 10)))).toBe(false);
  expect(isLogo(png(`${head(10, 10)}${'A'.repeat(90_000)}`))).toBe(false);
});

test.each([
  '',
  'https://example.com/logo.png',
  'data:image/svg+xml;base64,PHN2Zy8+',
  png('AAAA'),
  png(`${head(10, 10)}"onload="`),
  png(Buffer.from('GIF89a and so on, long enough to be read').toString('base64')),
])('%j is no logo', (text) => {
  expect(isLogo(text)).toBe(false);
});
