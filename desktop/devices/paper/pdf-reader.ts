import { inflateSync } from 'node:zlib';

/** The texts of a PDF's page as a viewer copies them: a line for each height they stand at, from the left, in points. */
type PdfPage = {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly { readonly y: number; readonly text: string }[];
};

/**
 * Reads the one page of a PDF as a viewer does, for tests: its texts through the fonts' own tables of characters, which
 * know nothing of who wrote them. Understands what Skia writes and no more.
 */
export function readPdfPage(bytes: Uint8Array): PdfPage {
  const file = Buffer.from(bytes).toString('latin1');
  const page = /\d+ 0 obj\n<<\/Type \/Page\b[\s\S]*?endobj/.exec(file)?.[0] ?? '';
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? [];
  const fonts = new Map(
    [...page.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, charactersOf(file, id)]),
  );
  const [, contents = ''] = /\/Contents (\d+) 0 R/.exec(page) ?? [];
  return { width: Number(width), height: Number(height), lines: linesOf(streamOf(file, contents), fonts) };
}

const objectOf = (file: string, id: string): string =>
  new RegExp(`(?:^|\\n)${id} 0 obj\\n([\\s\\S]*?)\\nendobj`).exec(file)?.[1] ?? '';

function streamOf(file: string, id: string): string {
  const object = objectOf(file, id);
  const [, inner = ''] = /stream\r?\n([\s\S]*)\r?\nendstream/.exec(object) ?? [];
  const bytes = Buffer.from(inner, 'latin1');
  return (object.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}

/** What each glyph stands for, by the font's ToUnicode table (ISO 32000-1, 9.10.3). */
function charactersOf(file: string, fontId: string): ReadonlyMap<number, string> {
  const [, table = ''] = /\/ToUnicode (\d+) 0 R/.exec(objectOf(file, fontId)) ?? [];
  const glyphs = new Map<number, string>();
  for (const [, from = '', to = '', char = ''] of streamOf(file, table).matchAll(
    /<([\dA-F]{4})>(?: <([\dA-F]{4})>)? <([\dA-F]+)>/g,
  )) {
    const first = Number.parseInt(from, 16);
    for (let glyph = first; glyph <= Number.parseInt(to || from, 16); glyph++)
      glyphs.set(glyph, String.fromCharCode(Number.parseInt(char, 16) + glyph - first));
  }
  return glyphs;
}

/** Skia sets the place of a text by `cm` and writes it between BT and ET, in runs of one font, glyph by glyph. */
function linesOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): PdfPage['lines'] {
  const cells = [...content.matchAll(/\nq\n[-\d.]+ 0 0 [-\d.]+ ([-\d.]+) ([-\d.]+) cm\n([\s\S]*?)\nQ/g)]
    .filter(([, , , drawn]) => drawn?.includes('BT'))
    .map(([, x, y, drawn = '']) => ({ x: Number(x), y: Number(y), text: textOf(drawn, fonts) }));
  return [...Map.groupBy(cells, ({ y }) => y)].map(([y, line]) => ({
    y,
    text: line
      .toSorted((a, b) => a.x - b.x)
      .map(({ text }) => text.trim())
      .join(' '),
  }));
}

function textOf(drawn: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  const runs = [...drawn.matchAll(/BT\n\/(F\d+)[\s\S]*?1 0 0 -1 ([-\d.]+) ([\s\S]*?)ET/g)].map(
    ([, font = '', left, shown = '']) => {
      const characters = fonts.get(font);
      const glyphs = [...shown.matchAll(/<([\dA-F]+)> Tj/g)].flatMap(
        ([, hex = '']) => hex.match(/.{4}/g) ?? [],
      );
      const text = glyphs.map((glyph) => characters?.get(Number.parseInt(glyph, 16)) ?? '').join('');
      return { left: Number(left), text };
    },
  );
  return runs
    .toSorted((a, b) => a.left - b.left)
    .map(({ text }) => text)
    .join('');
}
