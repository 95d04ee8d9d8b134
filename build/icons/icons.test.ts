import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../tools.ts';

const read = (name: string) => readFileSync(join(root, 'build/icons', name));
/** Side of a square PNG, from the header every PNG begins with. */
const sideOf = (png: Buffer) => {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect(png.readUInt32BE(16)).toBe(png.readUInt32BE(20));
  return png.readUInt32BE(16);
};

test.each([16, 32, 48, 64, 128, 256, 512])('the Linux icon of %i pixels is that large', (size) => {
  expect(sideOf(read(`linux/${size}x${size}.png`))).toBe(size);
});

test('the Windows icon’s directory leads to pictures of the sizes it names', () => {
  const file = read('icon.ico');
  const entries = Array.from({ length: file.readUInt16LE(4) }, (_, i) => 6 + 16 * i);
  const sizes = entries.map((at) => {
    const offset = file.readUInt32LE(at + 12);
    const side = sideOf(file.subarray(offset, offset + file.readUInt32LE(at + 8)));
    expect(file.readUInt8(at)).toBe(side % 256);
    return side;
  });
  expect(sizes).toEqual([16, 24, 32, 48, 64, 256]);
});

test('the macOS icon is made of whole chunks with pictures in them', () => {
  const file = read('icon.icns');
  const sizes: Record<string, number> = {};
  for (let at = 8; at < file.readUInt32BE(4); at += file.readUInt32BE(at + 4))
    sizes[file.toString('latin1', at, at + 4)] = sideOf(file.subarray(at + 8));
  expect(file.readUInt32BE(4)).toBe(file.length);
  // Types and their sizes: Apple's "Icon Services" list; 13 and 14 are 128 and 256 points at twice the density.
  expect(sizes).toEqual({
    ...{ ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 },
  });
});
