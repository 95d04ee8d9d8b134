import type { ScannerLayout } from '#shared/auth/scanner-profile.ts';

/** A key as it was struck: the physical one (`code`) and what was held down with it. */
export interface Struck {
  readonly code: string;
  readonly shift: boolean;
  readonly altGraph: boolean;
}

type PhysicalLayout = Exclude<ScannerLayout, 'as-typed'>;

/**
 * The character a key gives on a layout, whichever one is active at the till: AZERTY there turns a US scanner's digits
 * into accents, Arabic turns its letters into Arabic. `null` for keys without a character. Keys that are dead on their
 * layout give none: a scanner that is set to it does not use them alone.
 */
export function characterOn(layout: PhysicalLayout, { code, shift, altGraph }: Struck): string | null {
  const level = altGraph ? 2 : shift ? 1 : 0;
  const numpad = /^Numpad([0-9])$/.exec(code)?.[1] ?? numpadSigns[code];
  if (numpad) return numpad;
  const own = keys[layout][code];
  if (own !== undefined) return given([...own][level]);
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (!letter || altGraph) return null;
  return shift ? letter : letter.toLowerCase();
}

const given = (char: string | undefined) => (char === undefined || char === none ? null : char);

/** No character at this level. */
const none = '\u0000';

const numpadSigns: Readonly<Record<string, string>> = {
  NumpadAdd: '+',
  NumpadSubtract: '-',
  NumpadMultiply: '*',
  NumpadDivide: '/',
  NumpadDecimal: '.',
};

/** Alone, with Shift, with AltGr. Letters that stand where they stand on a US keyboard are left out. */
const keys: Readonly<Record<PhysicalLayout, Readonly<Record<string, string>>>> = {
  us: {
    Digit0: '0)',
    Digit1: '1!',
    Digit2: '2@',
    Digit3: '3#',
    Digit4: '4$',
    Digit5: '5%',
    Digit6: '6^',
    Digit7: '7&',
    Digit8: '8*',
    Digit9: '9(',
    Minus: '-_',
    Equal: '=+',
    BracketLeft: '[{',
    BracketRight: ']}',
    Backslash: '\\|',
    Semicolon: ';:',
    Quote: '\'"',
    Backquote: '`~',
    Comma: ',<',
    Period: '.>',
    Slash: '/?',
    Space: '  ',
  },
  fr: {
    KeyQ: 'aA',
    KeyW: 'zZ',
    KeyA: 'qQ',
    KeyZ: 'wW',
    KeyE: 'eE€',
    KeyM: ',?',
    Semicolon: 'mM',
    Digit1: '&1',
    Digit2: 'é2',
    Digit3: '"3#',
    Digit4: "'4{",
    Digit5: '(5[',
    Digit6: '-6|',
    Digit7: 'è7',
    Digit8: '_8\\',
    Digit9: 'ç9^',
    Digit0: 'à0@',
    Minus: ')°]',
    Equal: '=+}',
    BracketRight: '$£¤',
    Quote: 'ù%',
    Backslash: '*µ',
    IntlBackslash: '<>',
    Comma: ';.',
    Period: ':/',
    Slash: '!§',
    Backquote: '²',
    BracketLeft: none,
    Space: '  ',
  },
  de: {
    KeyY: 'zZ',
    KeyZ: 'yY',
    KeyQ: 'qQ@',
    KeyE: 'eE€',
    KeyM: 'mMµ',
    Digit1: '1!',
    Digit2: '2"²',
    Digit3: '3§³',
    Digit4: '4$',
    Digit5: '5%',
    Digit6: '6&',
    Digit7: '7/{',
    Digit8: '8([',
    Digit9: '9)]',
    Digit0: '0=}',
    Minus: 'ß?\\',
    Equal: none,
    BracketLeft: 'üÜ',
    BracketRight: '+*~',
    Semicolon: 'öÖ',
    Quote: 'äÄ',
    Backslash: "#'",
    IntlBackslash: '<>|',
    Comma: ',;',
    Period: '.:',
    Slash: '-_',
    Backquote: `${none}°`,
    Space: '  ',
  },
};
