import type { ReceiptAlign, ReceiptCell, ReceiptDoc, ReceiptNode, ReceiptSize } from './receipt.ts';
import { printableText, textWidth, wrapText } from './receipt-text.ts';

/** Characters of each size that stand side by side on the paper: 48/64/24 on 80 mm, 32/42/16 on 58 mm. */
export type PaperWidths = { readonly normal: number; readonly small: number; readonly double: number };

/** `tall` is a double row that did not fit at double width: twice the height, normal width. */
export type RowSize = ReceiptSize | 'tall';

/** One printed line; text is printable (receipt-text.ts) and fits its cell. */
export type TextRow = {
  readonly kind: 'text';
  readonly size: RowSize;
  readonly bold: boolean;
  readonly cells: readonly PlacedCell[];
};

/** Where a text stands, in characters from the left edge of the paper; alignment is physical by now. */
export type PlacedCell = {
  readonly text: string;
  readonly column: number;
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
  readonly ltr: boolean;
};

export type ReceiptRow = TextRow | Exclude<ReceiptNode, { kind: 'text' | 'columns' }>;

/** Gives a receipt its width: wraps, aligns, mirrors right-to-left ones. Sums are never cut, labels wrap. */
export function layoutReceipt(doc: ReceiptDoc, widths: PaperWidths): readonly ReceiptRow[] {
  return doc.nodes.flatMap((node): readonly ReceiptRow[] => {
    if (node.kind !== 'text' && node.kind !== 'columns') return [node];
    const cells: readonly ReceiptCell[] =
      node.kind === 'columns'
        ? node.cells
        : [{ text: node.text, width: 'fill', align: node.align ?? 'start' }];
    const size = fittingSize(cells, node.size ?? 'normal', widths);
    const rows = layoutCells(cells, size === 'tall' ? widths.normal : widths[size]);
    return rows.map((row) => ({
      kind: 'text',
      size,
      bold: node.bold ?? false,
      cells: row.map((cell) => place(cell, doc.direction, size === 'tall' ? widths.normal : widths[size])),
    }));
  });
}

/** The receipt as plain text in `columns` characters, for mail, logs and screen readers. */
export function receiptText(doc: ReceiptDoc, columns: number): string {
  const lines = layoutReceipt(doc, { normal: columns, small: columns, double: columns }).flatMap((row) => {
    if (row.kind === 'text') return [rowText(row.cells)];
    if (row.kind === 'rule') return ['-'.repeat(columns)];
    if (row.kind === 'feed') return Array<string>(row.lines).fill('');
    if (row.kind === 'qr' || row.kind === 'code128') return [rowText([centredCell(row.data, columns)])];
    return [];
  });
  return `${lines.join('\n')}\n`;
}

/** The cells of one row as a line of text, padded to their places, without trailing spaces. */
export function rowText(cells: readonly PlacedCell[]): string {
  let line = '';
  for (const cell of [...cells].sort((a, b) => a.column - b.column)) {
    const space = Math.max(0, cell.width - textWidth(cell.text));
    const before = cell.align === 'left' ? 0 : cell.align === 'right' ? space : space >> 1;
    line += ' '.repeat(Math.max(0, cell.column + before - textWidth(line))) + cell.text;
  }
  return line.trimEnd();
}

const centredCell = (text: string, width: number): PlacedCell => ({
  text: printableText(text),
  column: 0,
  width,
  align: 'center',
  ltr: true,
});

/** A cell with the part of its text that stands on this row, in reading order from the start edge. */
type FlowCell = {
  readonly text: string;
  readonly at: number;
  readonly width: number;
  readonly cell: ReceiptCell;
};

function layoutCells(given: readonly ReceiptCell[], columns: number): readonly (readonly FlowCell[])[] {
  const cells = given.map((cell) => ({ ...cell, text: printableText(cell.text) }));
  const widths = cellWidths(cells, columns);
  if (widths === undefined) return stacked(cells, columns);
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, w) => sum + w, 0));
  const last = cells.length - 1;
  const wrapped = cells.map((cell, i) => wrapText(cell.text, gapped(cell, i === last, widths[i] ?? 0)));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) =>
    cells.flatMap((cell, i) => {
      const lines = wrapped[i] ?? [];
      // A value stands beside the last line of a label that wrapped, where the eye arrives.
      const text = cell.width === 'fill' ? lines[y] : lines[y - height + lines.length];
      return text
        ? [{ text, at: starts[i] ?? 0, width: gapped(cell, i === last, widths[i] ?? 0), cell }]
        : [];
    }),
  );
}

/** Columns of each cell, or undefined when the values leave a label no room for its longest word. */
function cellWidths(cells: readonly ReceiptCell[], columns: number): readonly number[] | undefined {
  const fixed = cells.map((cell) => {
    if (cell.width === 'fill') return 0;
    const needed = Math.max(1, textWidth(cell.text));
    return cell.width === 'fit' ? needed : Math.max(cell.width, needed + 1);
  });
  const fills = cells.filter((cell) => cell.width === 'fill');
  const left = columns - fixed.reduce((sum, width) => sum + width, 0);
  const fill = Math.floor(left / Math.max(1, fills.length));
  const words = fills.flatMap((cell) => cell.text.split(' ').map(textWidth));
  if (left < 0 || (cells.length > 1 && fill <= Math.max(0, ...words))) return undefined;
  return cells.map((cell, i) => (cell.width === 'fill' ? fill : (fixed[i] ?? 0)));
}

/** A filling cell keeps one column free before its neighbour. */
const gapped = (cell: ReceiptCell, last: boolean, width: number): number =>
  cell.width === 'fill' && !last ? Math.max(1, width - 1) : width;

/** Too narrow to stand side by side: each cell on lines of its own. */
function stacked(cells: readonly ReceiptCell[], columns: number): readonly (readonly FlowCell[])[] {
  return cells.flatMap((cell) =>
    wrapText(cell.text, columns).map((text) => [{ text, at: 0, width: columns, cell }]),
  );
}

/** Double size only where every cell still fits on one row. */
function fittingSize(cells: readonly ReceiptCell[], size: ReceiptSize, widths: PaperWidths): RowSize {
  if (size !== 'double') return size;
  const needed = cells.reduce((sum, cell) => sum + textWidth(printableText(cell.text)) + 1, -1);
  return needed <= widths.double ? 'double' : 'tall';
}

function place(flow: FlowCell, direction: 'ltr' | 'rtl', columns: number): PlacedCell {
  const rtl = direction === 'rtl';
  // Leading spaces are an indent from the start edge: on the mirrored side they must not be text.
  const text = rtl ? flow.text.trim() : flow.text.trimEnd();
  const indent = rtl ? flow.text.length - flow.text.trimStart().length : 0;
  const width = flow.width - indent;
  const align = physical(flow.cell.align ?? 'start', rtl);
  return {
    text,
    column: rtl ? columns - flow.at - flow.width : flow.at,
    width: align === 'right' ? width : flow.width,
    align,
    ltr: flow.cell.ltr ?? false,
  };
}

function physical(align: ReceiptAlign, rtl: boolean): 'left' | 'center' | 'right' {
  if (align === 'center') return 'center';
  return (align === 'start') === rtl ? 'right' : 'left';
}
