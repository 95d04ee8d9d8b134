/**
 * Order by Unicode code point, the order of SQLite's BINARY and Postgres' "C" collations over UTF-8. JavaScript's own
 * `<` compares UTF-16 units and so puts U+1F48A before U+FF21. Negative, 0 or positive.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF: lift them over the rest of the BMP (U+E000 and up). */
const codePointRank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
