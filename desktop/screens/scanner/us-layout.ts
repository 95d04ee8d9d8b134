/**
 * The character a key gives on a US keyboard, which is what a scanner believes it is typing on. Reading it so makes a
 * scanner independent of the layout that is active at the till (AZERTY turns digits into accents, Arabic turns letters
 * into Arabic). `null` for keys without a character.
 */
export function usCharacter(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const numpad = /^Numpad([0-9])$/.exec(code)?.[1];
  if (numpad) return numpad;
  const pair = pairs[code];
  return pair ? pair.charAt(shift ? 1 : 0) : null;
}

const pairs: Readonly<Record<string, string>> = {
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
  NumpadAdd: '++',
  NumpadSubtract: '--',
  NumpadMultiply: '**',
  NumpadDivide: '//',
  NumpadDecimal: '..',
};
