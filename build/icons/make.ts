/**
 * Draws the app's icons from the mark of Pestle (shared/ui/icons.tsx) into this folder, where electron-builder
 * looks for them. Run when the mark changes: `npm exec -- node build/icons/make.ts`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, Path2D } from '@napi-rs/canvas';
import { root } from '../tools.ts';
import { icns, ico } from './containers.ts';

// The mark's own coordinates: 26 × 26, and --brand and --on-brand of shared/ui/tokens.css.
const side = 26;
const strokes = ['M5.5 12h15c0 5-2.8 8-7.5 8s-7.5-3-7.5-8ZM9.5 20.5h7', 'm13.5 11.5 5-6.5'];
const ground = '#0b6b57';
const ink = '#ffffff';
/** macOS draws icons on a grid that leaves 100 of 1024 free on each side. */
const macShare = 824 / 1024;

const folder = join(root, 'build/icons');
mkdirSync(join(folder, 'linux'), { recursive: true });
for (const size of [16, 32, 48, 64, 128, 256, 512])
  writeFileSync(join(folder, `linux/${size}x${size}.png`), draw(size, 1));
writeFileSync(join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 256].map((size) => pngOf(size, 1))));
writeFileSync(
  join(folder, 'icon.icns'),
  icns([32, 64, 128, 256, 512, 1024].map((size) => pngOf(size, macShare))),
);

function pngOf(size: number, share: number) {
  return { size, png: draw(size, share) };
}

function draw(size: number, share: number): Buffer {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  context.translate((size * (1 - share)) / 2, (size * (1 - share)) / 2);
  context.scale((size * share) / side, (size * share) / side);
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(0, 0, side, side, 6);
  context.fill();
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) context.stroke(new Path2D(stroke));
  return canvas.toBuffer('image/png');
}
