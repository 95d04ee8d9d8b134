/**
 * What may reach paper out of a name typed by anyone. Control characters (C0, DEL, C1), line and paragraph
 * separators, bidi overrides and isolates, zero-width and private-use characters, lone surrogates and
 * noncharacters are no text: left in, an ESC in a product's name opens the cash drawer and a U+202E turns a
 * price round. Spaces of every width become the one space a printer has, the minus sign its hyphen.
 */
export function printableText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g, '')
    .replace(/[\p{Zs}]/gu, ' ')
    .replace(/[\u2212\u2010\u2011]/g, '-');
}

/** Character cells a text takes on a printer: marks sit on their letter, ideographs take two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** Breaks printable text into lines of at most `width` cells, at spaces where it can; always one line or more. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  const indent = /^ */.exec(text)?.[0].slice(0, width >> 1) ?? '';
  let line = indent;
  let bare = true;
  for (const word of text.trim().split(/ +/)) {
    const joined = bare ? line + word : `${line} ${word}`;
    if (textWidth(joined) <= width) {
      line = joined;
      bare = false;
      continue;
    }
    if (!bare) lines.push(line);
    const parts = chop(word, width - indent.length);
    for (const part of parts.slice(0, -1)) lines.push(indent + part);
    line = indent + (parts.at(-1) ?? '');
    bare = false;
  }
  lines.push(line);
  return lines;
}

function chop(word: string, width: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (part !== '' && textWidth(part) + charWidth(char) > Math.max(2, width)) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return [...parts, part];
}

function charWidth(char: string): number {
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(char)) return 0;
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u{FF01}-\u{FF60}]/u.test(char) ? 2 : 1;
}
