import { printableText } from '#shared/sales/receipt-text.ts';
import { encodePage } from '../escpos/code-pages.ts';
import type { CodePage } from '../escpos/profiles.ts';

/** How a display is spoken to: as Epson's DM-D (ESC/POS) or as the CD5220, which most others copy. */
export const poleModels = ['epson', 'cd5220'] as const;
export type PoleModel = (typeof poleModels)[number];

/** The letters a display may be told to use, by the number that ESC t knows them by; most understand the first. */
const pages = {
  cp858: 19,
  cp437: 0,
  cp852: 18,
  cp866: 17,
  windows1252: 16,
} as const satisfies Partial<Record<CodePage, number>>;
export type PolePage = keyof typeof pages;

export type PoleTongue = {
  readonly model: PoleModel;
  readonly page?: PolePage;
  /** Places in a row: 20 where it does not say. */
  readonly columns?: number;
};

/**
 * The bytes that show so many rows from wherever the display was: each in all its places, so that nothing of what was
 * there stays. A CD5220 has commands for two whole rows; of more it is told where each begins (ESC l). Every byte below 0x20 is a command written here: a
 * character is a byte of the display's code page, else its bare letter, else a question mark.
 */
export function poleBytes(
  rows: readonly string[],
  { model, page = 'cp858', columns = 20 }: PoleTongue,
): Uint8Array {
  const shown = rows.map((row) => rowBytes(row, { page, columns }));
  // A display without the page keeps CP437, alike in most of it.
  const begin = [initialise, Uint8Array.of(0x1b, 0x74, pages[page])];
  if (model === 'cd5220' && shown.length === 2)
    return Buffer.concat([...begin, ...shown.flatMap((row, i) => [escQ(i === 0 ? 'A' : 'B'), row, end])]);
  const rowAt = model === 'epson' ? epsonRowAt : cd5220RowAt;
  return Buffer.concat([...begin, clear, ...shown.flatMap((row, i) => [rowAt(i + 1), row])]);
}

const initialise = Uint8Array.of(0x1b, 0x40);
const clear = Uint8Array.of(0x0c);
/** US $ column row. */
const epsonRowAt = (row: number): Uint8Array => Uint8Array.of(0x1f, 0x24, 1, row);
/** ESC l column row. */
const cd5220RowAt = (row: number): Uint8Array => Uint8Array.of(0x1b, 0x6c, 1, row);
/** ESC Q A … CR writes the upper row, ESC Q B … CR the lower one. */
const escQ = (row: 'A' | 'B'): Uint8Array => Uint8Array.of(0x1b, 0x51, row.charCodeAt(0));
const end = Uint8Array.of(0x0d);

function rowBytes(
  text: string,
  { page, columns }: { readonly page: PolePage; readonly columns: number },
): Uint8Array {
  const chars = [...printableText(text)].slice(0, columns).map((char) => shownAs(char, page));
  return encodePage(chars.join('').padEnd(columns), page);
}

/** Bytes above 0x7F only for what the page has; letters it lacks lose their accents. */
function shownAs(char: string, page: PolePage): string {
  if (canSay(char, page)) return char;
  const [bare = '?'] = [...(folded[char] ?? char.normalize('NFD'))];
  return canSay(bare, page) ? bare : '?';
}

const folded: Readonly<Record<string, string>> = {
  œ: 'o',
  Œ: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '.',
};

const canSay = (char: string, page: PolePage): boolean => encodePage(char, page)[0] !== 0x3f || char === '?';
