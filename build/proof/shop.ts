import { standardRoles } from '#shared/auth/permissions.ts';
import type { SettingValue } from '#shared/auth/settings.ts';
import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import { batchId, normaliseBatchCode } from '#shared/inventory/batch.ts';
import { idOfName } from '#shared/kernel/ids.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import { sha256 } from '../../desktop/till/store/crypto.ts';
import { changesOf } from '../demo-data/rows.ts';

/**
 * A shop of a dozen packs for tests and proofs: small enough to be known by heart, with every kind of batch a counter
 * must refuse. Its day is Tuesday 2026-11-24, 10:00 in Paris.
 */
export const openingMs = Date.UTC(2026, 10, 24, 9);

const id = (name: string) => idOfName(sha256, `shop:${name}`);
export const storeId = id('store');
export const tillId = id('till');

export const people = {
  cashier: { personId: id('cashier'), pin: '2580' },
  pharmacist: { personId: id('pharmacist'), pin: '480215' },
  manager: { personId: id('manager'), pin: '570382' },
  auditor: { personId: id('auditor'), pin: '704918' },
} as const;
export type PersonName = keyof typeof people;

type Kept = {
  readonly code: string;
  readonly expiresOn: string;
  readonly packs: number;
  readonly state?: 'quarantine' | 'recall';
};
type Plan = {
  readonly brand: string;
  readonly scheduleClass?: ScheduleClass;
  readonly packSize: number;
  readonly breakable?: boolean;
  readonly priceMinor: number | null;
  readonly tax?: 'reduced' | 'standard' | 'split';
  readonly batches: readonly Kept[];
};

const plans = {
  /** Breakable, in two batches that may be sold and four that may not. */
  dolorane: {
    brand: 'Dolorane 500 mg',
    packSize: 16,
    breakable: true,
    priceMinor: 218,
    batches: [
      { code: 'D1', expiresOn: '2027-01-31', packs: 2 },
      { code: 'D2', expiresOn: '2027-06-30', packs: 5 },
      { code: 'DX', expiresOn: '2026-11-23', packs: 3 },
      { code: 'DQ', expiresOn: '2027-03-31', packs: 3, state: 'quarantine' },
      { code: 'DR', expiresOn: '2027-03-31', packs: 3, state: 'recall' },
    ],
  },
  syrup: {
    brand: 'Toussifan 200 ml',
    packSize: 1,
    priceMinor: 499,
    tax: 'standard',
    batches: [{ code: 'S1', expiresOn: '2028-02-29', packs: 100_000 }],
  },
  /** Its last day of sale is today. */
  drops: {
    brand: 'Oculane 10 ml',
    packSize: 10,
    priceMinor: 333,
    tax: 'split',
    batches: [{ code: 'O1', expiresOn: '2026-11-24', packs: 10 }],
  },
  /** Not on the books at all. */
  gauze: { brand: 'Gazelle compresses', packSize: 10, priceMinor: 350, batches: [] },
  ibuprofen: {
    brand: 'Ibulane 400 mg',
    scheduleClass: 'pharmacist',
    packSize: 12,
    priceMinor: 287,
    batches: [{ code: 'I1', expiresOn: '2028-05-31', packs: 50 }],
  },
  amoxicillin: {
    brand: 'Amoxane 1 g',
    scheduleClass: 'prescription',
    packSize: 14,
    priceMinor: 412,
    batches: [{ code: 'A1', expiresOn: '2028-05-31', packs: 50 }],
  },
  morphine: {
    brand: 'Morphane 10 mg',
    scheduleClass: 'controlled',
    packSize: 14,
    priceMinor: 530,
    batches: [{ code: 'M1', expiresOn: '2028-05-31', packs: 50 }],
  },
  unpriced: {
    brand: 'Gratisane',
    packSize: 1,
    priceMinor: null,
    batches: [{ code: 'G1', expiresOn: '2028-05-31', packs: 5 }],
  },
} as const satisfies Readonly<Record<string, Plan>>;

export type PackName = keyof typeof plans;
const planOf = (name: PackName): Plan => plans[name];
export const packNames = Object.keys(plans).filter((name): name is PackName => name in plans);

export const packId = (name: PackName): string => id(`pack ${name}`);
/** The batch's id as the till works it out from what is printed on the box. */
export function batchOf(name: PackName, code: string): string {
  const normal = normaliseBatchCode(code);
  if (!normal.ok) throw new RangeError(`not a batch code: ${code}`);
  return batchId(sha256, { storeId, packId: packId(name), code: normal.value });
}

const gtin13 = (name: PackName): string => {
  const digits = `2030000000${String(packNames.indexOf(name)).padStart(2, '0')}`;
  return `${digits}${gs1CheckDigit(digits)}`;
};
/** What a scanner types for the bar code on the box. */
export const ean = gtin13;
/** What a scanner sends for the DataMatrix on the box: GTIN, expiry, batch. */
export const dataMatrix = (name: PackName, code: string, expiresOn: string): string =>
  `]d2010${gtin13(name)}17${expiresOn.slice(2).replaceAll('-', '')}10${code}`;

export type ShopOptions = {
  readonly cashStepMinor?: number;
  readonly minShelfLifeDays?: number;
  readonly taxMode?: 'inclusive' | 'exclusive';
  readonly policy?: SettingValue<'sales.prescription-policy'>;
};

/** Everything HQ would have sent to this till. */
export function shopBase(options: ShopOptions = {}): readonly Change[] {
  return [
    ...placeChanges(options),
    ...peopleChanges(),
    ...packNames.flatMap((name) => [
      ...articleChanges(name, planOf(name)),
      ...shelfChanges(name, planOf(name)),
    ]),
  ];
}

export const staffOfShop = Object.entries(people).map(([name, { personId, pin }]) => ({
  personId,
  pin,
  storeId,
  roleId: id(`role ${name}`),
}));

function placeChanges({
  cashStepMinor = 1,
  minShelfLifeDays = 0,
  taxMode = 'inclusive',
  policy = 'refuse',
}: ShopOptions): Change[] {
  const store: RowOf<'store'> = {
    ...{ id: storeId, code: 'S01', name: 'Pharmacie du Pont', addressLines: ['12 quai des Tanneurs'] },
    ...{
      licence: '99#000112',
      taxNumber: 'FR00',
      receiptFooter: 'Merci',
      zone: 'Europe/Paris',
      dayStartHour: 4,
    },
    ...{ currency: 'EUR', minorDigits: 2, cashStepMinor, taxMode, minShelfLifeDays, language: 'en' },
  };
  const rates = { reduced: [2100], standard: [20000], split: [2500, 2500] };
  const setting = { id: id('policy'), storeId, key: 'sales.prescription-policy', value: policy };
  return [
    ...changesOf('org', [{ id: id('org'), name: 'Corvelle', signingKey: '', recoveryKey: '' }]),
    ...changesOf('store', [store]),
    ...changesOf('till', [{ id: tillId, storeId, code: 'T01', name: 'Front counter' }]),
    ...changesOf('setting', [setting]),
    ...Object.entries(rates).flatMap(([name, pct3]) => [
      ...changesOf('tax_class', [{ id: id(`tax ${name}`), name }]),
      ...changesOf('tax_rate', [
        { id: id(`rate ${name}`), taxClassId: id(`tax ${name}`), pct3, validFrom: '2020-01-01' },
      ]),
    ]),
  ];
}

function peopleChanges(): Change[] {
  return Object.entries(people).flatMap(([name, { personId }]) => [
    ...changesOf('role', [{ id: id(`role ${name}`), name, permissions: [...(rightsOf.get(name) ?? [])] }]),
    ...changesOf('person', [{ id: personId, name, shortName: name, language: null, active: true }]),
  ]);
}
const rightsOf = new Map(Object.entries(standardRoles));

function articleChanges(name: PackName, plan: Plan): Change[] {
  const { brand, packSize, breakable = false, scheduleClass = 'general', tax = 'reduced', priceMinor } = plan;
  const medicine: RowOf<'medicine'> = {
    ...{ id: id(`medicine ${name}`), kind: 'medicine', brand, generics: [{ name, strength: '' }] },
    ...{ form: 'tablet', route: 'oral', holder: 'Halden', scheduleClass, tallMan: '', genericGroup: '' },
    ...{ discountAllowed: true, registerRef: '' },
  };
  const pack: RowOf<'pack'> = {
    ...{
      id: packId(name),
      medicineId: medicine.id,
      label: `box of ${packSize}`,
      packSize,
      baseUnit: 'tablet',
    },
    ...{ breakable, taxClassId: id(`tax ${tax}`), status: 'active', registerRef: '' },
  };
  const price = { id: id(`price ${name}`), packId: pack.id, storeId: null, validFrom: '2026-01-01' };
  return [
    ...changesOf('medicine', [medicine]),
    ...changesOf('pack', [pack]),
    ...changesOf('pack_code', [{ id: id(`code ${name}`), packId: pack.id, code: `gtin:0${gtin13(name)}` }]),
    ...(priceMinor === null ? [] : changesOf('price', [{ ...price, priceMinor }])),
  ];
}

function shelfChanges(name: PackName, { packSize, batches }: Plan): Change[] {
  const at = openingMs - 30 * 86_400_000;
  return batches.flatMap(({ code, expiresOn, packs, state }) => {
    const batch = { batchId: batchOf(name, code), storeId };
    const made = { at, businessDate: '2026-10-25', actorId: 'hq' };
    const row: RowOf<'batch'> = {
      ...{ id: batch.batchId, storeId, packId: packId(name), code, expiresOn, receivedAt: at },
      ...{ costMinor: 100, costQtyBase: packSize, packPriceMinor: null },
    };
    const received: RowOf<'stock_movement'> = {
      ...{ id: id(`receipt ${name} ${code}`), ...batch, packId: packId(name), kind: 'receive' },
      ...{
        qtyBase: packs * packSize,
        documentId: id('goods receipt'),
        documentLine: null,
        ...made,
        reason: null,
      },
    };
    const decided: readonly RowOf<'batch_decision'>[] = state
      ? [{ id: id(`decision ${name} ${code}`), ...batch, kind: state, endsId: null, reason: 'test', ...made }]
      : [];
    return [
      ...changesOf('batch', [row]),
      ...changesOf('stock_movement', [received]),
      ...changesOf('batch_decision', decided),
    ];
  });
}
