import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { splitPacks } from '#shared/kernel/quantity.ts';
import type { ReturnableLineView, ReturnableSaleView } from '#shared/sales/calls-returns.ts';
import type { ReturnPlace } from '#shared/sales/tables-returns.ts';

/** A line of what comes back, as hands change it. `key` is the sale's line, or the article's place without a receipt. */
export interface ReturnRow {
  readonly key: string;
  readonly packId: string;
  readonly name: string;
  readonly packSize: number;
  readonly baseUnit: string;
  /** Whether loose units come back: the pack may be broken, or was sold so. */
  readonly breakable: boolean;
  readonly batch: { readonly code: string; readonly expiresOn: string } | null;
  readonly batchId: string | undefined;
  readonly soldBase: number | null;
  readonly backBase: number | null;
  /** The most that may come back. */
  readonly leftBase: number;
  readonly nowBase: number;
  readonly place: ReturnPlace;
  readonly places: readonly ReturnPlace[];
}

export const rowsOfSale = ({ lines }: ReturnableSaleView): ReturnRow[] => lines.map(rowOfLine);

const rowOfLine = (line: ReturnableLineView): ReturnRow => ({
  ...{ key: line.saleLineId, packId: line.packId, name: line.name, packSize: line.packSize },
  ...{ baseUnit: line.baseUnit, breakable: line.breakable },
  batch: line.batches.at(-1) ?? null,
  batchId: undefined,
  ...{ soldBase: line.soldBase, backBase: line.backBase, leftBase: line.leftBase, nowBase: 0 },
  ...{ place: line.defaultPlace, places: line.places },
});

/**
 * One pack more or less, between nothing and what is left; a rest of loose units goes with the last pack. A weight comes
 * back whole or not at all, unless its grams are typed; without a receipt nobody knows the whole.
 */
export function step(row: ReturnRow, packs: 1 | -1): ReturnRow {
  if (isSoldByWeight(row)) {
    const whole = row.soldBase === null ? row.nowBase : row.leftBase;
    return { ...row, nowBase: packs > 0 ? whole : 0 };
  }
  const wanted =
    packs > 0 ? row.nowBase + row.packSize : Math.ceil(row.nowBase / row.packSize - 1) * row.packSize;
  return { ...row, nowBase: Math.max(0, Math.min(row.leftBase, wanted)) };
}

/** So many base units come back: what was typed, whole packs where they may not be broken. */
export const typed = (row: ReturnRow, base: number): ReturnRow => ({
  ...row,
  nowBase: row.breakable ? base : splitPacks(base, row.packSize).packs * row.packSize,
});

/** The next place these goods may go to. */
export function nextPlace(row: ReturnRow): ReturnRow {
  const next = row.places[(row.places.indexOf(row.place) + 1) % row.places.length];
  return { ...row, place: next ?? row.place };
}

/** A box was scanned: one pack more of its line, out of its own batch where the line was sold from it. */
export function scannedInto(
  rows: readonly ReturnRow[],
  box: { readonly packId: string; readonly batch: { readonly code: string } | null },
  sale: ReturnableSaleView,
): { readonly rows: readonly ReturnRow[]; readonly index: number } | null {
  const open = (row: ReturnRow) => row.packId === box.packId && row.nowBase < row.leftBase;
  const index = rows.findIndex(open);
  const row = rows[index];
  if (!row) return null;
  const batches = sale.lines.find((line) => line.saleLineId === row.key)?.batches ?? [];
  const own = batches.find((batch) => batch.code === box.batch?.code);
  const more = { ...step(row, 1), ...(own && { batch: own, batchId: own.batchId }) };
  return { rows: rows.map((one, i) => (i === index ? more : one)), index };
}

/** A receipt's number, as its square code says it. */
export const isReceiptNo = (code: string): boolean => /^.+-.+-\d{1,9}$/.test(code.trim());
