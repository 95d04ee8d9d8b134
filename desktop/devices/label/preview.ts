import type { LabelLayout } from '#shared/catalog/label-layout.ts';
import { printableText } from '#shared/sales/receipt-text.ts';
import type { Bitmap } from '../escpos/raster.ts';
import { isBlack } from './draw.ts';

/** The picture as an SVG of black runs on white paper: it carries no text, so it can carry no markup either. */
export function labelSvg(picture: Bitmap): string {
  const { width, height } = picture;
  const runs: string[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!isBlack(picture, x, y)) continue;
      const from = x;
      while (x < width && isBlack(picture, x, y)) x++;
      runs.push(`M${from} ${y}h${x - from}v1H${from}z`);
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><path d="M0 0h${width}v${height}H0z" fill="#fff"/><path d="${runs.join('')}"/></svg>`;
}

/** What stands on the label, for who cannot see it: a line for each item, top to bottom. */
export const labelText = ({ items }: LabelLayout): string =>
  items
    .flatMap((item) => (item.kind === 'text' ? [item.text] : item.kind === 'symbol' ? [item.data] : []))
    .map(printableText)
    .join('\n');
