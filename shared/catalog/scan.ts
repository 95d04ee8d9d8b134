import { err, type Result } from '#shared/kernel/result.ts';
import { parseSymbol } from './scan-symbol.ts';
import { parseTyped } from './scan-typed.ts';
import type { Scan, ScanOptions, ScanRefusal } from './scan-types.ts';

/** More than any symbol holds (a QR code: 7,089 digits), so that a runaway input costs nothing. */
const MAX_SCAN_LENGTH = 8192;

/**
 * Says what a scanned or typed string is: a parse whose every check digit, date and length holds, or a refusal
 * with its reason and position. Never throws, never guesses: where more than one scheme's check digits verify, `codes`
 * lists all of them (the order is said at `typedDigits`).
 *
 * Trailing CR, LF and Tab are the scanner's and are dropped. A string beginning with `]` carries an AIM identifier
 * (ISO/IEC 15424) and is read as that symbology; any other came from a keyboard wedge without identifiers or was typed.
 */
export function parseScan(raw: string, options: ScanOptions): Result<Scan, ScanRefusal> {
  if (raw.length > MAX_SCAN_LENGTH) return err({ code: 'too-long', position: MAX_SCAN_LENGTH });
  const text = withoutLineEnd(raw);
  if (text === '') return err({ code: 'empty', position: 0 });
  return text[0] === ']' ? parseSymbol(text, options) : parseTyped(text, options);
}

function withoutLineEnd(raw: string): string {
  let end = raw.length;
  while (end > 0 && LINE_ENDS.includes(raw.charAt(end - 1))) end -= 1;
  return end === raw.length ? raw : raw.slice(0, end);
}

const LINE_ENDS = '\r\n\t';
