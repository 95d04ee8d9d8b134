import { GS, type ScannerProfile } from '#shared/auth/scanner-profile.ts';
import { characterOn, type Struck } from '../scanner/layouts.ts';
import type { Stroke } from '../scanner/stroke.ts';
import { testCodes } from './test-codes.ts';

/** The layouts of keyboards that scanners and tills are set to. */
export type Layout = 'us' | 'fr' | 'de';

/** A scanner that types, set up as its profile says, at a till whose own layout is another one or the same. */
export function strikeAs(
  profile: ScannerProfile & { readonly layout: Layout },
  tillLayout: Layout,
  code: { readonly aim: string; readonly data: string },
): readonly Stroke[] {
  const { layout, prefix, aim, inner, suffix, end } = profile;
  const text = `${prefix}${aim ? code.aim : ''}${inner}`;
  const strokes = [...text, ...code.data, ...suffix].flatMap((char) =>
    char === GS ? strikeSeparator(profile, tillLayout) : [strikeChar(char, layout, tillLayout)],
  );
  return end === 'none' ? strokes : [...strokes, named(end)];
}

function strikeSeparator(
  { layout, separator, separatorText }: ScannerProfile & { readonly layout: Layout },
  tillLayout: Layout,
): readonly Stroke[] {
  if (separator === 'raw') return [{ ...plain, key: GS }];
  if (separator === 'f8') return [named('F8')];
  if (separator === 'ctrl-]') return [{ ...plain, key: ']', code: 'BracketRight', ctrl: true }];
  if (separator === 'alt-029')
    return [...'029'].map((digit) => ({ ...plain, key: digit, code: `Numpad${digit}`, alt: true }));
  return [...separatorText].map((char) => strikeChar(char, layout, tillLayout));
}

function strikeChar(char: string, layout: Layout, tillLayout: Layout): Stroke {
  const struck = keysOf[layout].get(char);
  if (!struck) throw new Error(`no key for ${char} on ${layout}`);
  return { ...plain, ...struck, key: characterOn(tillLayout, struck) ?? 'Dead' };
}

/** Characters that a scanner on this layout can type. */
export const typable = (layout: Layout): readonly string[] => [...keysOf[layout].keys()];

const plain: Stroke = { key: '', code: '', shift: false, ctrl: false, alt: false, altGraph: false };
const named = (key: string): Stroke => ({ ...plain, key, code: key });

const codes = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`),
  ...[...'0123456789'].map((digit) => `Digit${digit}`),
  ...['Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote', 'Backquote'],
  ...['Comma', 'Period', 'Slash', 'IntlBackslash'],
];

const keysOf: Readonly<Record<Layout, ReadonlyMap<string, Struck>>> = {
  us: keysOn('us'),
  fr: keysOn('fr'),
  de: keysOn('de'),
};

function keysOn(layout: Layout): ReadonlyMap<string, Struck> {
  const keys = new Map<string, Struck>();
  for (const altGraph of [false, true])
    for (const shift of altGraph ? [false] : [false, true])
      for (const code of codes) {
        const struck = { code, shift, altGraph };
        const char = characterOn(layout, struck);
        if (char !== null && !keys.has(char)) keys.set(char, struck);
      }
  return keys;
}

/** The test codes with the AIM identifiers that scanners give them. */
export const shown = {
  code128: { aim: ']C0', data: testCodes.code128.data },
  dataMatrix: { aim: ']d2', data: testCodes.dataMatrix.data },
  ean: { aim: ']E0', data: testCodes.ean.data },
} as const;
