import type { Change } from '#shared/replica/changeset.ts';
import type { tenderKinds } from '#shared/sales/tender-kinds.ts';

/** A small chain for tests: stores with two tills each, people, packs and sales, as changes and as plain rows. */
export type SampleSale = {
  readonly id: string;
  readonly storeId: string;
  readonly businessDate: string;
  readonly at: number;
  readonly totalMinor: number;
  readonly taxMinor: number;
  readonly discountMinor: number;
  readonly cashRoundingMinor: number;
  readonly changeMinor: number;
  readonly taxes: readonly {
    readonly taxPct3: readonly number[];
    readonly baseMinor: number;
    readonly taxMinor: number;
  }[];
  readonly tenders: readonly { readonly kind: (typeof tenderKinds)[number]; readonly amountMinor: number }[];
  readonly changes: readonly Change[];
};

const RATES = [[2100], [5500], [10000], [2500, 2500]];

/** A fixed stream of numbers in [0, n): the same seed gives the same chain. */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

export const storeId = (n: number): string => sampleId('5', n);
export const tillId = (store: number, till: number): string => sampleId('7', store * 10 + till);
export const cashierId = (n: number): string => sampleId('9', n);
const sampleId = (kind: string, n: number): string =>
  `00000000-0000-7000-8000-${kind}${String(n).padStart(11, '0')}`;

/** Stores S01 … with their tills and one cashier each. */
export function sampleStores(count: number): Change[] {
  return Array.from({ length: count }, (_, i) => i + 1).flatMap((n): Change[] => [
    {
      t: 'store',
      op: 'set',
      id: storeId(n),
      cols: {
        code: `S${String(n).padStart(2, '0')}`,
        name: NAMES[(n - 1) % NAMES.length],
        addressLines: [`${n} place de la Gare`, '54000 Valmont'],
        licence: `0014${n}`,
        taxNumber: `FR000001${n}`,
        receiptFooter: 'Merci de votre visite',
        zone: 'Europe/Paris',
        dayStartHour: 4,
        currency: 'EUR',
        minorDigits: 2,
        cashStepMinor: 1,
        taxMode: 'inclusive',
        minShelfLifeDays: 0,
        language: 'fr',
      },
    },
    ...[1, 2].map(
      (till): Change => ({
        t: 'till',
        op: 'set',
        id: tillId(n, till),
        cols: { storeId: storeId(n), code: `T0${till}`, name: till === 1 ? 'Front counter' : 'Dispensary' },
      }),
    ),
    {
      t: 'person',
      op: 'set',
      id: cashierId(n),
      cols: { name: PEOPLE[n % PEOPLE.length], shortName: '', language: null, active: true },
    },
  ]);
}

/** One sale of one to four lines; its figures agree with each other as RULES.md §1 has them. */
export function sampleSale(
  roll: (n: number) => number,
  {
    n,
    store,
    at,
    businessDate,
  }: { readonly n: number; readonly store: number; readonly at: number; readonly businessDate: string },
): SampleSale {
  const id = sampleId('1', n);
  const till = 1 + roll(2);
  const lines = Array.from({ length: 1 + roll(4) }, (_, i) =>
    sampleLine(roll, { saleId: id, store, lineNo: i + 1 }),
  );
  const sum = (of: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((total, line) => total + of(line), 0);
  const totalMinor = sum((line) => line.amountMinor);
  const taxes = RATES.flatMap((taxPct3) => {
    const group = lines.filter((line) => line.taxPct3 === taxPct3);
    const taxMinor = group.reduce((total, line) => total + line.taxMinor, 0);
    const amount = group.reduce((total, line) => total + line.amountMinor, 0);
    return group.length === 0 ? [] : [{ taxPct3, baseMinor: amount - taxMinor, taxMinor }];
  });
  const { tenders, changeMinor, cashRoundingMinor } = samplePayment(roll, totalMinor);
  const series = `S${String(store).padStart(2, '0')}-T0${till}A`;
  const own = { saleId: id, storeId: storeId(store) };
  const taxMinor = sum((line) => line.taxMinor);
  const discountMinor = sum((line) => line.lineDiscountMinor);
  const changes: Change[] = [
    {
      t: 'sale',
      op: 'insert',
      row: {
        id,
        storeId: storeId(store),
        tillId: tillId(store, till),
        receiptNo: `${series}-${String(n).padStart(6, '0')}`,
        receiptSeries: series,
        receiptN: n,
        at,
        businessDate,
        cashierId: cashierId(store),
        currency: 'EUR',
        taxMode: 'inclusive',
        lineCount: lines.length,
        discountMinor,
        taxMinor,
        totalMinor,
        cashRoundingMinor,
        changeMinor,
      },
    },
    ...lines.map((row): Change => ({ t: 'sale_line', op: 'insert', row })),
    ...taxes.map(
      (tax, i): Change => ({
        t: 'sale_tax',
        op: 'insert',
        row: { id: `${id}:x${i}`, ...own, ...tax, componentsMinor: [tax.taxMinor] },
      }),
    ),
    ...tenders.map(
      (paid, i): Change => ({
        t: 'tender',
        op: 'insert',
        row: { id: `${id}:p${i}`, ...own, lineNo: i + 1, ...paid, reference: null, authorisedAt: null },
      }),
    ),
  ];
  return {
    id,
    storeId: storeId(store),
    businessDate,
    at,
    totalMinor,
    taxMinor,
    discountMinor,
    cashRoundingMinor,
    changeMinor,
    taxes,
    tenders,
    changes,
  };
}

function sampleLine(
  roll: (n: number) => number,
  { saleId, store, lineNo }: { saleId: string; store: number; lineNo: number },
) {
  const packs = 1 + roll(3);
  const packPriceMinor = 150 + roll(4000);
  const grossMinor = packs * packPriceMinor;
  const lineDiscountMinor = roll(5) === 0 ? Math.floor(grossMinor / 10) : 0;
  const amountMinor = grossMinor - lineDiscountMinor;
  const taxPct3 = RATES[roll(RATES.length)] ?? [0];
  const rate = taxPct3.reduce((a, b) => a + b, 0);
  return {
    id: `${saleId}:l${lineNo}`,
    saleId,
    storeId: storeId(store),
    lineNo,
    packId: `pack-${roll(40)}`,
    name: BRANDS[roll(BRANDS.length)] ?? '',
    scheduleClass: 'general',
    qtyBase: packs * 20,
    packSize: 20,
    baseUnit: 'tablet',
    packPriceMinor,
    grossMinor,
    lineDiscountMinor,
    cartDiscountMinor: 0,
    amountMinor,
    taxMinor: Math.round((amountMinor * rate) / (100_000 + rate)),
    taxClassId: 'tax',
    taxPct3,
    discountReason: null,
  };
}

/** Cash with change and rounding, a card, or both. */
function samplePayment(roll: (n: number) => number, totalMinor: number) {
  const kind = roll(3);
  if (kind === 0)
    return {
      tenders: [{ kind: 'card' as const, amountMinor: totalMinor }],
      changeMinor: 0,
      cashRoundingMinor: 0,
    };
  const card = kind === 1 ? 0 : Math.floor(totalMinor / 2);
  const due = Math.round((totalMinor - card) / 5) * 5;
  const cash = Math.ceil(due / 1000) * 1000;
  const cashPaid = { kind: 'cash' as const, amountMinor: cash };
  return {
    tenders: card === 0 ? [cashPaid] : [{ kind: 'card' as const, amountMinor: card }, cashPaid],
    changeMinor: cash - due,
    cashRoundingMinor: due - (totalMinor - card),
  };
}

const NAMES = [
  'Grand-Place',
  'Gare',
  'Vieux-Port',
  'Les Tilleuls',
  'Mairie',
  'Clos-Fleuri',
  'Quai Nord',
  'Belle-Rive',
  'Les Remparts',
  'Saint-Aubin',
  'Le Parc',
  'Hauteville',
];
const PEOPLE = [
  'Inès Marchand',
  'Paul Girard',
  'Sofia Rocha',
  'Jeanne Vidal',
  'Marc Aubin',
  'Nadia Hamel',
  'Émile Duval',
];
const BRANDS = [
  'Glucodyne 850 mg',
  'Solvétine 20 mg',
  'Lipovance 20 mg',
  'Sun cream SPF50 50 ml',
  'Gastrelis 20 mg',
  'Aerolide 100 µg',
  'Thyrenor 75 µg',
  'Dolomyl 500 mg',
];
