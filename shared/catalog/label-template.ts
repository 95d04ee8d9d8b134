import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type LabelToken, tokensOf } from './label-tokens.ts';

/** What a label may say of a pack; each is text as it is to be read, '' where there is nothing to say. */
export const labelFields = ['name', 'pack', 'price', 'unitPrice', 'code', 'batch', 'expiry'] as const;
export type LabelField = (typeof labelFields)[number];

/** A label as its designer wrote it. Lengths are tenths of a millimetre from the top left corner. */
export type LabelTemplate = {
  readonly width10: number;
  readonly height10: number;
  readonly direction: 'ltr' | 'rtl';
  readonly items: readonly LabelItem[];
};

export type LabelItem = LabelText | LabelCode | LabelRule;
type At = { readonly x10: number; readonly y10: number; readonly width10: number };
export type LabelText = At & {
  readonly kind: 'text';
  readonly parts: readonly LabelPart[];
  readonly height10: number;
  readonly lines: number;
  readonly align: 'start' | 'center' | 'end';
  readonly bold: boolean;
};
/** `auto` is EAN-13 for what is one, else Code 128. `height10` is of the bars, or the side of a QR code. */
export type LabelCode = At & {
  readonly kind: 'code';
  readonly symbol: 'auto' | 'ean13' | 'code128' | 'qr';
  readonly parts: readonly LabelPart[];
  readonly height10: number;
};
export type LabelRule = At & { readonly kind: 'rule' };
export type LabelPart = { readonly text: string } | { readonly field: LabelField };

/** Why a template is none; `line` counts from 1. */
export type LabelTemplateError =
  | { readonly code: 'NO_SIZE' }
  | { readonly code: 'TOO_LONG' }
  | { readonly code: 'UNCLOSED_QUOTE'; readonly line: number }
  | { readonly code: 'MISSING'; readonly line: number; readonly what: 'position' | 'text' | 'size' | 'value' }
  | { readonly code: 'UNKNOWN_WORD'; readonly line: number; readonly word: string }
  | { readonly code: 'UNKNOWN_FIELD'; readonly line: number; readonly word: string }
  | { readonly code: 'BAD_NUMBER'; readonly line: number; readonly word: string }
  /** Something would stand, wholly or in part, beside the label. */
  | { readonly code: 'OUTSIDE'; readonly line: number };

/** Characters and instructions a template may have. */
export const longestTemplate = 4000;
const mostItems = 40;
const mostMm10 = 3000;
/** What the digits below bars take. */
export const digitsHeight10 = 30;

/**
 * Reads a template, an instruction a line, `#` to the end of a line for remarks, millimetres throughout:
 *
 *     label 50 x 30 [rtl]
 *     text X Y "words and {field}" [height H] [width W] [lines N] [align start|center|end] [bold]
 *     code|ean13|code128|qr X Y "{code}" [height H] [width W]
 *     rule X Y [width W]
 *
 * A width left out reaches to the far edge. An item whose fields all turn out empty is left out of the label.
 */
export function parseLabelTemplate(source: string): Result<LabelTemplate, LabelTemplateError> {
  if (source.length > longestTemplate) return err({ code: 'TOO_LONG' });
  const items: LabelItem[] = [];
  let size: Size | null = null;
  for (const [index, text] of source.split(/\r?\n/).entries()) {
    const line = index + 1;
    const words = tokensOf(text, line);
    if (!words.ok) return words;
    const [first, ...rest] = words.value;
    if (first === undefined) continue;
    if (size === null) {
      const read = first.text === 'label' ? sizeOf(rest, line) : err({ code: 'NO_SIZE' } as const);
      if (!read.ok) return read;
      size = read.value;
      continue;
    }
    const item = itemOf({ size, word: first.text, line, tokens: rest });
    if (!item.ok) return item;
    items.push(item.value);
  }
  if (items.length > mostItems) return err({ code: 'TOO_LONG' });
  return size === null ? err({ code: 'NO_SIZE' }) : ok({ ...size, items });
}

type Size = Pick<LabelTemplate, 'width10' | 'height10' | 'direction'>;

function sizeOf(tokens: readonly LabelToken[], line: number): Result<Size, LabelTemplateError> {
  const [width, by, height, last] = tokens.map((token) => token.text);
  if (width === undefined || by !== 'x' || height === undefined)
    return err({ code: 'MISSING', line, what: 'size' });
  if (last !== undefined && last !== 'rtl') return err({ code: 'UNKNOWN_WORD', line, word: last });
  const width10 = mm10(width, line);
  if (!width10.ok) return width10;
  const height10 = mm10(height, line);
  if (!height10.ok) return height10;
  if (width10.value === 0 || height10.value === 0) return err({ code: 'MISSING', line, what: 'size' });
  const direction = last === 'rtl' ? 'rtl' : 'ltr';
  return ok({ width10: width10.value, height10: height10.value, direction });
}

type Instruction = {
  readonly size: Size;
  readonly word: string;
  readonly line: number;
  readonly tokens: readonly LabelToken[];
};

const symbols = { code: 'auto', ean13: 'ean13', code128: 'code128', qr: 'qr' } as const;
const isSymbol = (word: string): word is keyof typeof symbols => Object.hasOwn(symbols, word);

function itemOf({ size, word, line, tokens }: Instruction): Result<LabelItem, LabelTemplateError> {
  if (word !== 'text' && word !== 'rule' && !isSymbol(word)) return err({ code: 'UNKNOWN_WORD', line, word });
  const [x, y, ...rest] = tokens;
  if (x === undefined || y === undefined) return err({ code: 'MISSING', line, what: 'position' });
  const x10 = mm10(x.text, line);
  if (!x10.ok) return x10;
  const y10 = mm10(y.text, line);
  if (!y10.ok) return y10;
  const said = word === 'rule' ? undefined : rest[0];
  const after = said ? rest.slice(1) : rest;
  if (word !== 'rule' && !said?.quoted) return err({ code: 'MISSING', line, what: 'text' });
  const options = optionsOf(after, {
    line,
    known: optionsFor[word === 'text' || word === 'rule' ? word : 'code'],
  });
  if (!options.ok) return options;
  const parts = said ? partsOf(said.text, line) : ok([]);
  if (!parts.ok) return parts;
  const { height, width = size.width10 - x10.value, lines = 1, align, bold } = options.value;
  const at = { x10: x10.value, y10: y10.value, width10: width };
  const item: LabelItem =
    word === 'rule'
      ? { kind: 'rule', ...at }
      : word === 'text'
        ? { kind: 'text', ...at, parts: parts.value, height10: height ?? 30, lines, align, bold }
        : { kind: 'code', ...at, symbol: symbols[word], parts: parts.value, height10: height ?? 80 };
  return isInside(item, size) ? ok(item) : err({ code: 'OUTSIDE', line });
}

type Options = {
  readonly height?: number;
  readonly width?: number;
  readonly lines?: number;
  readonly align: LabelText['align'];
  readonly bold: boolean;
};
const optionsFor = {
  text: ['height', 'width', 'lines', 'align', 'bold'],
  code: ['height', 'width'],
  rule: ['width'],
} as const satisfies Record<string, readonly (keyof Options)[]>;

const isAlign = (word: string): word is LabelText['align'] => ['start', 'center', 'end'].includes(word);

function optionsOf(
  tokens: readonly LabelToken[],
  { line, known }: { readonly line: number; readonly known: readonly string[] },
): Result<Options, LabelTemplateError> {
  let options: Options = { align: 'start', bold: false };
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]?.text ?? '';
    if (tokens[i]?.quoted || !known.includes(word)) return err({ code: 'UNKNOWN_WORD', line, word });
    if (word === 'bold') {
      options = { ...options, bold: true };
      continue;
    }
    const value = tokens[++i]?.text;
    if (value === undefined) return err({ code: 'MISSING', line, what: 'value' });
    if (word === 'align') {
      if (!isAlign(value)) return err({ code: 'UNKNOWN_WORD', line, word: value });
      options = { ...options, align: value };
      continue;
    }
    const number = word === 'lines' ? count(value, line) : mm10(value, line);
    if (!number.ok) return number;
    if (number.value === 0) return err({ code: 'BAD_NUMBER', line, word: value });
    options = { ...options, [word]: number.value };
  }
  return ok(options);
}

const isField = (word: string): word is LabelField => labelFields.some((field) => field === word);

/** `{{` is a brace. */
function partsOf(text: string, line: number): Result<readonly LabelPart[], LabelTemplateError> {
  const parts: LabelPart[] = [];
  for (const [whole, field] of text.matchAll(/\{\{|\{([^{}]*)\}|[^{]+|\{/g)) {
    if (field === undefined) parts.push({ text: whole === '{{' ? '{' : whole });
    else if (isField(field)) parts.push({ field });
    else return err({ code: 'UNKNOWN_FIELD', line, word: field });
  }
  return ok(parts);
}

function isInside(item: LabelItem, size: Size): boolean {
  const height =
    item.kind === 'rule' ? 1 : item.kind === 'code' ? codeHeight(item) : item.height10 * item.lines;
  return item.width10 > 0 && item.x10 + item.width10 <= size.width10 && item.y10 + height <= size.height10;
}

const codeHeight = ({ symbol, height10 }: LabelCode): number =>
  symbol === 'qr' ? height10 : height10 + digitsHeight10;

/** Millimetres with at most one decimal, as tenths. */
function mm10(word: string, line: number): Result<number, LabelTemplateError> {
  const [, whole, tenth = '0'] = /^(\d{1,3})(?:\.(\d))?$/.exec(word) ?? [];
  const value = Number(whole) * 10 + Number(tenth);
  return whole !== undefined && value <= mostMm10 ? ok(value) : err({ code: 'BAD_NUMBER', line, word });
}

const count = (word: string, line: number): Result<number, LabelTemplateError> =>
  /^[1-9]$/.test(word) ? ok(Number(word)) : err({ code: 'BAD_NUMBER', line, word });
