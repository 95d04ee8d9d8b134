import type { ReceiptCell, ReceiptDoc, ReceiptNode } from './receipt.ts';
import { amountText } from './receipt-amount.ts';
import { localText, type ReceiptShop, rateLabel } from './receipt-of-sale.ts';
import { receiptWords } from './receipt-words.ts';
import { compareCount } from './shift-totals.ts';
import type { ByTender, ShiftTotals } from './tables-shift.ts';
import { reportWords } from './z-report-words.ts';

/** A shift in figures as a report prints it; instants are epoch milliseconds, money is in minor units. */
type ReportedShift = {
  readonly tillName: string;
  readonly currency: string;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly floatMinor: number;
  readonly expected: ByTender;
  readonly totals: ShiftTotals;
  /** When and by whom it was printed, or closed. */
  readonly at: number;
  readonly by: string;
  /** Null in an X-report. */
  readonly close: {
    readonly zNo: string;
    readonly counted: ByTender;
    readonly reason: string | null;
    readonly leftMinor: number;
    readonly grandTotalMinor: number;
    readonly chainHead: string;
  } | null;
};

/** The X- or Z-report of a shift as it is printed. `copy` marks every print of a Z but the first. */
export function shiftReport(
  shift: ReportedShift,
  shop: ReceiptShop,
  { copy }: { copy: boolean },
): ReceiptDoc {
  const language = shop.language === 'fr' || shop.language === 'ar' ? shop.language : 'en';
  const page = pageFor(shift, shop, language);
  const nodes = [
    ...head(page, copy),
    { kind: 'rule' } as const,
    ...sold(page),
    ...taxes(page),
    { kind: 'rule' } as const,
    ...tenders(page),
    { kind: 'rule' } as const,
    ...drawer(page),
    ...foot(page, copy),
  ];
  return { direction: page.receipt.direction, nodes };
}

function pageFor(shift: ReportedShift, shop: ReceiptShop, language: 'en' | 'fr' | 'ar') {
  const receipt = receiptWords[language];
  return {
    ...{ shift, shop, receipt, words: reportWords[language] },
    money: (minor: number) => amountText(minor, { minorDigits: shop.minorDigits, ...receipt.numbers }),
    when: (at: number) =>
      `${localText(at, shop.zone, { language, parts: { day: '2-digit', month: 'short', year: 'numeric' } })} ${localText(at, shop.zone, { language, parts: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } })}`,
  };
}
type Page = ReturnType<typeof pageFor>;

function head({ shift, shop, receipt, words, when }: Page, copy: boolean): ReceiptNode[] {
  const legal = [
    shop.licence && `${receipt.licence} ${shop.licence}`,
    shop.taxNumber && `${receipt.taxNumber} ${shop.taxNumber}`,
  ];
  return [
    { kind: 'text', text: shop.name, align: 'center', bold: true, size: 'double' },
    ...[...shop.addressLines, ...legal].filter((text) => text !== '').map((text) => centred(text)),
    { kind: 'feed', lines: 1 },
    { ...centred(shift.close ? words.z : words.x), bold: true, size: 'double' },
    ...(copy ? [{ ...centred(`*** ${receipt.copy} ***`), bold: true, size: 'double' } as const] : []),
    ...(shift.close ? [{ ...centred(shift.close.zNo), bold: true }] : []),
    pair(shift.tillName, plain(when(shift.at))),
    pair(`${words.opened} ${when(shift.openedAt)}`, plain(shift.openedBy)),
    pair(shift.close ? `${words.closed} ${when(shift.at)}` : '', plain(shift.by)),
  ];
}

function sold({ shift: { totals }, receipt, words, money }: Page): ReceiptNode[] {
  const rows: [string, number][] = [
    [words.discounts, totals.discountMinor],
    [receipt.rounding, totals.cashRoundingMinor],
  ];
  return [
    pair(`${words.sales} (${totals.sales})`, number(money(totals.salesMinor))),
    pair(`${words.returns} (${totals.returns})`, number(money(0 - totals.returnsMinor))),
    {
      ...pair(words.net, number(money(totals.salesMinor - totals.returnsMinor))),
      bold: true,
      size: 'double',
    },
    ...rows.filter(([, minor]) => minor !== 0).map(([label, minor]) => pair(label, number(money(minor)))),
  ];
}

function taxes({ shift: { totals }, receipt, money }: Page): ReceiptNode[] {
  if (totals.taxes.length === 0) return [];
  return [
    { kind: 'rule' },
    table(receipt.tax, [receipt.taxBase, receipt.taxAmount]),
    ...totals.taxes.map((tax) =>
      table(rateLabel(tax.taxPct3, receipt.numbers.decimal), [money(tax.baseMinor), money(tax.taxMinor)]),
    ),
  ];
}

/** By means of payment: what was expected and, in a Z, counted and the difference. */
function tenders({ shift, receipt, words, money }: Page): ReceiptNode[] {
  if (!shift.close)
    return shift.expected.map(({ kind, amountMinor }) =>
      pair(receipt.tenders[kind], number(money(amountMinor))),
    );
  const compared = compareCount(shift.expected, shift.close.counted);
  return [
    table('', [words.expected, words.counted, words.variance]),
    ...compared.tenders.map((one) =>
      one.countedMinor === null
        ? table(receipt.tenders[one.kind], [money(one.expectedMinor), words.notCounted, ''])
        : table(receipt.tenders[one.kind], [
            money(one.expectedMinor),
            money(one.countedMinor),
            money(one.varianceMinor ?? 0),
          ]),
    ),
    { ...pair(words.variance, number(money(compared.varianceMinor))), bold: true },
    ...(shift.close.reason
      ? [{ kind: 'text', text: `${words.reason}: ${shift.close.reason}` } as const]
      : []),
  ];
}

function drawer({ shift: { floatMinor, totals, close }, words, money }: Page): ReceiptNode[] {
  const cash = close?.counted.find(({ kind }) => kind === 'cash')?.amountMinor ?? 0;
  return [
    pair(words.float, number(money(floatMinor))),
    pair(words.payIn, number(money(totals.payInMinor))),
    pair(words.payOut, number(money(0 - totals.payOutMinor))),
    pair(words.noSales, number(String(totals.noSales))),
    ...(close
      ? [
          pair(words.takenOut, number(money(cash - close.leftMinor))),
          pair(words.left, number(money(close.leftMinor))),
        ]
      : []),
  ];
}

function foot({ shift: { close }, receipt, words, money }: Page, copy: boolean): ReceiptNode[] {
  const end: ReceiptNode[] = [{ kind: 'feed', lines: 1 }, { kind: 'cut' }];
  if (!close) return end;
  return [
    { kind: 'rule' },
    { ...pair(words.grandTotal, number(money(close.grandTotalMinor))), bold: true },
    { kind: 'text', text: `${words.chainHead} ${close.chainHead}`, size: 'small' },
    { kind: 'feed', lines: 1 },
    { kind: 'text', text: `${words.signature} ____________________` },
    { kind: 'feed', lines: 1 },
    { kind: 'qr', data: close.zNo },
    ...(copy ? [{ ...centred(receipt.copy), bold: true }] : []),
    ...end,
  ];
}

/** A label and figures in columns of their own, small. */
const table = (label: string, figures: readonly string[]): ReceiptNode => ({
  kind: 'columns',
  size: 'small',
  cells: [{ text: label, width: 'fill' }, ...figures.map((text) => ({ ...number(text), width: 12 }))],
});
const centred = (text: string): ReceiptNode & { kind: 'text' } => ({ kind: 'text', text, align: 'center' });
const plain = (text: string): ReceiptCell => ({ text, width: 'fit', align: 'end' });
const number = (text: string): ReceiptCell => ({ text, width: 'fit', align: 'end', ltr: true });
const pair = (label: string, value: ReceiptCell): ReceiptNode & { kind: 'columns' } => ({
  kind: 'columns',
  cells: [{ text: label, width: 'fill', align: 'start' }, value],
});
