import { isId } from '#shared/kernel/ids.ts';

/** What somebody means who looks for the sale of a receipt. Dates are `YYYY-MM-DD`, amounts minor units. */
export type ReceiptSearch =
  | { readonly by: 'id'; readonly saleId: string }
  | { readonly by: 'number'; readonly series: string; readonly n: number }
  /** The last digits alone, of any till of the store. */
  | { readonly by: 'last-digits'; readonly n: number }
  | { readonly by: 'date'; readonly businessDate: string }
  | { readonly by: 'total'; readonly totalMinor: number }
  | { readonly by: 'nothing' };

/**
 * Reads what was scanned or typed: a receipt's number or its end (`S01-T02A-000123`, `123`), a day (`2026-11-24`,
 * `24/11/2026`, `24.11.2026`), or what was paid (`35.45`, `35,45`: as many decimals as the currency has).
 */
export function parseReceiptSearch(typed: string, minorDigits: number): ReceiptSearch {
  const text = typed.trim();
  if (isId(text)) return { by: 'id', saleId: text };
  const receipt = /^(.+[a-z])-(\d{1,9})$/i.exec(text);
  if (receipt) return { by: 'number', series: (receipt[1] ?? '').toUpperCase(), n: Number(receipt[2]) };
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return { by: 'date', businessDate: text };
  const day = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  if (day) return { by: 'date', businessDate: `${day[3]}-${two(day[2])}-${two(day[1])}` };
  if (/^\d{1,9}$/.test(text)) return { by: 'last-digits', n: Number(text) };
  const amount = /^(\d{1,9})[.,](\d+)$/.exec(text);
  if (amount && amount[2]?.length === minorDigits)
    return { by: 'total', totalMinor: Number(`${amount[1]}${amount[2]}`) };
  return { by: 'nothing' };
}

const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');
