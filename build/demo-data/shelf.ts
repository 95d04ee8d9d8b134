import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { PlainDate } from '#shared/kernel/calendar.ts';
import { plainDate } from '#shared/kernel/calendar.ts';
import { type DatedPrice, latestOn, priceOn } from '#shared/sales/pricing.ts';
import type { Catalogue } from './catalogue.ts';
import { seeded } from './random.ts';

/** A pack with all that selling it needs, and how often it is asked for. */
export type ShelfPack = {
  readonly packId: string;
  /** As a sale line bears it. */
  readonly name: string;
  readonly scheduleClass: ScheduleClass;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
  readonly isArticle: boolean;
  readonly discountAllowed: boolean;
  readonly taxClassId: string;
  readonly prices: readonly DatedPrice[];
  /** Relative: Zipf over the store's range. */
  readonly demand: number;
};

/** What of a catalogue stock and sales are made from. The packs may come from any register. */
export type RegisterRows = Pick<Catalogue, 'medicines' | 'packs' | 'prices' | 'taxRates'>;

export type RangeOf = { readonly seed: number; readonly storeCode: string; readonly range: number };

/**
 * The `range` packs a store keeps, most wanted first. Packs that are withdrawn or have no price are never kept, nor are
 * those that history sells none of: what has no stock, and what is weighed. What needs no prescription is asked for at
 * the counter more often, so it is drawn first.
 */
export function rangeOf(register: RegisterRows, { seed, storeCode, range }: RangeOf): ShelfPack[] {
  const medicines = new Map(register.medicines.map((medicine) => [medicine.id, medicine]));
  const prices = pricesByPack(register);
  const draw = seeded(seed, `range ${storeCode}`);
  const ranked = register.packs.flatMap((pack) => {
    const medicine = medicines.get(pack.medicineId);
    const own = prices.get(pack.id);
    const place = draw.next() * (medicine === undefined ? 1 : reluctance(medicine));
    if (medicine === undefined || own === undefined || pack.status !== 'active') return [];
    if (medicine.soldAs || isSoldByWeight(pack)) return [];
    return [{ pack, medicine, own, place }];
  });
  ranked.sort((a, b) => a.place - b.place);
  return ranked
    .slice(0, range)
    .map(({ pack, medicine, own }, rank) =>
      shelfPack(pack, { medicine, own, demand: 1 / (rank + 15) ** 0.8 }),
    );
}

/** What is sold by weight: in every store's drawers, whatever its range. */
export function weighedOf(register: RegisterRows): ShelfPack[] {
  const medicines = new Map(register.medicines.map((medicine) => [medicine.id, medicine]));
  const prices = pricesByPack(register);
  return register.packs.filter(isSoldByWeight).flatMap((pack) => {
    const medicine = medicines.get(pack.medicineId);
    const own = prices.get(pack.id);
    return medicine && own ? [shelfPack(pack, { medicine, own, demand: 0 })] : [];
  });
}

type Row<T extends 'medicines' | 'packs'> = RegisterRows[T][number];

const shelfPack = (
  pack: Row<'packs'>,
  {
    medicine,
    own,
    demand,
  }: {
    readonly medicine: Row<'medicines'>;
    readonly own: readonly DatedPrice[];
    readonly demand: number;
  },
): ShelfPack => ({
  packId: pack.id,
  name: `${medicine.brand}, ${pack.label}`,
  scheduleClass: medicine.scheduleClass,
  packSize: pack.packSize,
  baseUnit: pack.baseUnit,
  breakable: pack.breakable,
  isArticle: medicine.kind === 'article',
  discountAllowed: medicine.discountAllowed,
  taxClassId: pack.taxClassId,
  prices: own,
  demand,
});

/** The price of a pack in a store on a business date, in minor units; null when none is valid yet. */
export const shelfPriceOn = (pack: ShelfPack, storeId: string, on: PlainDate): number | null =>
  priceOn(pack.prices, { storeId, on })?.priceMinor ?? null;

/** The components of a tax class's rate on a day; none is a bug of the register given. */
export function taxRatesOn(
  register: Pick<RegisterRows, 'taxRates'>,
  on: PlainDate,
): (taxClassId: string) => readonly number[] {
  const dated = register.taxRates.map((rate) => ({
    ...rate,
    validFrom: plainDate(rate.validFrom),
    rank: '',
  }));
  const found = new Map<string, readonly number[]>();
  return (taxClassId) => {
    const known =
      found.get(taxClassId) ??
      latestOn(
        dated.filter((rate) => rate.taxClassId === taxClassId),
        on,
      )?.pct3;
    if (known === undefined) throw new Error(`no tax rate of class ${taxClassId} on ${on}`);
    found.set(taxClassId, known);
    return known;
  };
}

/** Below 1 comes to the front of the range. */
function reluctance({ kind, brand, scheduleClass, generics }: RegisterRows['medicines'][number]): number {
  if (kind === 'article') return 0.2;
  if (SIGNATURE.test(brand)) return 0.01;
  if (generics.some(({ name }) => STAPLES.has(name.toLowerCase()))) return 0.3;
  return { general: 0.35, pharmacist: 0.6, prescription: 1, controlled: 2 }[scheduleClass];
}

const SIGNATURE = /^(Dolorane|Ibuvance|Febrilis|Pellavane|Cortavel|Migralene|Codorane) /;
const STAPLES = new Set([
  'paracetamol',
  'ibuprofen',
  'amoxicillin',
  'omeprazole',
  'metformin',
  'atorvastatin',
  'amlodipine',
]);

function pricesByPack({ prices }: RegisterRows): Map<string, DatedPrice[]> {
  const byPack = new Map<string, DatedPrice[]>();
  for (const { id, packId, storeId, priceMinor, validFrom } of prices) {
    const price = { id, storeId: storeId ?? null, priceMinor, validFrom: plainDate(validFrom), rank: '' };
    const known = byPack.get(packId);
    if (known === undefined) byPack.set(packId, [price]);
    else known.push(price);
  }
  return byPack;
}
