import type { SymbolKind } from '../symbols.ts';
import type { UnknownWhy } from './tokens.ts';

/** What a stream prints, in order. Every item says where in the stream it came from. */
export type PrintedDoc = { readonly items: readonly PrintedItem[] };

export type PrintedItem =
  | { readonly kind: 'text'; readonly offset: number; readonly text: string; readonly style: TextStyle }
  | { readonly kind: 'newline'; readonly offset: number; readonly lineDots: number }
  /** Paper moved on by `lines` lines of `lineDots`, ending the line that was begun; backwards when negative. */
  | {
      readonly kind: 'feed';
      readonly offset: number;
      readonly lines: number;
      readonly lineDots: number;
    }
  | { readonly kind: 'tab'; readonly offset: number }
  | ({ readonly kind: 'raster'; readonly offset: number } & Raster)
  | ({ readonly kind: 'symbol'; readonly offset: number } & PrintedSymbol)
  | { readonly kind: 'cut'; readonly offset: number; readonly full: boolean; readonly feeds: boolean }
  | {
      readonly kind: 'pulse';
      readonly offset: number;
      readonly drawer: 1 | 2;
      readonly onMs: number;
      readonly offMs: number;
    }
  /** A command that prints nothing by itself; its effect is in the style of what follows. */
  | {
      readonly kind: 'setting';
      readonly offset: number;
      readonly name: string;
      readonly args: Uint8Array;
    }
  | {
      readonly kind: 'unknown';
      readonly offset: number;
      readonly bytes: Uint8Array;
      readonly why: UnknownWhy;
    };

export type Align = 'left' | 'center' | 'right';

export type TextStyle = {
  readonly bold: boolean;
  readonly underline: boolean;
  readonly invert: boolean;
  readonly font: 'A' | 'B';
  /** Multiples of the font's own size, 1 to 8. */
  readonly wide: number;
  readonly high: number;
  readonly align: Align;
  readonly leftDots: number;
};

/** Text as a printer writes it after ESC @. */
export const plainStyle: TextStyle = {
  bold: false,
  underline: false,
  invert: false,
  font: 'A',
  wide: 1,
  high: 1,
  align: 'left',
  leftDots: 0,
};

/** A picture, one bit a dot, each row padded to whole bytes, highest bit leftmost, 1 is black. */
export type Raster = {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly align: Align;
  /** Stands in the line like a character (ESC *), instead of on paper of its own. */
  readonly inline: boolean;
};

export type PrintedSymbol = {
  readonly symbol: SymbolKind;
  readonly data: string;
  readonly moduleDots: number;
  /** Of a bar code, or of one row of PDF417; square codes have none. */
  readonly heightDots?: number;
  readonly textAt: 'none' | 'above' | 'below' | 'both';
  readonly align: Align;
  readonly options: Readonly<Record<string, string | number | boolean>>;
};

/** The words of the stream alone; symbols and pictures are no words. */
export function toText({ items }: PrintedDoc): string {
  const parts = items.map((item) => {
    if (item.kind === 'text') return item.text;
    if (item.kind === 'tab') return '\t';
    const breaks = item.kind === 'newline' || item.kind === 'feed' || (item.kind === 'cut' && item.feeds);
    return breaks ? '\n' : '';
  });
  return parts.join('');
}
