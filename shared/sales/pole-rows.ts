import { kilograms } from '#shared/catalog/weighed-sale.ts';
import type { CustomerDisplay, DisplayLine } from './customer-display.ts';
import { amountText } from './receipt-amount.ts';
import { printableText } from './receipt-text.ts';
import { receiptWords } from './receipt-words.ts';

/** Characters in each of the two rows of a pole display. */
export const poleColumns = 20;

/** The sale in two rows of twenty: the line changed last over the total, then what was paid over the change. */
export function poleRows({ shop, currency, language, now }: CustomerDisplay): readonly [string, string] {
  const words = language === 'fr' ? poleWords.fr : poleWords.en;
  const { numbers } = receiptWords[language === 'fr' ? 'fr' : 'en'];
  const money = (minor: number) => amountText(minor, { ...numbers, minorDigits: currency.minorDigits });
  switch (now.state) {
    case 'idle':
      return [centred(shop), centred(words.welcome)];
    case 'paid':
      return now.changeMinor === 0
        ? [pair(words.total, money(now.totalMinor)), centred(words.thanks)]
        : [pair(words.change, money(now.changeMinor)), centred(words.thanks)];
    case 'sale': {
      const line = now.lines.find(({ isLast }) => isLast) ?? now.lines.at(-1);
      return [
        line ? pair(`${counted(line, numbers.decimal)}${line.name}`, money(line.amountMinor)) : centred(''),
        pair(words.total, money(now.totalMinor)),
      ];
    }
  }
}

/** `2x `, `0.250kg `; nothing of a single pack. */
function counted({ packs, weightG }: DisplayLine, decimal: string): string {
  if (weightG !== null) return `${kilograms(weightG, decimal)}kg `;
  return packs > 1 ? `${packs}x ` : '';
}

/** A pole has Latin letters alone: Arabic shops greet in English there. */
const poleWords = {
  en: { total: 'TOTAL', change: 'CHANGE', thanks: 'Thank you', welcome: 'Welcome' },
  fr: { total: 'TOTAL', change: 'RENDU', thanks: 'Merci', welcome: 'Bienvenue' },
} as const;

/** The amount whole at the far edge, the words as far as they go; one that fills the row stands alone. */
function pair(words: string, amount: string): string {
  const room = Math.max(0, poleColumns - amount.length - 1);
  return `${cut(words, room).padEnd(room)} ${amount}`.slice(-poleColumns).padStart(poleColumns);
}

function centred(words: string): string {
  const shown = cut(words, poleColumns);
  const before = (poleColumns - [...shown].length) >> 1;
  return cut(' '.repeat(before) + shown, poleColumns).padEnd(poleColumns);
}

/** At most so many characters, each of which takes one place on the display. */
const cut = (text: string, most: number): string =>
  [...printableText(text).replace(/\p{M}/gu, '')]
    .map((char) => (char.length === 1 ? char : '?'))
    .slice(0, most)
    .join('');
