import type { SKRSContext2D } from '@napi-rs/canvas';
import type { PrintedDoc } from './document.ts';
import { charSize, layPaper, type Shape } from './paper.ts';
import { families, glyphShare } from './svg.ts';

/** The printed paper as a PNG, one pixel a dot. */
export async function toPng(doc: PrintedDoc, dots: number): Promise<Uint8Array> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const paper = await layPaper(doc, dots);
  const margin = 24;
  const canvas = createCanvas(paper.width + margin * 2, paper.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const shape of paper.shapes) {
    context.setTransform(1, 0, 0, 1, margin, 0);
    context.fillStyle = '#111';
    paint(context, shape, paper.width);
  }
  return canvas.toBuffer('image/png');
}

function paint(context: SKRSContext2D, shape: Shape, width: number): void {
  if (shape.kind === 'cut') {
    context.fillStyle = '#999';
    for (let x = 0; x < width; x += 18) context.fillRect(x, shape.y, shape.full ? 12 : 4, 2);
  } else if (shape.kind === 'dots') {
    const { across, down, cellX, cellY, isBlack } = shape.source;
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++) {
        if (isBlack(x, y)) context.fillRect(shape.x + x * cellX, shape.y + y * cellY, cellX, cellY);
      }
    }
  } else {
    paintText(context, shape);
  }
}

/** Letter by letter, each in its own cell: a printer's characters never run on. */
function paintText(context: SKRSContext2D, shape: Extract<Shape, { kind: 'text' }>): void {
  const { style } = shape;
  const cell = charSize({ ...style, wide: 1, high: 1 });
  if (style.invert) context.fillRect(shape.x, shape.y, shape.width, shape.height);
  if (style.underline) context.fillRect(shape.x, shape.y + shape.height - 2, shape.width, 2);
  context.translate(shape.x, shape.y);
  context.scale(style.wide, style.high);
  context.fillStyle = style.invert ? '#fff' : '#111';
  context.font = `${style.bold ? 'bold ' : ''}${cell.height * glyphShare.size}px ${families}`;
  context.textAlign = 'center';
  [...shape.text].forEach((char, i) => {
    if (char !== ' ')
      context.fillText(char, (i + 0.5) * cell.width, cell.height * glyphShare.baseline, cell.width);
  });
}
