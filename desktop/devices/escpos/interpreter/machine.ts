import { type PrintedItem, plainStyle, type TextStyle } from './document.ts';
import type { Token } from './tokens.ts';

export type Command = Extract<Token, { kind: 'command' }>;

/** What a printer remembers between commands. */
export type Machine = {
  readonly items: PrintedItem[];
  readonly pages: ReadonlyMap<number, string>;
  page: string;
  style: TextStyle;
  lineDots: number;
  barcode: { heightDots: number; moduleDots: number; textAt: 'none' | 'above' | 'below' | 'both' };
  qr: { micro: boolean; moduleDots: number; level: string; data: string };
  pdf417: { moduleDots: number; rowHeight: number; columns: number; truncated: boolean; data: string };
  graphic: { width: number; height: number; scaleX: number; scaleY: number; bits: Uint8Array } | undefined;
};

export const DEFAULT_LINE_DOTS = 30;

/** A printer as it is after switching on, or ESC @. */
export const newMachine = (pages: ReadonlyMap<number, string>): Machine => ({
  items: [],
  pages,
  page: pages.get(0) ?? 'cp437',
  style: plainStyle,
  lineDots: DEFAULT_LINE_DOTS,
  barcode: { heightDots: 162, moduleDots: 3, textAt: 'none' },
  qr: { micro: false, moduleDots: 3, level: 'L', data: '' },
  pdf417: { moduleDots: 3, rowHeight: 3, columns: 0, truncated: false, data: '' },
  graphic: undefined,
});
