import type { ImportIssue, IssueCode, Report } from '#shared/catalog/import-issues.ts';
import { isProblem, parseField } from '#shared/catalog/import-values.ts';
import { parseScan } from '#shared/catalog/scan.ts';
import { isPlainDate } from '#shared/kernel/calendar.ts';
import { type Digest, idOfName } from '#shared/kernel/ids.ts';
import { isPositiveQty } from '#shared/kernel/quantity.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import { batchId, normaliseBatchCode } from './batch.ts';
import { parseExpiry } from './expiry.ts';
import type { StockProfile } from './stock-import-profile.ts';

export type StockStore = {
  readonly id: string;
  readonly zone: string;
  readonly dayStartHour: number;
  readonly minorDigits: number;
};
export type StockPack = { readonly id: string; readonly packSize: number };

/** What a stock file speaks of, found by the words it uses. Store codes in upper case, pack codes in normal form. */
export type StockLookups = {
  readonly stores: ReadonlyMap<string, StockStore>;
  readonly packs: ReadonlyMap<string, StockPack>;
  readonly digest: Digest;
  /** For two-digit years in scanned codes. */
  readonly todayYear: number;
};

/** A row of opening stock that can be booked. Cost is the exact fraction `costMinor` ÷ `costQtyBase`. */
export type StockLine = {
  readonly file: string;
  readonly line: number;
  readonly store: StockStore;
  readonly packId: string;
  readonly batchId: string;
  readonly movementId: string;
  readonly code: string;
  readonly expiresOn: string;
  readonly qtyBase: number;
  readonly costMinor: number;
  readonly costQtyBase: number;
};

export type StockRow = {
  readonly file: string;
  readonly line: number;
  readonly text: (column: keyof StockProfile['columns']) => string;
};

/**
 * Reads rows of opening stock one by one. The id of a movement follows from its batch and from which row of that
 * batch it is, so a file that comes twice makes the same movements and is noticed.
 */
export function stockReader(
  profile: StockProfile,
  lookups: StockLookups,
  report: Report,
): (row: StockRow) => StockLine | null {
  const met = new Map<string, number>();
  return (row) => {
    const refuse = (column: string, code: IssueCode, text: string): null => {
      report({ ...where(row), column, code, params: { text: text.slice(0, 60) }, outcome: 'row-left-out' });
      return null;
    };
    const [storeCode, packCode, batchText] = [
      row.text('store').trim(),
      row.text('pack').trim(),
      row.text('batch'),
    ];
    const store = lookups.stores.get(storeCode.toUpperCase());
    if (store === undefined) return refuse('store', 'no-store', storeCode);
    const pack = packOf(packCode, lookups);
    if (pack === null) return refuse('pack', 'unknown-pack', packCode);
    const code = normaliseBatchCode(batchText);
    if (!code.ok) return refuse('batch', 'bad-batch', batchText);
    const expiresOn = expiryOf(row.text('expiry'), profile);
    if (expiresOn === null) return refuse('expiry', 'bad-expiry', row.text('expiry'));
    const qtyBase = quantityOf(row.text('quantity'), pack, profile);
    if (qtyBase === null) return refuse('quantity', 'not-a-quantity', row.text('quantity'));
    const cost = costOf(row.text('cost'), { profile, pack, store, qtyBase });
    if (cost === null) return refuse('cost', 'bad-cost', row.text('cost'));
    const batch = batchId(lookups.digest, { storeId: store.id, packId: pack.id, code: code.value });
    const nth = (met.get(batch) ?? 0) + 1;
    met.set(batch, nth);
    const movementId = idOfName(lookups.digest, `stock_movement:opening:${batch}:${nth}`);
    return {
      ...where(row),
      store,
      packId: pack.id,
      batchId: batch,
      movementId,
      code: code.value,
      expiresOn,
      qtyBase,
      ...cost,
    };
  };
}

const where = ({ file, line }: { readonly file: string; readonly line: number }) => ({ file, line });

/** A code as it would be scanned or typed at the counter, or in normal form ('sku:A-17'). */
function packOf(text: string, { packs, todayYear }: StockLookups): StockPack | null {
  const scan = parseScan(text, { todayYear, ownSkus: true });
  const keys = [...(scan.ok ? scan.value.codes : []), text, `cip7:${text}`, `sku:${text.toUpperCase()}`];
  for (const key of keys) {
    const pack = packs.get(key);
    if (pack !== undefined) return pack;
  }
  return null;
}

function expiryOf(text: string, profile: StockProfile): string | null {
  const expiry = parseExpiry(text);
  if (expiry.ok) return expiry.value;
  const day = parseField({ kind: 'date', order: profile.dateOrder, years: [2000, 2100] }, text, 0);
  return typeof day === 'string' && isPlainDate(day) ? day : null;
}

function quantityOf(text: string, pack: StockPack, { quantityIn }: StockProfile): number | null {
  if (!/^\s*\d{1,9}\s*$/.test(text)) return null;
  const qty = Number(text) * (quantityIn === 'packs' ? pack.packSize : 1);
  return isPositiveQty(qty) ? qty : null;
}

type CostContext = {
  readonly profile: StockProfile;
  readonly pack: StockPack;
  readonly store: StockStore;
  readonly qtyBase: number;
};

function costOf(
  text: string,
  { profile, pack, store, qtyBase }: CostContext,
): Pick<StockLine, 'costMinor' | 'costQtyBase'> | null {
  const { decimalSign, groupSigns, costPer } = profile;
  const read = parseField({ kind: 'money', decimalSign, groupSigns }, text, store.minorDigits);
  const cost = isProblem(read) ? read.value : (read ?? 0);
  if (typeof cost !== 'number') return null;
  return {
    costMinor: cost,
    costQtyBase: costPer === 'pack' ? pack.packSize : costPer === 'base' ? 1 : qtyBase,
  };
}

/** What there is of the batches and movements a file speaks of. */
export type PresentStock = {
  /** Expiry by batch id. */
  readonly batches: ReadonlyMap<string, string>;
  readonly movements: ReadonlySet<string>;
};
export type StockChange =
  | {
      readonly t: 'batch';
      readonly op: 'set';
      readonly id: string;
      readonly cols: Readonly<Record<string, unknown>>;
    }
  | { readonly t: 'stock_movement'; readonly op: 'insert'; readonly row: Readonly<Record<string, unknown>> };

export type StockPlan = {
  readonly present: PresentStock;
  /** The import, as the document that caused the movements. */
  readonly documentId: string;
  readonly actorId: string;
  readonly atMs: number;
  readonly report: Report;
};

/** What each line books: its movement, and its batch where there is none yet; nothing where it was booked before. */
export function* planStock(lines: Iterable<StockLine>, plan: StockPlan): Generator<readonly StockChange[]> {
  const expiries = new Map(plan.present.batches);
  for (const line of lines) {
    const refused = refusalOf(line, expiries.get(line.batchId), plan.present);
    if (refused !== null) {
      plan.report(refused);
      yield [];
      continue;
    }
    const known = expiries.has(line.batchId);
    expiries.set(line.batchId, line.expiresOn);
    yield [...(known ? [] : [newBatch(line, plan)]), movement(line, plan)];
  }
}

function refusalOf(line: StockLine, expiry: string | undefined, present: PresentStock): ImportIssue | null {
  const about = { ...where(line), outcome: 'row-left-out' } as const;
  if (present.movements.has(line.movementId)) {
    return { ...about, column: 'batch', code: 'already-imported', params: { code: line.code } };
  }
  if (expiry === undefined || expiry === line.expiresOn) return null;
  return {
    ...about,
    column: 'expiry',
    code: 'other-expiry',
    params: { code: line.code, found: line.expiresOn, known: expiry },
  };
}

const newBatch = (line: StockLine, { atMs }: StockPlan): StockChange => ({
  t: 'batch',
  op: 'set',
  id: line.batchId,
  cols: {
    storeId: line.store.id,
    packId: line.packId,
    code: line.code,
    expiresOn: line.expiresOn,
    receivedAt: atMs,
    costMinor: line.costMinor,
    costQtyBase: line.costQtyBase,
    packPriceMinor: null,
  },
});

const movement = (line: StockLine, { documentId, actorId, atMs }: StockPlan): StockChange => ({
  t: 'stock_movement',
  op: 'insert',
  row: {
    id: line.movementId,
    storeId: line.store.id,
    batchId: line.batchId,
    packId: line.packId,
    kind: 'receive',
    qtyBase: line.qtyBase,
    documentId,
    documentLine: line.line,
    at: atMs,
    businessDate: businessDate(atMs, line.store.zone, line.store.dayStartHour),
    actorId,
    reason: null,
  },
});
