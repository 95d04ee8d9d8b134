/** A matrix or a row of modules, true is black; row by row. */
export type Modules = { readonly across: number; readonly down: number; readonly black: readonly boolean[] };

export type SymbolKind =
  | 'qrcode'
  | 'microqrcode'
  | 'pdf417'
  | 'pdf417compact'
  | 'upca'
  | 'upce'
  | 'ean13'
  | 'ean8'
  | 'code39'
  | 'interleaved2of5'
  | 'rationalizedCodabar'
  | 'code93'
  | 'code128'
  | 'gs1-128'
  | 'gs1datamatrix';

/**
 * The modules of a symbol, or undefined where no such symbol can be made of the data (a printer prints nothing
 * then either). Loads bwip-js at first use: it is a megabyte that a till does not need to start.
 */
export async function symbolModules(
  kind: SymbolKind,
  data: string,
  options: Readonly<Record<string, string | number | boolean>> = {},
): Promise<Modules | undefined> {
  const { raw } = await loadBwip();
  try {
    const [symbol] = raw(kind, data, { ...options });
    return symbol === undefined ? undefined : 'pixs' in symbol ? matrix(symbol) : bars(symbol.sbs);
  } catch {
    return undefined;
  }
}

/** The types promise `raw` as a named export; in the ES module that name is a symbology, and `raw` is elsewhere. */
async function loadBwip() {
  type Bwip = typeof import('bwip-js/node');
  const module = (await import('bwip-js/node')) as unknown as { readonly default: Pick<Bwip, 'raw'> };
  return module.default;
}

const matrix = (symbol: { pixs: number[]; pixx: number; pixy: number }): Modules => ({
  across: symbol.pixx,
  down: symbol.pixy,
  black: symbol.pixs.map((pixel) => pixel === 1),
});

/** Widths of bars and spaces in turn, a bar first. */
function bars(widths: readonly number[]): Modules {
  const black = widths.flatMap((width, i) => Array<boolean>(Math.round(width)).fill(i % 2 === 0));
  return { across: black.length, down: 1, black };
}
