/** Deeper than any body of ours, and far above where a JSON writer or a database runs out of stack. */
const DEEPEST = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

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
    else if (OPEN.has(code)) {
      depth += 1;
      if (depth > DEEPEST) return false;
    } else if (CLOSE.has(code)) depth -= 1;
  }
  return !/\\u[dD][89a-fA-F]/.test(text) && !hasHugeNumber(text);
}

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

/** Numbers with three digits of exponent, or written out to three hundred, are looked at; no sum of money has one. */
function hasHugeNumber(text: string): boolean {
  if (!/\d[eE]\+?\d{3}|\d{300}/.test(text)) return false;
  const outside = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return [...outside.matchAll(/\d[\d.]*(?:[eE][+-]?\d+)?/g)].some(
    ([number]) => !Number.isFinite(Number(number)),
  );
}
