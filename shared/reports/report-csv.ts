import { type Cell, type ColumnName, cellKinds, type ReportTable } from './report-table.ts';

/**
 * A report as rows for a spreadsheet: English heads and plain decimals whatever the screen's language. A quantity is
 * two columns, base units and the pack size; `digits` are the currency's.
 */
export function reportCsvRows(
  { columns, rows }: ReportTable,
  digits: number,
): readonly (readonly string[])[] {
  return [
    columns.flatMap(headsOf),
    ...rows.map((row) => columns.flatMap((name, i) => textsOf(name, row[i] ?? null, digits))),
  ];
}

/** Text that a spreadsheet would run as a formula is marked as text. A number is none. */
export const spreadsheetText = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Minor units as a plain decimal: `-1234.50`. */
export function plainDecimal(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const cut = text.length - digits;
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, cut)}.${text.slice(cut)}`;
}

function headsOf(name: ColumnName): readonly string[] {
  return cellKinds[name] === 'quantity' ? ['base units', 'pack size'] : [heads[name]];
}

const heads: Readonly<Record<ColumnName, string>> = {
  ...{ day: 'business date', hour: 'hour', cashier: 'cashier', tender: 'tender', rate: 'tax rate %' },
  ...{ article: 'article', batch: 'batch', expires: 'expires on', daysLeft: 'days left' },
  ...{ quantity: 'quantity', onHand: 'on hand', sales: 'sales', sold: 'sold', returns: 'returns' },
  ...{ returned: 'returned', total: 'including tax', net: 'net', tax: 'tax', discount: 'discounts' },
  ...{ rounding: 'cash rounding', payments: 'payments', taken: 'taken', givenBack: 'given back' },
  cost: 'value at cost',
};

function textsOf(name: ColumnName, cell: Cell, digits: number): readonly string[] {
  switch (cellKinds[name]) {
    case 'quantity':
      return Array.isArray(cell) ? cell.slice(0, 2).map(String) : ['', ''];
    case 'rate':
      return [Array.isArray(cell) ? cell.map((pct3) => plainDecimal(pct3, 3)).join(' + ') : ''];
    case 'hour':
      return [typeof cell === 'number' ? `${String(cell).padStart(2, '0')}:00` : ''];
    case 'money':
      return [typeof cell === 'number' ? plainDecimal(cell, digits) : ''];
    case 'text':
      return [typeof cell === 'string' ? spreadsheetText(cell) : name === 'article' ? 'all others' : ''];
    default:
      return [cell === null ? '' : String(cell)];
  }
}
