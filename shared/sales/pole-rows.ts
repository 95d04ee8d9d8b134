import { type PoleFace, poleFaces } from '#shared/auth/pole-size.ts';
import { kilograms } from '#shared/catalog/weighed-sale.ts';
import type { CustomerDisplay, DisplayLine, DisplayNow } from './customer-display.ts';
import { amountText } from './receipt-amount.ts';
import { printableText } from './receipt-text.ts';
import { receiptWords } from './receipt-words.ts';

/**
 * The sale in as many rows as a pole has, each filled to its last column: the lines changed last over the total, then
 * what was paid over the change. `Dolorane 500 mg 4.36` and `TOTAL           4.94` on two rows of twenty.
 */
export function poleRows(
  { shop, currency, language, now }: CustomerDisplay,
  face: PoleFace = poleFaces['2x20'],
): readonly string[] {
  const words = language === 'fr' ? poleWords.fr : poleWords.en;
  const { numbers } = receiptWords[language === 'fr' ? 'fr' : 'en'];
  const money = (minor: number) => amountText(minor, { ...numbers, minorDigits: currency.minorDigits });
  const pair = (text: string, minor: number) => pairIn(face.columns, text, money(minor));
  const centred = (text: string) => centredIn(face.columns, text);
  switch (now.state) {
    case 'idle':
      return inTheMiddle([shop, words.welcome].map(centred), face);
    case 'paid': {
      const total = pair(words.total, now.totalMinor);
      const change = pair(words.change, now.changeMinor);
      const thanks = centred(words.thanks);
      if (now.changeMinor === 0) return inTheMiddle([total, thanks], face);
      return inTheMiddle(face.rows > 2 ? [total, change, thanks] : [change, thanks], face);
    }
    case 'sale': {
      const lines = latest(now.lines, face.rows - 1);
      const sold = lines.map((line) =>
        pair(`${counted(line, numbers.decimal)}${line.name}`, line.amountMinor),
      );
      return [...filled(sold, { ...face, rows: face.rows - 1 }), pair(words.total, now.totalMinor)];
    }
  }
}

/** A pole has Latin letters alone: Arabic shops greet in English there. */
const poleWords = {
  en: { total: 'TOTAL', change: 'CHANGE', thanks: 'Thank you', welcome: 'Welcome' },
  fr: { total: 'TOTAL', change: 'RENDU', thanks: 'Merci', welcome: 'Bienvenue' },
} as const;

type SaleLines = Extract<DisplayNow, { state: 'sale' }>['lines'];

/** The line changed last, under those that stand last among the others. */
function latest(lines: SaleLines, most: number): readonly DisplayLine[] {
  const last = lines.find(({ isLast }) => isLast) ?? lines.at(-1);
  const others = lines.filter((line) => line !== last);
  return [...others.slice(Math.max(0, others.length - most + 1)), ...(last ? [last] : [])];
}

/** `2x `, `0.250kg `; nothing of a single pack. */
function counted({ packs, weightG }: DisplayLine, decimal: string): string {
  if (weightG !== null) return `${kilograms(weightG, decimal)}kg `;
  return packs > 1 ? `${packs}x ` : '';
}

/** Blank rows under what there is. */
const filled = (shown: readonly string[], { rows, columns }: PoleFace): string[] =>
  Array.from({ length: rows }, (_, i) => shown[i] ?? ' '.repeat(columns));

/** What there is with as many blank rows above it as below, or one more below. */
function inTheMiddle(shown: readonly string[], face: PoleFace): string[] {
  const above = Array<string>((face.rows - shown.length) >> 1).fill(' '.repeat(face.columns));
  return filled([...above, ...shown], face);
}

/** The amount whole at the far edge, the words as far as they go; one that fills the row stands alone. */
function pairIn(columns: number, words: string, amount: string): string {
  const room = Math.max(0, columns - amount.length - 1);
  return `${cut(words, room).padEnd(room)} ${amount}`.slice(-columns).padStart(columns);
}

function centredIn(columns: number, words: string): string {
  const shown = cut(words, columns);
  const before = (columns - [...shown].length) >> 1;
  return cut(' '.repeat(before) + shown, columns).padEnd(columns);
}

/** At most so many characters, each of which takes one place on the display. */
const cut = (text: string, most: number): string =>
  [...printableText(text).replace(/\p{M}/gu, '')]
    .map((char) => (char.length === 1 ? char : '?'))
    .slice(0, most)
    .join('');
