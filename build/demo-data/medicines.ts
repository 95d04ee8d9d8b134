import { createBrands, holders } from './brands.ts';
import { boxOf, type Draft } from './draft.ts';
import { forms } from './forms.ts';
import { type GenericEntry, genericEntries, genericsOf, type Presentation } from './generics.ts';
import type { Seeded } from './random.ts';
import { quickKeyBrands, signatureDrafts } from './signature.ts';
import { tallManOf } from './tall-man.ts';

/** Every generic under an invented brand and under the names of invented makers, in its strengths, forms and sizes. */
export function medicineDrafts(draw: Seeded): Draft[] {
  const taken = [
    ...signatureDrafts.map((draft) => draft.brand.split(' ')[0] ?? ''),
    ...quickKeyBrands.map(([brand]) => brand),
  ];
  const brands = createBrands(draw, taken);
  return genericEntries().flatMap((entry) =>
    labelsOf(entry, { draw, brand: brands.next() }).flatMap((label) => draftsUnder(entry, label, draw)),
  );
}

/** A name that goes on boxes, its maker, and how its price stands to the usual one, in percent. */
type Label = {
  readonly name: string;
  readonly holder: string;
  readonly pricePct: number;
  readonly isBrand: boolean;
};

function labelsOf(
  entry: GenericEntry,
  { draw, brand }: { readonly draw: Seeded; readonly brand: string },
): Label[] {
  const title = entry.names.map(capital).join('/');
  const makers = pickSome(holders, draw.int(3, 5), draw);
  const [originator = '', ...copies] = makers;
  return [
    { name: brand, holder: originator, pricePct: draw.int(112, 145), isBrand: true },
    ...copies.map((holder) => ({
      name: `${title} ${holder}`,
      holder,
      pricePct: draw.int(82, 100),
      isBrand: false,
    })),
  ];
}

const draftsUnder = (entry: GenericEntry, label: Label, draw: Seeded): Draft[] =>
  entry.presentations.flatMap((presentation, order) => {
    const carried = order === 0 || label.isBrand || draw.chance(0.8);
    const formPct = order === 0 ? 100 : draw.int(85, 125);
    return carried ? draftsOf(entry, presentation, { label, formPct, draw }) : [];
  });

type Making = { readonly label: Label; readonly formPct: number; readonly draw: Seeded };

function draftsOf(
  entry: GenericEntry,
  presentation: Presentation,
  { label, formPct, draw }: Making,
): Draft[] {
  const form = forms[presentation.form];
  const free = entry.scheduleClass === 'general' || entry.scheduleClass === 'pharmacist';
  const reimbursed = !free || reimbursedGenerics.has(entry.names[0] ?? '');
  return presentation.strengths.flatMap((strength, strengthIndex) =>
    presentation.sizes.map((size, sizeIndex): Draft => {
      const worth = (entry.priceMinor * label.pricePct * formPct * (100 + 18 * strengthIndex)) / 1_000_000;
      const packSize = countOf(size);
      return {
        kind: 'medicine',
        brand: `${label.name} ${strength}`,
        generics: genericsOf(entry.names, strength),
        ...{ form: form.name, route: form.route, baseUnit: form.baseUnit },
        ...{ holder: label.holder, scheduleClass: entry.scheduleClass, tallMan: tallManOf(entry.names) },
        discountAllowed: free && !reimbursed,
        ...sizeWords(size, form),
        breakable: form.breakable && packSize >= 20 && draw.chance(0.3),
        tax: reimbursed ? 'reimbursed' : 'medicine',
        priceMinor: shelfPrice(worth * sizeFactor(presentation.sizes, sizeIndex), free),
      };
    }),
  );
}

/** Sold without prescription and still paid for by the insurance when prescribed. */
const reimbursedGenerics = new Set([
  'paracetamol',
  'acetylsalicylic acid',
  'phloroglucinol',
  'macrogol 4000',
  'diosmectite',
  'ferrous sulfate',
  'ferrous fumarate',
  'folic acid',
  'colecalciferol',
  'calcium carbonate',
  'nicotine',
  'lactulose',
  'loperamide',
]);

/** Base units of a size; what one container holds ('100 ml') counts as one. */
const countOf = (size: string): number => (/^\d+$/.test(size) ? Number(size) : 1);

const sizeWords = (
  size: string,
  { baseUnit, container }: { readonly baseUnit: string; readonly container?: string },
) =>
  /^\d+$/.test(size)
    ? { label: boxOf(Number(size), baseUnit), packSize: Number(size) }
    : { label: `${container ?? 'box'} of ${size}`, packSize: 1 };

/** More in a pack costs more, but less for each. */
function sizeFactor(sizes: readonly string[], index: number): number {
  const amount = (size: string | undefined) => Number.parseFloat(size ?? '1');
  return (amount(sizes[index]) / amount(sizes[0])) ** 0.85;
}

/** Regulated prices come to the cent, free ones to the ten cents or just below. */
function shelfPrice(cents: number, free: boolean): number {
  if (!free) return Math.max(95, Math.round(cents));
  const tens = Math.max(15, Math.round(cents / 10)) * 10;
  return tens % 100 === 0 ? tens - 5 : tens;
}

function pickSome<T>(from: readonly T[], count: number, draw: Seeded): T[] {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(draw.int(0, left.length - 1), 1)).flat();
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
