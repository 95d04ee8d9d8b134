import type { ToldStock } from './tables-elsewhere.ts';

/** What a pack is counted in: base units of one, and whether loose ones may be handed over. */
export type Countable = { readonly packSize: number; readonly breakable: boolean };

/** From so many packs on a quantity is told in steps, and means "at least". */
const EXACT_BELOW = 10;
const STEP = 10;
/** More than this nobody sends a customer for. */
const MOST = 50;

/**
 * What is told of a store's sellable stock, in base units: whole packs up to 9 as they are, then 10, 20 … 50 for "so many
 * or more", so that a fast mover is told anew only when it steps. Loose units are told where there is no whole pack and
 * they may be sold.
 */
export function toldBase(onHandBase: number, { packSize, breakable }: Countable): number {
  const packs = Math.floor(onHandBase / packSize);
  if (packs < 1) return breakable ? Math.max(0, onHandBase) : 0;
  const told = packs < EXACT_BELOW ? packs : Math.min(MOST, packs - (packs % STEP));
  return told * packSize;
}

/** Whether a told quantity means at least so much. */
export const isAtLeast = (toldQtyBase: number, packSize: number): boolean =>
  toldQtyBase >= EXACT_BELOW * packSize;

/** What is told of a pack, by share of the stores. */
export type ToldShares = Readonly<Record<string, ToldStock>>;

/** What is told of a pack from the sellable sums of all stores, by share; a share without any is not in it. */
export function toldShares(onHandBase: ToldStock, pack: Countable): ToldShares {
  const shares: Record<string, Record<string, number>> = {};
  for (const code of Object.keys(onHandBase).toSorted()) {
    const told = toldBase(onHandBase[code] ?? 0, pack);
    if (told === 0) continue;
    const share = shareOf(code);
    shares[share] = { ...shares[share], [code]: told };
  }
  return shares;
}

/**
 * The sixteenth of the stores one belongs to, as a hexadecimal digit: the FNV-1a hash of its code. A sale rewrites the row
 * of one share, not what all stores have.
 */
export function shareOf(code: string): string {
  let hash = 0x811c9dc5;
  for (const char of code) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 16)) & 15).toString(16);
}

/** The id of a pack's row for a share; all of a pack lie between `<pack>:` and `<pack>;`. */
export const shareId = (packId: string, share: string): string => `${packId}:${share}`;

/** Whether two tell the same. */
export function isSameTold(a: ToldStock, b: ToldStock): boolean {
  const codes = Object.keys(a);
  return codes.length === Object.keys(b).length && codes.every((code) => a[code] === b[code]);
}

/** A store as a till knows it. */
export type ToldStore = {
  readonly storeId: string;
  readonly code: string;
  /** When HQ last knew its stock (UTC ms); null where it never told. */
  readonly asOf: number | null;
};

export type Holder<S> = S & {
  readonly qtyBase: number;
  readonly atLeast: boolean;
  readonly asOf: number;
  readonly ageMs: number;
  /** Older than a day: ring them before you send somebody. */
  readonly isOld: boolean;
};

/** Stock older than this is shown with a warning. */
export const OLD_AFTER_MS = 86_400_000;

/**
 * Who else has a pack, by what HQ told last: those it knows well first, then who has most. `without` counts the stores
 * that have none, `unknown` those HQ has said nothing of. `nowMs` is till time; a clock behind HQ's gives age 0.
 */
export function whoElseHas<S extends ToldStore>(
  told: ToldStock,
  {
    others,
    packSize,
    nowMs,
  }: { readonly others: readonly S[]; readonly packSize: number; readonly nowMs: number },
): { readonly holders: readonly Holder<S>[]; readonly without: number; readonly unknown: number } {
  const known = others.flatMap((store) => {
    const { asOf } = store;
    if (asOf === null) return [];
    const qtyBase = told[store.code] ?? 0;
    const ageMs = Math.max(0, nowMs - asOf);
    const isOld = ageMs > OLD_AFTER_MS;
    return [{ ...store, asOf, qtyBase, ageMs, isOld, atLeast: isAtLeast(qtyBase, packSize) }];
  });
  const holders = known.filter(({ qtyBase }) => qtyBase > 0).toSorted(byUse);
  return { holders, without: known.length - holders.length, unknown: others.length - known.length };
}

const byUse = (a: Holder<ToldStore>, b: Holder<ToldStore>): number =>
  Number(a.isOld) - Number(b.isOld) || b.qtyBase - a.qtyBase || (a.code < b.code ? -1 : 1);

/** A store's age is told anew after so long also when nothing of it has changed. */
const TELL_AGAIN_MS = 3_600_000;

/**
 * Whether a store's time is to be told: with every change of its stock, and from time to time. `dataTo` is how far HQ's
 * figures of it reach now.
 */
export const isAgeDue = (
  dataTo: number,
  { toldAsOf, changed }: { readonly toldAsOf: number | null; readonly changed: boolean },
): boolean => dataTo !== toldAsOf && (changed || toldAsOf === null || dataTo - toldAsOf >= TELL_AGAIN_MS);
