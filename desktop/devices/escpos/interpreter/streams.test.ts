import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodePage } from '../code-pages.ts';
import { toText } from './document.ts';
import { interpret } from './interpret.ts';
import { onlyFirstPage } from './page-numbers.ts';
import { tokenLength, tokens } from './tokens.ts';

/**
 * Streams of escpos-php (MIT) with the text that its reader, esc2text, finds in them. That program differs from
 * a printer in two ways, both allowed for here and nowhere else: it knows no ESC t (every byte is CP437), and it
 * takes the arguments of a few commands for text (`leaky`).
 */
const folder = '../shared/data/escpos';
const present = existsSync(folder);
if (!present) console.log(`${folder} is absent: only the streams in this file are read`);

const faithful = [
  'barcode',
  'bit-image',
  'character-encodings',
  'character-tables',
  'demo',
  'graphics',
  'pdf417-code',
  'qr-code',
  'receipt-with-logo',
  'text-size',
];
const leaking = ['margins-and-spacing', 'unifont-print-buffer'];
const stream = (name: string) => readFileSync(`${folder}/${name}.bin`);
const given = (name: string) => readFileSync(`${folder}/${name}.esc2text.txt`, 'utf8');

test.skipIf(!present).each(faithful)('%s is read with the text given', (name) => {
  expect(toText(interpret(stream(name), { pages: onlyFirstPage }))).toBe(given(name));
});

test.skipIf(!present).each(leaking)(
  '%s is read with the text given, less the arguments taken for text',
  (name) => {
    expect(asEsc2text(stream(name))).toBe(given(name));
    expect(toText(interpret(stream(name)))).not.toMatch(/(?!\n)\p{Cc}/u);
  },
);

test.skipIf(!present).each([...faithful, ...leaking])('%s holds no command unknown to us', (name) => {
  expect(interpret(stream(name)).items.filter((item) => item.kind === 'unknown')).toEqual([]);
});

test.skipIf(!present)('with its code pages, the same stream says what was meant', () => {
  const text = toText(interpret(stream('character-encodings')));
  expect(text).toContain(
    'Quizdeltagerne spiste jordbær med fløde, mens cirkusklovnen Wolther spillede på xylofon.',
  );
  expect(text).toContain('Pchnąć w tę łódź jeża lub ośm skrzyń fig.');
  expect(text).toContain('В чащах юга жил бы цитрус?');
  expect(text).toContain('Pijamalı hasta, yağız şoföre çabucak güvendi.');
});

test('margins alone are read without their arguments', () => {
  const bytes = Buffer.from('\x1b@\x1dL\x40\x00left margin 64\n\x1dW\x00\x01page width 256\n', 'latin1');
  expect(toText(interpret(bytes))).toBe('left margin 64\npage width 256\n');
});

const leaky = ['GS L', 'GS W', 'ESC %', 'ESC &'];

/** Reads as esc2text does: `leaky` commands and those of DLE end after their second byte, and it reads on there. */
function asEsc2text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const [token] = tokens(bytes.subarray(at));
    if (!token) break;
    const isShort = bytes[at] === 0x10 || (token.kind === 'command' && leaky.includes(token.name));
    const taken = bytes.subarray(at, at + (isShort ? 2 : tokenLength(token)));
    if (token.kind === 'command') text += isShort ? '' : toText(interpret(taken));
    else if (!isShort) text += decodePage('cp437', taken);
    at += taken.length;
  }
  return text;
}
