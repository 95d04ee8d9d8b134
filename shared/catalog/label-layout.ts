import { err, ok, type Result } from '#shared/kernel/result.ts';
import { isDigits, toGtin14 } from './gtin.ts';
import {
  digitsHeight10,
  type LabelCode,
  type LabelField,
  type LabelItem,
  type LabelPart,
  type LabelTemplate,
  type LabelText,
} from './label-template.ts';

export type LabelValues = Readonly<Record<LabelField, string>>;

/** One label in dots of its printer: what stands where, before any printer's language. */
export type LabelLayout = {
  readonly width: number;
  readonly height: number;
  readonly direction: 'ltr' | 'rtl';
  readonly items: readonly PlacedItem[];
};

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type PlacedItem = PlacedText | PlacedSymbol | ({ readonly kind: 'rule' } & Box);
/** One line of text that fits its box; alignment is physical by now. */
export type PlacedText = Box & {
  readonly kind: 'text';
  readonly text: string;
  readonly align: 'left' | 'center' | 'right';
  readonly bold: boolean;
};
/**
 * `data` is 13 digits with their check digit, or printable ASCII. `height` is of the bars or the QR code's side;
 * `digits` is the height of the row below the bars, 0 for a QR code. `x` is where the first bar stands.
 */
export type PlacedSymbol = Box & {
  readonly kind: 'symbol';
  readonly symbol: 'ean13' | 'code128' | 'qr';
  readonly data: string;
  readonly moduleDots: number;
  readonly digits: number;
};

export type LabelError =
  /** A sum or a code is never cut: the template must give it more room. */
  { readonly code: 'TOO_WIDE'; readonly text: string } | { readonly code: 'BAD_CODE'; readonly text: string };

/**
 * Puts a pack's words on a label of `dotsPerMm` (8 at 203 dpi, 12 at 300). Names wrap and are cut with an ellipsis;
 * a text with a price in it, or a code, that does not fit is an error.
 */
export function layoutLabel(
  template: LabelTemplate,
  values: LabelValues,
  dotsPerMm: number,
): Result<LabelLayout, LabelError> {
  const { direction } = template;
  const dots = (mm10: number): number => Math.round((mm10 * dotsPerMm) / 10);
  const items: PlacedItem[] = [];
  for (const item of template.items) {
    const placed = placeItem(item, values, { dots, dotsPerMm, direction });
    if (!placed.ok) return placed;
    items.push(...placed.value);
  }
  return ok({ width: dots(template.width10), height: dots(template.height10), direction, items });
}

type Paper = {
  readonly dots: (mm10: number) => number;
  readonly dotsPerMm: number;
  readonly direction: 'ltr' | 'rtl';
};

function placeItem(
  item: LabelItem,
  values: LabelValues,
  paper: Paper,
): Result<readonly PlacedItem[], LabelError> {
  const { dots } = paper;
  if (item.kind === 'rule') {
    const box = { ...across(item, dots), y: dots(item.y10) };
    return ok([{ kind: 'rule', ...box, height: Math.max(1, dots(2)) }]);
  }
  const text = said(item.parts, values);
  if (text === '') return ok([]);
  return item.kind === 'text' ? placeText(item, text, paper) : placeSymbol(item, text, paper);
}

/** Both edges rounded, so that nothing passes the label's own. */
function across(
  { x10, width10 }: LabelItem,
  dots: Paper['dots'],
): { readonly x: number; readonly width: number } {
  return { x: dots(x10), width: dots(x10 + width10) - dots(x10) };
}

/** The words with their fields; nothing at all where there are fields and each of them is empty. */
function said(parts: readonly LabelPart[], values: LabelValues): string {
  const fields = parts.flatMap((part) => ('field' in part ? [values[part.field]] : []));
  if (fields.length > 0 && fields.every((value) => value.trim() === '')) return '';
  return parts
    .map((part) => ('field' in part ? values[part.field] : part.text))
    .join('')
    .trim();
}

function placeText(item: LabelText, text: string, paper: Paper): Result<readonly PlacedText[], LabelError> {
  const { dots, direction } = paper;
  const height = Math.floor((item.height10 * paper.dotsPerMm) / 10);
  const box = { ...across(item, dots), height };
  const most = Math.max(1, Math.floor(box.width / charDots(height, item.bold)));
  const isSum = item.parts.some((part) => 'field' in part && whole.has(part.field));
  const lines = fitted(text, most, item.lines);
  if (isSum && lines.join(' ') !== text) return err({ code: 'TOO_WIDE', text });
  return ok(
    lines.map((line, i) => ({
      kind: 'text',
      ...box,
      y: dots(item.y10) + i * height,
      text: line,
      align: physical(item.align, direction),
      bold: item.bold,
    })),
  );
}

const whole: ReadonlySet<LabelField> = new Set(['price', 'unitPrice', 'code', 'batch', 'expiry']);

/** What a character takes of the printers' scalable fonts, rather more than less: capitals are three fifths wide. */
const charDots = (height: number, bold: boolean): number => height * (bold ? 0.6 : 0.55);

function fitted(text: string, most: number, lines: number): readonly string[] {
  const words = text.split(/\s+/);
  const rows: string[] = [];
  let row = '';
  for (const word of words) {
    const joined = row === '' ? word : `${row} ${word}`;
    if (length(joined) <= most || row === '') row = joined;
    else {
      rows.push(row);
      row = word;
    }
  }
  rows.push(row);
  const kept = rows.slice(0, lines);
  return kept.map((line, i) => shortened(line, most, i === lines - 1 && rows.length > lines));
}

const length = (text: string): number => [...text].length;

function shortened(line: string, most: number, goesOn: boolean): string {
  if (length(line) <= most && !goesOn) return line;
  const kept = [...line]
    .slice(0, most - 1)
    .join('')
    .trimEnd();
  return `${kept}…`;
}

function placeSymbol(
  item: LabelCode,
  given: string,
  paper: Paper,
): Result<readonly PlacedSymbol[], LabelError> {
  const { dots, dotsPerMm } = paper;
  const read = readSymbol(item.symbol, given);
  if (read === null) return err({ code: 'BAD_CODE', text: given });
  const { symbol, data } = read;
  const { x, width: room } = across(item, dots);
  const height = Math.floor((item.height10 * dotsPerMm) / 10);
  const { modules, quiet } = extent(symbol, data);
  const fits = symbol === 'qr' ? Math.min(room, height) : room;
  const most = symbol === 'qr' ? 10 : Math.max(1, Math.round(0.33 * dotsPerMm));
  const moduleDots = Math.min(most, Math.floor(fits / modules));
  if (moduleDots < narrowest(symbol, dotsPerMm)) return err({ code: 'TOO_WIDE', text: given });
  const width = (modules - quiet.before - quiet.after) * moduleDots;
  const spare = paper.direction === 'rtl' ? room - modules * moduleDots : 0;
  return ok([
    {
      kind: 'symbol',
      ...{ symbol, data, moduleDots, width },
      x: x + spare + quiet.before * moduleDots,
      y: dots(item.y10) + (symbol === 'qr' ? quiet.before * moduleDots : 0),
      height: symbol === 'qr' ? width : height,
      digits: symbol === 'qr' ? 0 : Math.floor((digitsHeight10 * dotsPerMm) / 10),
    },
  ]);
}

/** Narrower modules than a quarter of a millimetre (GS1's 0.264 less a printer's dot) are not read at a counter. */
const narrowest = (symbol: PlacedSymbol['symbol'], dotsPerMm: number): number =>
  symbol === 'qr' ? Math.ceil(0.25 * dotsPerMm) : Math.max(1, Math.round(0.264 * dotsPerMm));

function readSymbol(
  wanted: LabelCode['symbol'],
  given: string,
): { readonly symbol: PlacedSymbol['symbol']; readonly data: string } | null {
  const ean = ean13Of(given);
  if (wanted === 'ean13' || (wanted === 'auto' && ean !== null))
    return ean === null ? null : { symbol: 'ean13', data: ean };
  const symbol = wanted === 'qr' ? 'qr' : 'code128';
  // Signs that some printer's language knows are no part of any article's code.
  return /^[\x20-\x7D]{1,80}$/.test(given) && !/[\\^{}>]/.test(given) ? { symbol, data: given } : null;
}

/** A GTIN as the 13 digits of its bar code: a GTIN-14 of a case, or what has no right check digit, has none. */
function ean13Of(given: string): string | null {
  const gtin = isDigits(given) ? toGtin14(given) : null;
  return gtin?.startsWith('0') ? gtin.slice(1) : null;
}

type Extent = {
  readonly modules: number;
  readonly quiet: { readonly before: number; readonly after: number };
};

/** Modules across with the quiet zones: GS1 General Specifications §5.2.3.4 for EAN-13, ISO/IEC 15417 and 18004. */
function extent(symbol: PlacedSymbol['symbol'], data: string): Extent {
  if (symbol === 'ean13') return { modules: 11 + 95 + 7, quiet: { before: 11, after: 7 } };
  if (symbol === 'code128')
    return { modules: 20 + 11 * (code128Signs(data) + 2) + 13, quiet: { before: 10, after: 10 } };
  return { modules: 8 + 17 + 4 * qrVersion(data.length), quiet: { before: 4, after: 4 } };
}

/** At most: digits go in pairs (set C, a lone one behind a change of set), all else a sign each (set B). */
const code128Signs = (data: string): number =>
  isDigits(data) ? (data.length >> 1) + 2 * (data.length % 2) : data.length;

/** The smallest QR code of error correction M that holds so many bytes (ISO/IEC 18004, table 7). */
const qrVersion = (bytes: number): number => [14, 26, 42, 62, 84].findIndex((most) => bytes <= most) + 1;

const physical = (align: LabelText['align'], direction: 'ltr' | 'rtl'): PlacedText['align'] =>
  align === 'center' ? 'center' : (align === 'start') === (direction === 'ltr') ? 'left' : 'right';
