import { type Modules, symbolModules } from '../symbols.ts';
import {
  type Align,
  type PrintedDoc,
  type PrintedItem,
  type PrintedSymbol,
  plainStyle,
  type Raster,
  type TextStyle,
} from './document.ts';

/** What stands where on the paper, in dots from the top left corner; svg.ts and png.ts only paint it. */
export type Paper = { readonly width: number; readonly height: number; readonly shapes: readonly Shape[] };

export type Shape =
  | ({ readonly kind: 'text'; readonly text: string; readonly style: TextStyle } & Place)
  | ({ readonly kind: 'dots'; readonly source: DotSource } & Place)
  | { readonly kind: 'cut'; readonly y: number; readonly full: boolean };

/** `x`, `y` is the top left corner of something `width` by `height`. */
export type Place = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A picture of `across` by `down` cells of `cellX` by `cellY` dots. */
export type DotSource = {
  readonly across: number;
  readonly down: number;
  readonly cellX: number;
  readonly cellY: number;
  readonly isBlack: (x: number, y: number) => boolean;
};

/** Font A is 12 × 24 dots, font B 9 × 17, on every printer we know. */
export const charSize = (style: TextStyle): { readonly width: number; readonly height: number } => ({
  width: (style.font === 'A' ? 12 : 9) * style.wide,
  height: (style.font === 'A' ? 24 : 17) * style.high,
});

const TOP = 24;
const CUT_GAP = 16;

/** Lays a document on paper `dots` wide, as the printer's carriage would. Symbols are drawn on the way. */
export async function layPaper(doc: PrintedDoc, dots: number): Promise<Paper> {
  const pen: Pen = { dots, y: TOP, line: [], shapes: [] };
  for (const item of doc.items) await layItem(pen, item);
  endLine(pen, 0);
  return { width: dots, height: Math.max(pen.y, ...pen.shapes.map(bottom)) + TOP, shapes: pen.shapes };
}

type Piece = {
  readonly width: number;
  readonly height: number;
  readonly align: Align;
  readonly left: number;
} & ({ readonly text: string; readonly style: TextStyle } | { readonly source: DotSource });
type Pen = { readonly dots: number; y: number; line: Piece[]; readonly shapes: Shape[] };

const bottom = (shape: Shape): number => (shape.kind === 'cut' ? shape.y : shape.y + shape.height);

async function layItem(pen: Pen, item: PrintedItem): Promise<void> {
  if (item.kind === 'text') for (const char of item.text) addChar(pen, char, item.style);
  if (item.kind === 'tab') addTab(pen);
  if (item.kind === 'newline') endLine(pen, item.lineDots);
  if (item.kind === 'feed') endLine(pen, item.lineDots * item.lines);
  if (item.kind === 'raster') addRaster(pen, item);
  if (item.kind === 'symbol') await addSymbol(pen, item);
  if (item.kind === 'cut') {
    endLine(pen, 0);
    pen.shapes.push({ kind: 'cut', y: pen.y + CUT_GAP, full: item.full });
    pen.y += CUT_GAP * 2;
  }
}

const lineWidth = (line: readonly Piece[]): number => line.reduce((sum, piece) => sum + piece.width, 0);

function addChar(pen: Pen, char: string, style: TextStyle): void {
  const size = charSize(style);
  if (style.leftDots + lineWidth(pen.line) + size.width > pen.dots) endLine(pen, size.height + 6);
  const last = pen.line.at(-1);
  if (last && 'text' in last && last.style === style) {
    pen.line[pen.line.length - 1] = { ...last, text: last.text + char, width: last.width + size.width };
  } else {
    pen.line.push({ ...size, text: char, style, align: style.align, left: style.leftDots });
  }
}

/** Tab stops stand every eight characters until told otherwise; ESC D is not followed. */
function addTab(pen: Pen): void {
  const last = pen.line.at(-1);
  if (!last || !('text' in last)) return;
  const columns = Math.round(lineWidth(pen.line) / charSize(last.style).width);
  for (let i = columns % 8; i < 8; i++) addChar(pen, ' ', last.style);
}

/** Prints what is in the line and moves on by `advance` dots, or by the tallest thing in the line if that is more. */
function endLine(pen: Pen, advance: number): void {
  const tallest = Math.max(0, ...pen.line.map((piece) => piece.height));
  const first = pen.line[0];
  let x = first ? first.left + startOf(first.align, lineWidth(pen.line), pen.dots - first.left) : 0;
  for (const piece of pen.line) {
    const place = { x, y: pen.y + tallest - piece.height, width: piece.width, height: piece.height };
    if ('text' in piece) pen.shapes.push({ kind: 'text', text: piece.text, style: piece.style, ...place });
    else pen.shapes.push({ kind: 'dots', source: piece.source, ...place });
    x += piece.width;
  }
  pen.line = [];
  pen.y = Math.max(0, pen.y + (advance < 0 ? advance : Math.max(advance, tallest)));
}

function startOf(align: Align, width: number, room: number): number {
  if (align === 'left') return 0;
  return Math.max(0, align === 'right' ? room - width : (room - width) >> 1);
}

function addRaster(pen: Pen, raster: Raster): void {
  const { width: across, height: down, bits, scaleX: cellX, scaleY: cellY, align } = raster;
  const bytesAcross = Math.ceil(across / 8);
  const isBlack = (x: number, y: number) =>
    ((bits[y * bytesAcross + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
  const source = { across, down, cellX, cellY, isBlack };
  const size = { width: across * cellX, height: down * cellY };
  if (raster.inline) {
    pen.line.push({ ...size, align, left: 0, source });
    return;
  }
  endLine(pen, 0);
  addBlock(pen, align, { source, ...size });
}

function addBlock(pen: Pen, align: Align, block: { source: DotSource; width: number; height: number }): void {
  const x = startOf(align, block.width, pen.dots);
  pen.shapes.push({ kind: 'dots', x, y: pen.y, ...block });
  pen.y += block.height;
}

/** A symbol that cannot be made, or is wider than the paper, prints nothing: so do printers. */
async function addSymbol(pen: Pen, printed: PrintedSymbol): Promise<void> {
  endLine(pen, 0);
  const modules = await symbolModules(printed.symbol, printed.data, printed.options);
  if (!modules || modules.across * printed.moduleDots > pen.dots) return;
  if (printed.textAt === 'above' || printed.textAt === 'both') addCaption(pen, printed);
  addBlock(pen, printed.align, symbolBlock(modules, printed));
  if (printed.textAt === 'below' || printed.textAt === 'both') addCaption(pen, printed);
}

function symbolBlock(modules: Modules, { moduleDots, heightDots }: PrintedSymbol) {
  const { across, down, black } = modules;
  const isBlack = (x: number, y: number) => black[y * across + x] ?? false;
  const cellY = down === 1 ? (heightDots ?? moduleDots) : moduleDots;
  const source = { across, down, cellX: moduleDots, cellY, isBlack };
  return { source, width: across * moduleDots, height: down * cellY };
}

function addCaption(pen: Pen, { data, align }: PrintedSymbol): void {
  for (const char of data) addChar(pen, char, { ...plainStyle, align });
  const [line] = pen.line;
  if (line) endLine(pen, 30);
}
