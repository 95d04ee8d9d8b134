import type { ScannerLayout } from '#shared/auth/scanner-profile.ts';
import { GS } from '#shared/auth/scanner-profile.ts';
import { characterOn } from './layouts.ts';

/** A key as a scanner struck it. Without `code` where the key has no place (a screen keyboard), or came as a character. */
export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly altGraph: boolean;
}

/** A character, or a key without one as `<Enter>`, `<F8>`, `<Ctrl+]>`, `<Alt+029>`. */
export type Token = string;

/** What strokes say when they are read on a layout. */
export function tokensOf(strokes: readonly Stroke[], layout: ScannerLayout): readonly Token[] {
  const tokens: Token[] = [];
  let digits = '';
  const closeAlt = () => {
    if (digits !== '') tokens.push(`<Alt+${digits}>`);
    digits = '';
  };
  for (const stroke of strokes) {
    const digit =
      stroke.alt && !isAltGraph(stroke) ? /^(?:Numpad|Digit)(\d)$/.exec(stroke.code)?.[1] : undefined;
    // Three digits are one character: its end, the release of Alt, is no stroke.
    if (digit === undefined || digits.length === 3) closeAlt();
    if (digit === undefined) tokens.push(tokenOf(stroke, layout));
    else digits += digit;
  }
  closeAlt();
  return tokens;
}

function tokenOf(stroke: Stroke, layout: ScannerLayout): Token {
  const { key, code, shift } = stroke;
  const altGraph = isAltGraph(stroke);
  if (key === GS) return GS;
  if (stroke.ctrl && !altGraph && (key === ']' || code === 'BracketRight')) return '<Ctrl+]>';
  if ((stroke.ctrl || stroke.alt) && !altGraph) return `<Ctrl+${key.toLowerCase()}>`;
  if (layout === 'as-typed') return [...key].length === 1 ? key : `<${key}>`;
  return characterOn(layout, { code, shift, altGraph }) ?? `<${[...key].length === 1 ? code : key}>`;
}

/** AltGr types characters; Windows reports it as Ctrl and Alt together. */
const isAltGraph = ({ altGraph, ctrl, alt }: Stroke) => altGraph || (ctrl && alt);

/** A code that came as text, as from a serial line: as if it had been typed, Enter at the end. */
export const strokesOfText = (text: string): readonly Stroke[] =>
  [...[...text], 'Enter'].map((key) => ({
    key,
    code: '',
    shift: false,
    ctrl: false,
    alt: false,
    altGraph: false,
  }));
