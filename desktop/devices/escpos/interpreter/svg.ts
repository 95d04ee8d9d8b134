import type { PrintedDoc } from './document.ts';
import { charSize, type DotSource, layPaper, type Shape } from './paper.ts';

/** The printed paper as a self-contained SVG: no script, no reference to anything outside itself. */
export async function toSvg(doc: PrintedDoc, dots: number): Promise<string> {
  const paper = await layPaper(doc, dots);
  const margin = 24;
  const box = `${-margin} 0 ${paper.width + margin * 2} ${paper.height}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${paper.width + margin * 2}" height="${paper.height}" role="img">`,
    `<rect x="${-margin}" width="${paper.width + margin * 2}" height="${paper.height}" fill="#fff"/>`,
    `<g fill="#111" font-family="${escaped(families)}">`,
    ...paper.shapes.map((shape) => shapeSvg(shape, paper.width)),
    '</g></svg>',
  ].join('\n');
}

/** Only monospaced families: the printer's own characters all have one width. */
export const families = 'ui-monospace, "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace';
/** Of the cell's height: size and baseline of the letters in it. */
export const glyphShare = { size: 0.82, baseline: 0.78 } as const;

function shapeSvg(shape: Shape, width: number): string {
  if (shape.kind === 'cut') {
    return `<path d="M-24 ${shape.y}H${width + 24}" stroke="#999" stroke-width="2" stroke-dasharray="${shape.full ? '12 6' : '4 8'}"/>`;
  }
  if (shape.kind === 'dots') {
    return `<path transform="translate(${shape.x} ${shape.y}) scale(${shape.source.cellX} ${shape.source.cellY})" d="${dotPath(shape.source)}" stroke="#111" shape-rendering="crispEdges"/>`;
  }
  return textSvg(shape);
}

function textSvg(shape: Extract<Shape, { kind: 'text' }>): string {
  const { invert } = shape.style;
  const char = charSize(shape.style).width;
  const pieces = [...shape.text.matchAll(/\S+(?: \S+)*/g)].map((match) => {
    const piece = match[0];
    return pieceSvg({ ...shape, text: piece, x: shape.x + match.index * char, width: piece.length * char });
  });
  const ground = `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}"/>`;
  return (invert ? [ground, ...pieces] : pieces).join('');
}

/** Words that stand one space apart; wider gaps are left to positions, not to how a viewer treats spaces. */
function pieceSvg({ text, style, x, y, width }: Extract<Shape, { kind: 'text' }>): string {
  const { height } = charSize({ ...style, wide: 1, high: 1 });
  const attributes = [
    `transform="translate(${x} ${y}) scale(${style.wide} ${style.high})"`,
    `y="${(height * glyphShare.baseline).toFixed(1)}" font-size="${(height * glyphShare.size).toFixed(1)}"`,
    `textLength="${width / style.wide}" lengthAdjust="spacingAndGlyphs"`,
    style.bold ? 'font-weight="700"' : '',
    style.underline ? 'text-decoration="underline"' : '',
    style.invert ? 'fill="#fff"' : '',
  ];
  return `<text ${attributes.filter(Boolean).join(' ')}>${escaped(text)}</text>`;
}

/** Runs of black cells as strokes one unit thick: a tenth of the size of a square per dot. */
function dotPath({ across, down, isBlack }: DotSource): string {
  const path: string[] = [];
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      if (!isBlack(x, y)) continue;
      const start = x;
      while (x < across && isBlack(x, y)) x++;
      path.push(`M${start} ${y}.5h${x - start}`);
    }
  }
  return path.join('');
}

function escaped(text: string): string {
  return text
    .replace(/\p{Cc}/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
