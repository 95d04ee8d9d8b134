import type { ReceiptDoc, ReceiptNode } from './receipt.ts';

export type TestPrintInput = {
  readonly language: string;
  readonly shopName: string;
  readonly tillName: string;
  readonly printer: string;
  readonly profile: string;
  /** Local to the store, as it is to be read. */
  readonly at: string;
};

/**
 * What a printer is tried with: both edges of the paper, every size, letters that want another code page or a picture,
 * a code and the cut. No pulse: a drawer has a test of its own.
 */
export function testPrint(input: TestPrintInput): ReceiptDoc {
  const words = said[input.language] ?? said.en;
  const centred = (text: string): ReceiptNode => ({ kind: 'text', text, align: 'center' });
  return {
    direction: input.language === 'ar' ? 'rtl' : 'ltr',
    nodes: [
      { kind: 'text', text: words.title, align: 'center', bold: true, size: 'double' },
      centred(`${input.shopName} · ${input.tillName}`),
      centred(input.at),
      { kind: 'rule' },
      {
        kind: 'columns',
        cells: [
          { text: words.left, width: 'fill' },
          { text: words.right, width: 'fit', align: 'end' },
        ],
      },
      { kind: 'text', text: '0123456789 ABC abc éèçôüñ € ₹ œ ß' },
      { kind: 'text', text: 'صيدلية · औषधालय' },
      { kind: 'text', text: words.small, size: 'small' },
      { kind: 'text', text: words.bold, bold: true },
      { kind: 'rule' },
      { kind: 'text', text: input.printer, size: 'small' },
      { kind: 'text', text: input.profile, size: 'small' },
      { kind: 'feed', lines: 1 },
      { kind: 'qr', data: 'PESTLE-TEST' },
      { kind: 'feed', lines: 1 },
      { kind: 'cut' },
    ],
  };
}

const said: Readonly<Record<string, Words>> & { readonly en: Words } = {
  en: { title: 'TEST', left: 'left edge', right: 'right edge', small: 'small letters', bold: 'bold letters' },
  fr: {
    title: 'ESSAI',
    left: 'bord gauche',
    right: 'bord droit',
    small: 'petits caractères',
    bold: 'caractères gras',
  },
  ar: {
    title: 'تجربة',
    left: 'الحافة اليمنى',
    right: 'الحافة اليسرى',
    small: 'أحرف صغيرة',
    bold: 'أحرف عريضة',
  },
};

type Words = {
  readonly title: string;
  readonly left: string;
  readonly right: string;
  readonly small: string;
  readonly bold: string;
};
