import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import { packCode } from '#shared/catalog/scan-keys.ts';
import { addDays, plainDate } from '#shared/kernel/calendar.ts';
import type { RowOf } from '#shared/schema.ts';
import { articleDrafts, weighedDrafts, withoutStockDrafts } from './articles.ts';
import { demoIds, namedId } from './days.ts';
import { type Draft, nameOf } from './draft.ts';
import { medicineDrafts } from './medicines.ts';
import { type Seeded, seeded } from './random.ts';
import type { DemoOptions } from './rows.ts';
import { signatureDrafts } from './signature.ts';
import { taxClassId, taxRegisters } from './taxes.ts';

/** The rows of a catalogue by table: the demo's own, or those of an imported register. */
export type Catalogue = {
  readonly taxClasses: readonly RowOf<'tax_class'>[];
  readonly taxRates: readonly RowOf<'tax_rate'>[];
  readonly medicines: readonly RowOf<'medicine'>[];
  readonly packs: readonly RowOf<'pack'>[];
  readonly packCodes: readonly RowOf<'pack_code'>[];
  readonly prices: readonly RowOf<'price'>[];
};

/**
 * More than 5,000 packs from real generic names, invented brands and invented makers. GTINs are of the range that GS1
 * keeps for use inside a store (EAN-13 from 203 and 204), so no real pack can ever be scanned as one of them.
 */
export function demoCatalogue(options: DemoOptions): Catalogue {
  const draw = seeded(options.seed, 'catalogue');
  const listed = [...signatureDrafts, ...articleDrafts, ...medicineDrafts(draw)];
  // Behind all others, whose codes and draws go by their place.
  const drafts = distinct([...listed, ...withoutStockDrafts, ...weighedDrafts]);
  const ids = demoIds(options.seed, 'catalogue');
  const made = CATALOGUE_MADE_AT;
  const medicines = new Map<string, RowOf<'medicine'>>();
  const packs = [];
  const packCodes = [];
  const prices = [];
  for (const [index, draft] of drafts.entries()) {
    const medicine = medicineOf(medicines, draft, () => ids.at(made));
    const pack = packOf(options, draft, {
      id: ids.at(made),
      medicineId: medicine.id,
      registerRef: `demo:P${serial(index)}`,
    });
    packs.push(pack);
    for (const code of codesOf(draft, index)) packCodes.push({ id: ids.at(made), packId: pack.id, code });
    prices.push(...pricesOf(draft, { options, draw, id: () => ids.at(made), packId: pack.id }));
  }
  return {
    ...taxRegisters(options.seed),
    medicines: withGroups([...medicines.values()]),
    packs,
    packCodes,
    prices,
  };
}

/** Long before any history: the catalogue's ids carry this time. */
const CATALOGUE_MADE_AT = Date.UTC(2024, 0, 2, 8);
/** Prices count from the start of this year on. */
const PRICES_FROM = '2024-01-01';
const serial = (index: number) => String(index + 1).padStart(5, '0');

/** No two packs with one name: the earlier, more particular draft stays. */
function distinct(drafts: readonly Draft[]): Draft[] {
  const byName = new Map<string, Draft>();
  for (const draft of drafts) if (!byName.has(nameOf(draft))) byName.set(nameOf(draft), draft);
  return [...byName.values()];
}

function medicineOf(
  known: Map<string, RowOf<'medicine'>>,
  draft: Draft,
  id: () => string,
): RowOf<'medicine'> {
  const { kind, brand, generics, form, route, holder, scheduleClass, tallMan, discountAllowed } = draft;
  const key = `${brand}|${form}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const registerRef = `demo:M${serial(known.size)}`;
  const made = {
    id: id(),
    kind,
    brand,
    generics,
    form,
    route,
    holder,
    scheduleClass,
    tallMan,
    genericGroup: '',
    discountAllowed,
    registerRef,
    ...(draft.soldAs !== undefined && { soldAs: draft.soldAs }),
  };
  known.set(key, made);
  return made;
}

/** Medicines of the same generics, strengths and form stand for each other; a group of one is none. */
function withGroups(medicines: readonly RowOf<'medicine'>[]): RowOf<'medicine'>[] {
  const groupOf = ({ generics, form }: RowOf<'medicine'>) =>
    [...generics.map(({ name, strength }) => `${name} ${strength}`), form].join(', ');
  const counts = new Map<string, number>();
  for (const medicine of medicines) counts.set(groupOf(medicine), (counts.get(groupOf(medicine)) ?? 0) + 1);
  return medicines.map((medicine) => {
    const grouped = medicine.generics.length > 0 && (counts.get(groupOf(medicine)) ?? 0) > 1;
    return grouped ? { ...medicine, genericGroup: groupOf(medicine) } : medicine;
  });
}

function packOf(
  { seed }: DemoOptions,
  draft: Draft,
  own: Pick<RowOf<'pack'>, 'id' | 'medicineId' | 'registerRef'>,
): RowOf<'pack'> {
  const { label, packSize, baseUnit, breakable, tax } = draft;
  return {
    ...own,
    label,
    packSize,
    baseUnit,
    breakable,
    taxClassId: taxClassId(seed, tax),
    status: 'active',
  };
}

function codesOf(draft: Draft, index: number): string[] {
  const prefix = draft.kind === 'article' ? '2040' : '2030';
  const gtins = [inStoreEan13(prefix, index)];
  if (index % 23 === 7) gtins.push(inStoreEan13('2035', index)); // the pack's former code, still on old boxes
  const sku = draft.sku === undefined ? [] : [packCode('sku', draft.sku)];
  return [...gtins.map((ean) => packCode('gtin', ean)), ...sku].filter((code) => code !== null);
}

/** The factor is prime to 10⁸: no two indexes share a code, and neighbours do not look alike. */
function inStoreEan13(prefix: string, index: number): string {
  const body = prefix + String(((index + 1) * 73_939_133) % 100_000_000).padStart(8, '0');
  return `${body}${gs1CheckDigit(body)}`;
}

type PriceMaking = {
  readonly options: DemoOptions;
  readonly draw: Seeded;
  readonly id: () => string;
  readonly packId: string;
};

/** One price for the org; some with an earlier one, some dearer in the second store, some with a change to come. */
function pricesOf(draft: Draft, { options, draw, id, packId }: PriceMaking): RowOf<'price'>[] {
  const today = plainDate(options.todayIso);
  const price = (priceMinor: number, validFrom: string, storeId: string | null = null) => ({
    id: id(),
    packId,
    storeId,
    priceMinor,
    validFrom,
  });
  if (draft.soldAs === 'open-price') return [];
  const prices = [price(draft.priceMinor, PRICES_FROM)];
  if (draft.fixedPrice === true) return prices;
  const odds = draw.next();
  if (odds < 0.05) prices.push(price(changed(draft.priceMinor, draw), addDays(today, -draw.int(20, 60))));
  else if (odds < 0.06) prices.push(price(changed(draft.priceMinor, draw), addDays(today, draw.int(3, 30))));
  const free = draft.scheduleClass === 'general' && draft.tax !== 'reimbursed';
  if (free && odds > 0.9)
    prices.push(
      price(draft.priceMinor + 10 * draw.int(1, 5), PRICES_FROM, namedId(`demo ${options.seed} store S02`)),
    );
  return prices;
}

const changed = (priceMinor: number, draw: Seeded): number =>
  Math.max(5, Math.round((priceMinor * draw.int(94, 108)) / 100));
