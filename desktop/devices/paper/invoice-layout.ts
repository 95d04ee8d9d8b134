import type { InvoiceDoc, InvoiceRow } from '#shared/sales/invoice.ts';
import { fillIn } from '#shared/sales/receipt-amount.ts';

/** A4 in points. */
export const a4 = { width: 595, height: 842 } as const;

/** Text on a page: `at` is counted from the side where reading starts, `y` is the baseline from the top, in points. */
export type Placed = {
  readonly text: string;
  readonly at: number;
  /** The text is made narrower rather than wider than this. */
  readonly width: number;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly align: 'start' | 'end';
};

/** A page: its texts, and the heights of lines drawn across it. */
export type Page = { readonly texts: readonly Placed[]; readonly rules: readonly number[] };

/** How wide a text is in points. */
export type Measure = (text: string, font: { readonly size: number; readonly bold: boolean }) => number;

const MARGIN = 48;
const INNER = a4.width - 2 * MARGIN;
const BOTTOM = a4.height - 64;
const LINE = 14;

/** Where the columns stand, from the margin, in points. */
const columns = [
  { key: 'article', at: 0, width: 190, align: 'start' },
  { key: 'quantity', at: 196, width: 56, align: 'end' },
  { key: 'price', at: 258, width: 74, align: 'end' },
  { key: 'reduction', at: 338, width: 60, align: 'end' },
  { key: 'rate', at: 404, width: 34, align: 'end' },
  { key: 'amount', at: 444, width: INNER - 444, align: 'end' },
] as const;

/** Lays an invoice out on as many pages as it takes; the head of the table stands on each. */
export function layOutInvoice(doc: InvoiceDoc, measure: Measure): readonly Page[] {
  const sheet = createSheet(measure);
  drawHead(sheet, doc);
  const tableHead = () => {
    for (const { key, ...place } of columns) sheet.text(doc.columns[key], { ...place, size: 8, bold: true });
    sheet.down(6);
    sheet.rule();
    sheet.down(LINE);
  };
  tableHead();
  for (const row of doc.rows) drawRow(sheet, row, tableHead);
  drawSums(sheet, doc);
  const pages = sheet.pages((page, all) => fillIn(doc.page, { page: String(page), pages: String(all) }));
  const { mark } = doc;
  return mark === undefined
    ? pages
    : pages.map((page) => ({ ...page, texts: [...page.texts, ...marks(mark)] }));
}

/** Above the head and below the foot of a page, where nothing else stands. */
const marks = (text: string): readonly Placed[] =>
  [MARGIN - 8, a4.height - 14].map((y) => ({
    ...{ text, y, at: MARGIN, width: INNER, size: 16, bold: true, align: 'start' },
  }));

type Sheet = ReturnType<typeof createSheet>;
type Look = Partial<Pick<Placed, 'at' | 'width' | 'size' | 'bold' | 'align'>>;

/** Pages that are filled from the top; a new one begins where the next thing has no room. */
function createSheet(measure: Measure) {
  const pages: { texts: Placed[]; rules: number[] }[] = [];
  let page: { texts: Placed[]; rules: number[] } = { texts: [], rules: [] };
  let y = MARGIN + 18;
  pages.push(page);
  return {
    at: () => y,
    down(by: number): void {
      y += by;
    },
    to(height: number): void {
      y = height;
    },
    text(text: string, { at = 0, width = INNER, size = 10, bold = false, align = 'start' }: Look = {}): void {
      if (text !== '') page.texts.push({ text, at: MARGIN + at, width, y, size, bold, align });
    },
    rule(): void {
      page.rules.push(y);
    },
    /** Whether there is room for so much; a new page where there is not. */
    room(height: number, onNew: () => void = () => {}): void {
      if (y + height <= BOTTOM) return;
      page = { texts: [], rules: [] };
      pages.push(page);
      y = MARGIN + 18;
      onNew();
    },
    /** The text in lines no wider than that; a single word too long for it is squeezed when it is drawn. */
    wrap(text: string, width: number, size = 10): readonly string[] {
      const lines: string[] = [];
      for (const word of text.split(' ')) {
        const last = lines.at(-1);
        const joined = last === undefined ? word : `${last} ${word}`;
        if (last !== undefined && measure(joined, { size, bold: false }) > width) lines.push(word);
        else lines.splice(Math.max(0, lines.length - 1), 1, joined);
      }
      return lines;
    },
    pages: (foot: (page: number, pages: number) => string): readonly Page[] =>
      pages.map(({ texts, rules }, i) => ({
        rules,
        texts: [
          ...texts,
          {
            ...{ text: foot(i + 1, pages.length), at: MARGIN, width: INNER, y: a4.height - 32 },
            ...{ size: 8, bold: false, align: 'end' as const },
          },
        ],
      })),
  };
}

/** Who sells, what paper this is, to whom it is made out. */
function drawHead(sheet: Sheet, doc: InvoiceDoc): void {
  const half = INNER / 2 - 12;
  const top = sheet.at();
  sheet.text(doc.seller.name, { size: 14, bold: true, width: half });
  for (const line of doc.seller.lines) {
    sheet.down(LINE);
    for (const part of sheet.wrap(line, half)) sheet.text(part, { width: half });
  }
  const sellerEnd = sheet.at();
  sheet.to(top);
  const right = { at: INNER / 2 + 12, width: half } as const;
  sheet.text([doc.title, doc.copy].filter((text) => text !== null).join(' · '), {
    ...right,
    size: 16,
    bold: true,
  });
  sheet.down(8);
  for (const { label, value } of doc.facts) {
    sheet.down(LINE);
    sheet.text(label, { ...right, width: 90 });
    sheet.text(value, { at: right.at + 96, width: half - 96, bold: true });
  }
  sheet.to(Math.max(sellerEnd, sheet.at()) + 34);
  sheet.text(doc.buyer.label, { size: 8, bold: true });
  for (const line of [doc.buyer.name, ...doc.buyer.lines])
    for (const part of sheet.wrap(line, INNER)) {
      sheet.down(LINE);
      sheet.text(part, { bold: line === doc.buyer.name });
    }
  sheet.down(36);
}

function drawRow(sheet: Sheet, row: InvoiceRow, tableHead: () => void): void {
  const [article] = columns;
  const names = sheet.wrap(row.article, article.width);
  const details = row.detail === '' ? [] : sheet.wrap(row.detail, article.width, 8);
  sheet.room((names.length + details.length) * LINE, tableHead);
  for (const { key, ...place } of columns) if (key !== 'article') sheet.text(row[key], place);
  for (const line of names) {
    sheet.text(line, { width: article.width });
    sheet.down(LINE);
  }
  for (const line of details) {
    sheet.text(line, { width: article.width, size: 8 });
    sheet.down(LINE - 2);
  }
  sheet.down(4);
}

/** Tax by rate at the start of the line, the sums at its end; both stay together on one page. */
function drawSums(sheet: Sheet, doc: InvoiceDoc): void {
  const notes = doc.notes.flatMap((note) => sheet.wrap(note, INNER));
  sheet.room((Math.max(doc.rates.length + 1, doc.sums.length) + notes.length + 3) * (LINE + 2));
  sheet.rule();
  sheet.down(LINE + 6);
  const top = sheet.at();
  const rates = [
    { key: 'rate', at: 0, width: 70, align: 'start' },
    { key: 'base', at: 76, width: 70, align: 'end' },
    { key: 'tax', at: 152, width: 60, align: 'end' },
  ] as const;
  for (const [i, row] of [doc.rateColumns, ...doc.rates].entries()) {
    for (const { key, ...place } of rates)
      sheet.text(row[key], { ...place, size: i === 0 ? 8 : 10, bold: i === 0 });
    sheet.down(LINE + 2);
  }
  const ratesEnd = sheet.at();
  sheet.to(top);
  for (const { label, value, strong } of doc.sums) {
    const size = strong ? 13 : 10;
    sheet.text(label, { at: 250, width: 150, size, bold: strong });
    sheet.text(value, { at: 406, width: INNER - 406, size, bold: strong, align: 'end' });
    sheet.down(strong ? LINE + 8 : LINE + 2);
  }
  sheet.to(Math.max(ratesEnd, sheet.at()) + 12);
  for (const note of notes) {
    sheet.text(note);
    sheet.down(LINE);
  }
}
