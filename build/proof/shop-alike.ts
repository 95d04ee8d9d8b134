import { shareId, toldShares } from '#shared/inventory/elsewhere.ts';
import { idOfName } from '#shared/kernel/ids.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { sha256 } from '../../desktop/till/store/crypto.ts';
import { changesOf } from '../demo-data/rows.ts';
import { openingMs, storeId } from './shop.ts';

/** Medicines that may stand for each other, beside those of the test shop: one asked for, and others of its make. */
const plans = {
  asked: { brand: 'Parazol', strength: '500 mg', packSize: 16, priceMinor: 250, packs: 1 },
  small: { brand: 'Parazol', strength: '500 mg', packSize: 8, priceMinor: 150, packs: 50 },
  other: { brand: 'Cetamil', strength: '500mg', packSize: 16, priceMinor: 200, packs: 10 },
  none: { brand: 'Doliprime', strength: '500 mg', packSize: 16, priceMinor: 240, packs: 0 },
  strong: { brand: 'Parazol forte', strength: '1000 mg', packSize: 16, priceMinor: 300, packs: 10 },
} as const;
type Alike = keyof typeof plans;

const id = (name: string) => idOfName(sha256, `alike:${name}`);
export const alikePackId = (name: Alike): string => id(`pack ${name}`);

/** What HQ sends of them; they expire in one month, so that what they earn decides. */
export const alikeInShop = (): readonly Change[] =>
  Object.entries(plans).flatMap(([name, { brand, strength, packSize, priceMinor, packs }]) => {
    const medicineId = id(`medicine ${brand}`);
    const packId = id(`pack ${name}`);
    const batchId = id(`batch ${name}`);
    const at = openingMs - 86_400_000;
    return [
      ...changesOf('medicine', [
        {
          ...{ id: medicineId, kind: 'medicine', brand, generics: [{ name: 'paracetamol', strength }] },
          ...{ form: 'tablet', route: 'oral', holder: 'Halden', scheduleClass: 'general', tallMan: '' },
          ...{ genericGroup: '', discountAllowed: true, registerRef: '' },
        },
      ]),
      ...changesOf('pack', [
        {
          ...{ id: packId, medicineId, label: `box of ${packSize} tablets`, packSize, baseUnit: 'tablet' },
          ...{ breakable: false, taxClassId: id('tax'), status: 'active', registerRef: '' },
        },
      ]),
      ...changesOf('price', [
        { id: id(`price ${name}`), packId, storeId: null, priceMinor, validFrom: '2026-01-01' },
      ]),
      ...changesOf('batch', [
        {
          ...{ id: batchId, storeId, packId, code: `L-${name}`.toUpperCase(), expiresOn: '2028-05-31' },
          ...{ receivedAt: at, costMinor: 100, costQtyBase: packSize * 2, packPriceMinor: null },
        },
      ]),
      ...(packs === 0
        ? []
        : changesOf('stock_movement', [
            {
              ...{ id: id(`receipt ${name}`), batchId, storeId, packId, kind: 'receive' },
              ...{ qtyBase: packs * packSize, documentId: id('goods receipt'), documentLine: null, at },
              ...{ businessDate: '2026-11-23', actorId: 'hq', reason: null },
            },
          ])),
    ];
  });

/** An article whose price is typed when it is sold. */
export const openPriceArticle = (): readonly Change[] => [
  ...changesOf('medicine', [
    {
      ...{ id: id('medicine sundry'), kind: 'article', brand: 'Sundry', generics: [], form: '', route: '' },
      ...{ holder: '', scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: true },
      ...{ registerRef: '', soldAs: 'open-price' },
    },
  ]),
  ...changesOf('pack', [
    {
      ...{ id: id('pack sundry'), medicineId: id('medicine sundry'), label: 'one', packSize: 1 },
      ...{ baseUnit: 'piece', breakable: false, taxClassId: id('tax'), status: 'active', registerRef: '' },
    },
  ]),
];

/** Other stores of the chain and what HQ told of a pack in them: fresh, a day and more old, none, and never heard of. */
export const heldElsewhere = (packId: string, packSize: number): readonly Change[] => {
  const others = [
    { code: 'S02', name: 'Pharmacie du Port', asOf: openingMs - 20 * 60_000, packs: 3 },
    { code: 'S03', name: 'Pharmacie de la Gare', asOf: openingMs - 50 * 3_600_000, packs: 50 },
    { code: 'S04', name: 'Pharmacie Belle-Vue', asOf: openingMs - 3 * 3_600_000, packs: 20 },
    { code: 'S05', name: 'Pharmacie du Marché', asOf: openingMs - 60_000, packs: 0 },
    { code: 'S06', name: 'Pharmacie Neuve', asOf: null, packs: 0 },
  ];
  const told = others.filter(({ packs }) => packs > 0).map(({ code, packs }) => [code, packs * packSize]);
  return [
    ...changesOf(
      'store',
      others.map(({ code, name }) => ({
        ...{ id: id(`store ${code}`), code, name, addressLines: [`1 rue ${code}`, '54000 Valmont'] },
        ...{ licence: '', taxNumber: '', receiptFooter: '', zone: 'Europe/Paris', dayStartHour: 4 },
        ...{ currency: 'EUR', minorDigits: 2, cashStepMinor: 1, taxMode: 'inclusive', language: 'fr' },
        minShelfLifeDays: 0,
      })),
    ),
    ...changesOf(
      'stock_elsewhere',
      Object.entries(toldShares(Object.fromEntries(told), { packSize, breakable: false })).map(
        ([share, held]) => ({ id: shareId(packId, share), held }),
      ),
    ),
    ...changesOf(
      'stock_elsewhere_store',
      others.flatMap(({ code, asOf }) => (asOf === null ? [] : [{ id: id(`store ${code}`), asOf }])),
    ),
  ];
};
