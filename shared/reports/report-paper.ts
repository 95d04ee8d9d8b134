import { splitPacks } from '#shared/kernel/quantity.ts';
import { type ReceiptCell, type ReceiptDoc, type ReceiptNode, weightText } from '#shared/sales/receipt.ts';
import { amountText } from '#shared/sales/receipt-amount.ts';
import { localText, type ReceiptShop, rateLabel } from '#shared/sales/receipt-of-sale.ts';
import { type ReceiptWords, receiptWords } from '#shared/sales/receipt-words.ts';
import { type Cell, type ColumnName, cellKinds, isTender, type ReportTable } from './report-table.ts';
import { localReportWords } from './report-words.ts';

/** Where and for which days a report was made; `at` is epoch milliseconds, `tillName` null for the whole store. */
export type ReportHead = {
  readonly from: string;
  readonly to: string;
  readonly tillName: string | null;
  readonly at: number;
  readonly by: string;
};

/**
 * A local report for receipt paper: what each row is about on a line of its own, its figures below, one to a line, so
 * that a table of nine columns fits 32 characters. Figures of 0 are left out of rows that have others.
 */
export function reportPaper(table: ReportTable, head: ReportHead, shop: ReceiptShop): ReceiptDoc {
  const page = pageFor(table, head, shop);
  const rows = table.rows.flatMap((row) => rowNodes(page, row, false));
  return {
    direction: page.receipt.direction,
    nodes: [
      ...headNodes(page),
      { kind: 'rule' },
      ...(table.rows.length === 0 ? [{ kind: 'text', text: page.words.nothing } as const] : rows),
      ...(table.total && table.rows.length > 0
        ? [{ kind: 'rule' } as const, ...rowNodes(page, table.total, true)]
        : []),
      { kind: 'feed', lines: 1 },
      { kind: 'cut' },
    ],
  };
}

function pageFor(table: ReportTable, head: ReportHead, shop: ReceiptShop) {
  const language = shop.language === 'fr' || shop.language === 'ar' ? shop.language : 'en';
  const receipt = receiptWords[language];
  return {
    ...{ table, head, shop, receipt, language, words: localReportWords[language] },
    money: (minor: number) => amountText(minor, { minorDigits: shop.minorDigits, ...receipt.numbers }),
  };
}
type Page = ReturnType<typeof pageFor>;

function headNodes(page: Page): ReceiptNode[] {
  const { head, shop, words, table, language } = page;
  const { from, to, at } = head;
  const when = (parts: Intl.DateTimeFormatOptions) => localText(at, shop.zone, { language, parts });
  const made = `${when({ day: '2-digit', month: 'short', year: 'numeric' })} ${when({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`;
  return [
    { kind: 'text', text: shop.name, align: 'center', bold: true, size: 'double' },
    { kind: 'text', text: words.titles[table.kind], align: 'center', bold: true },
    ...(table.kind === 'expiry'
      ? []
      : [{ kind: 'text', text: from === to ? from : `${from} – ${to}`, align: 'center' } as const]),
    { kind: 'feed', lines: 1 },
    pair(head.tillName ?? words.store, { text: made, width: 'fit', align: 'end' }),
    pair('', { text: head.by, width: 'fit', align: 'end' }),
  ];
}

function rowNodes(page: Page, row: readonly Cell[], total: boolean): ReceiptNode[] {
  const { columns } = page.table;
  const named = columns.filter((name) => labels.has(name));
  const label = named.map((name) => textOf(page, name, row[columns.indexOf(name)] ?? null)).filter(Boolean);
  const heading = total ? page.words.total : label.length === 0 ? page.words.others : label.join(' · ');
  const figures = columns.flatMap((name, i): ReceiptNode[] => {
    const cell = row[i] ?? null;
    if (labels.has(name) || cell === null || cell === 0) return [];
    return [{ ...pair(`  ${page.words.columns[name]}`, number(textOf(page, name, cell))), size: 'small' }];
  });
  return [{ kind: 'text', text: heading, bold: true }, ...figures];
}

/** Columns that say what a row is about. */
const labels: ReadonlySet<ColumnName> = new Set<ColumnName>([
  ...(['day', 'hour', 'cashier', 'tender', 'rate', 'article', 'batch', 'expires'] as const),
]);

function textOf({ receipt, money }: Page, name: ColumnName, cell: Cell): string {
  if (cell === null) return '';
  switch (cellKinds[name]) {
    case 'money':
      return typeof cell === 'number' ? money(cell) : '';
    case 'hour':
      return `${String(cell).padStart(2, '0')}:00`;
    case 'rate':
      return Array.isArray(cell) ? rateLabel(cell, receipt.numbers.decimal) : '';
    case 'quantity':
      return Array.isArray(cell) ? quantityText(cell, receipt) : '';
    case 'tender':
      return isTender(cell, receipt.tenders) ? receipt.tenders[cell] : '';
    default:
      return String(cell);
  }
}

function quantityText(
  [qtyBase = 0, packSize = 1, weighed = 0]: readonly number[],
  words: ReceiptWords,
): string {
  if (weighed === 1) return weightText(qtyBase, words);
  const { packs, looseBase } = splitPacks(Math.abs(qtyBase), packSize);
  const sign = qtyBase < 0 ? '-' : '';
  return looseBase === 0 ? `${sign}${packs}` : `${sign}${packs} + ${looseBase}/${packSize}`;
}

const number = (text: string): ReceiptCell => ({ text, width: 'fit', align: 'end', ltr: true });
const pair = (label: string, value: ReceiptCell): ReceiptNode & { kind: 'columns' } => ({
  kind: 'columns',
  cells: [{ text: label, width: 'fill', align: 'start' }, value],
});
