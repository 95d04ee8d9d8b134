/** Deeper than any body of ours, and far above where a JSON writer or a database runs out of stack. */
const DEEPEST = 64;

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;

/**
 * Whether every program that meets this JSON afterwards can write it again: not nested without end, no half of a
 * surrogate pair (which UTF-8 and RFC 8785 do not know), no number beyond a double. JSON.parse takes all three, and what
 * comes after it fails on them: a signed text that has one would hold up its whole batch for ever. Says nothing about
 * whether the text is JSON at all.
 */
export function isPlainJson(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (isDigit(code)) {
      const end = endOfNumber(text, i);
      // No sum of money is that long: a double's largest has 309 digits, or an exponent of three.
      if (end - i >= 5 && !Number.isFinite(Number(text.slice(i, end)))) return false;
      i = end - 1;
    } else if (isOpening(code)) {
      depth += 1;
      if (depth > DEEPEST) return false;
    } else if (isClosing(code)) depth -= 1;
  }
  // Most texts have no escape of that kind at all, which is found out faster than where it would be.
  return !text.includes('\\u') || !/\\u[dD][89a-fA-F]/.test(text);
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
/** `[` or `{`, and what closes them: they differ in one bit. */
const isOpening = (code: number): boolean => (code | 0x20) === 0x7b;
const isClosing = (code: number): boolean => (code | 0x20) === 0x7d;

/** Behind the digits, the point and the exponent of the number begun at `from`. */
function endOfNumber(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end += 1;
  return end;
}

/** A digit, `.`, `e`, `E`, `+`, `-`. */
const isOfNumber = (code: number): boolean =>
  isDigit(code) || code === 0x2e || (code | 0x20) === 0x65 || code === 0x2b || code === MINUS;

/** The place of the quote that ends the string begun at `from`; the end of the text where none does. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
  return slashes % 2 === 1;
}
