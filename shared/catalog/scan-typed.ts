import { err, ok, type Result } from '#shared/kernel/result.ts';
import { looksLikeWebAddress } from './digital-link.ts';
import { GS, parseBracketed } from './gs1.ts';
import { isDigits } from './gtin.ts';
import { gs1Scan, pznScan, textScan } from './scan-build.ts';
import {
  parseEnvelope,
  parseHibcScan,
  parseLink,
  parsePzn,
  parseSeparated,
  strangeAt,
  typedDigits,
} from './scan-parts.ts';
import type { Scan, ScanOptions, ScanRefusal } from './scan-types.ts';

const TYPED = { symbology: 'none', start: 0 } as const;

/** Reads a string without AIM identifier: from a keyboard wedge, or typed by a person. */
export function parseTyped(raw: string, options: ScanOptions): Result<Scan, ScanRefusal> {
  if (raw.startsWith('(')) return parsePrinted(raw, options);
  if (raw.startsWith('[)>')) return parseEnvelope(raw, TYPED, options);
  if (looksLikeWebAddress(raw)) return parseLink(raw, TYPED, options);
  const separator = separatorIn(raw, options.groupSeparators ?? []);
  if (separator !== null) return parseSeparated(raw, { ...TYPED, separators: [separator] }, options);
  const strange = strangeAt(raw, 0, '~');
  if (strange >= 0) return err({ code: 'bad-character', position: strange });
  if (raw.startsWith('+')) return parseHibcScan(raw, TYPED, options);
  const pznMark = /^(?:-|PZN[ :-]*)(?=[0-9]+$)/i.exec(raw);
  if (pznMark) {
    const pzn = parsePzn(raw, pznMark[0].length);
    return pzn.ok ? ok(pznScan('none', pzn.value)) : pzn;
  }
  return parseUnmarked(raw, options);
}

function parseUnmarked(raw: string, options: ScanOptions): Result<Scan, ScanRefusal> {
  const digits = isDigits(raw) ? typedDigits(raw, { symbology: 'none', position: 0 }, options) : null;
  if (digits?.ok) return digits;
  const elements = parseUnseparated(raw, options);
  if (elements) return elements;
  if (options.ownSkus) {
    const text = textScan('none', raw);
    if (text.codes.length > 0) return ok(text);
  }
  return digits ?? err({ code: 'unrecognised', position: 0 });
}

/**
 * An element string without any FNC1 is taken for one only with a GTIN in it whose check digit verifies,
 * and refused as one when it begins with AI (01) and 14 digits.
 */
function parseUnseparated(raw: string, options: ScanOptions): Result<Scan, ScanRefusal> | null {
  if (raw.length < 16 || !/^[0-9]{2}/.test(raw)) return null;
  const read = parseSeparated(raw, { ...TYPED, separators: [] }, options);
  if (read.ok) return read.value.gtin14 === undefined ? null : read;
  return /^01[0-9]{14}/.test(raw) ? read : null;
}

function parsePrinted(raw: string, options: ScanOptions): Result<Scan, ScanRefusal> {
  const read = parseBracketed(raw, options);
  return read.ok
    ? ok(gs1Scan({ symbology: 'none', form: 'bracketed' }, read.value, options.todayYear))
    : read;
}

/**
 * What stands for FNC1 in a wedge's string, if it is one of GS1 elements: it begins with a digit or the separator itself.
 * None of the substitutes can be data of an element (no GS1 character set has them), so taking them is no guess.
 */
function separatorIn(raw: string, own: readonly string[]): string | null {
  for (const separator of [GS, ...own, ...SUBSTITUTES]) {
    if (separator === '' || !raw.includes(separator)) continue;
    if (raw.startsWith(separator) || /^[0-9]/.test(raw)) return separator;
  }
  return null;
}

const SUBSTITUTES = ['\u241d', '{GS}', '[GS]', '{FNC1}', '[FNC1]', '^', '|', '~'];
