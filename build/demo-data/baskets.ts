import { addDays, type PlainDate } from '#shared/kernel/calendar.ts';
import { type SaleTotals, saleTotals } from '#shared/sales/totals.ts';
import type { Discount, SaleInput } from '#shared/sales/totals-input.ts';
import type { Seeded } from './random.ts';
import { type ShelfPack, shelfPriceOn } from './shelf.ts';
import type { Shelves } from './shelves.ts';
import type { DemoStock } from './stock.ts';

/** A cart that was paid: what was bought, by whom it was rung up, what it came to. */
export type Basket = {
  readonly cashierId: string;
  readonly lines: readonly BasketLine[];
  readonly totals: SaleTotals;
};

export type BasketLine = {
  readonly pack: ShelfPack;
  readonly qtyBase: number;
  readonly packPriceMinor: number;
  readonly taxPct3: readonly number[];
  readonly discountReason: string | null;
};

export type Visit = {
  readonly at: number;
  readonly day: PlainDate;
  readonly ratesOf: (taxClassId: string) => readonly number[];
  readonly shelves: Shelves;
};

/** Who walks in and what they ask for. Null when nothing they wanted was on the shelf. */
export function basketsOf(stock: DemoStock, draw: Seeded): (visit: Visit) => Basket | null {
  const { store } = stock;
  const wanted = wantedPacks(stock, draw);
  const cashiers = store.staff.filter(({ role }) => role === 'cashier').map(({ row }) => row.personId);
  const pharmacists = store.staff.filter(({ role }) => role === 'pharmacist').map(({ row }) => row.personId);
  return (visit) => {
    const picked = new Map<string, BasketLine & { readonly discount?: Discount }>();
    const size = 1 + draw.weighted([34, 27, 18, 11, 6, 4]);
    for (let i = 0; i < size; i++) {
      const line = lineOf(wanted(), { ...visit, stock, draw });
      if (line !== null && !picked.has(line.pack.packId)) picked.set(line.pack.packId, line);
    }
    const lines = [...picked.values()];
    if (lines.length === 0) return null;
    const totals = totalsOf(store.row.taxMode, lines, draw);
    const guarded = lines.some(({ pack }) => pack.scheduleClass !== 'general');
    const cashierId = guarded || draw.chance(0.15) ? draw.pick(pharmacists) : draw.pick(cashiers);
    return { cashierId, lines: lines.map(({ discount: _, ...line }) => line), totals };
  };
}

/** Packs by demand, without those the history does not sell. */
function wantedPacks({ range, store }: DemoStock, draw: Seeded): () => ShelfPack {
  const sold = range.filter(
    ({ scheduleClass }) =>
      scheduleClass !== 'controlled' && (scheduleClass !== 'prescription' || store.plan.prescriptionByPin),
  );
  const upTo: number[] = [];
  let sum = 0;
  for (const { demand } of sold) {
    sum += demand;
    upTo.push(sum);
  }
  return () => {
    const found = sold[firstAbove(upTo, draw.next() * sum)];
    if (found === undefined) throw new Error(`${store.plan.code} has nothing to sell`);
    return found;
  };
}

function firstAbove(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function lineOf(
  pack: ShelfPack,
  { at, day, ratesOf, shelves, stock, draw }: Visit & { readonly stock: DemoStock; readonly draw: Seeded },
) {
  const packPriceMinor = shelfPriceOn(pack, stock.store.row.id, day);
  const qtyBase = Math.min(quantityOf(pack, draw), wholePacks(pack, shelves.available(pack.packId, at)));
  if (packPriceMinor === null || qtyBase === 0) return null;
  const expiry = shelves.firstExpiry(pack.packId, at);
  const nearExpiry = pack.discountAllowed && expiry !== null && expiry <= addDays(day, 30);
  const line = {
    pack,
    qtyBase,
    packPriceMinor,
    taxPct3: ratesOf(pack.taxClassId),
    discountReason: nearExpiry ? 'near expiry' : null,
  };
  return nearExpiry ? { ...line, discount: { kind: 'percent', ratePct3: 20_000 } as const } : line;
}

const wholePacks = (pack: ShelfPack, base: number): number =>
  pack.breakable ? base : base - (base % pack.packSize);

/** Mostly one pack; where packs may be broken, now and then a blister's worth of them. */
function quantityOf({ packSize, breakable }: ShelfPack, draw: Seeded): number {
  if (breakable && draw.chance(0.25)) return draw.int(1, packSize - 1);
  return packSize * (1 + draw.weighted([82, 13, 5]));
}

/** One cart in sixty gets a gesture of 5 %. */
function totalsOf(
  taxMode: SaleInput['taxMode'],
  lines: readonly (BasketLine & { readonly discount?: Discount })[],
  draw: Seeded,
): SaleTotals {
  const gesture = draw.chance(1 / 60);
  const totals = saleTotals({
    taxMode,
    lines: lines.map(({ pack, qtyBase, packPriceMinor, taxPct3, discount }) => ({
      packPriceMinor,
      packSize: pack.packSize,
      qtyBase,
      taxPct3,
      discount,
      discountAllowed: pack.discountAllowed,
    })),
    cartDiscount: gesture ? { kind: 'percent', ratePct3: 5000 } : undefined,
  });
  if (!totals.ok) throw new Error(`totals: ${totals.error.code}`);
  return totals.value;
}
