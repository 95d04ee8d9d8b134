import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { changesOf } from '../demo-data/rows.ts';
import { openingMs, storeId } from './shop.ts';

const digits = '203000000099';
/** What a scanner types for the code of the cheese. */
export const cheeseCode = `${digits}${gs1CheckDigit(digits)}`;

/** An article in packs of 1,000 g at 18.00, 5 kg of it on the shelf; sold by weight where its packs may be broken. */
export const cheese = ({ breakable = true } = {}): readonly Change[] => [
  ...changesOf('medicine', [
    {
      ...{ id: 'medicine cheese', kind: 'article', brand: 'cheese', generics: [], form: '', route: '' },
      ...{ holder: '', scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: true },
      registerRef: '',
    },
  ]),
  ...changesOf('pack', [
    {
      ...{
        id: 'pack cheese',
        medicineId: 'medicine cheese',
        label: 'by weight',
        packSize: 1000,
        baseUnit: 'g',
      },
      ...{ breakable, taxClassId: 'none', status: 'active', registerRef: '' },
    },
  ]),
  ...changesOf('pack_code', [{ id: 'code cheese', packId: 'pack cheese', code: `gtin:0${cheeseCode}` }]),
  ...changesOf('price', [
    { id: 'price cheese', packId: 'pack cheese', storeId: null, priceMinor: 1800, validFrom: '2026-01-01' },
  ]),
  ...changesOf('batch', [
    {
      ...{ id: 'batch cheese', storeId, packId: 'pack cheese', code: 'C1', expiresOn: '2027-01-31' },
      ...{ receivedAt: openingMs, costMinor: 100, costQtyBase: 1000, packPriceMinor: null },
    },
  ]),
  ...changesOf('stock_movement', [
    {
      ...{ id: 'receipt cheese', batchId: 'batch cheese', storeId, packId: 'pack cheese', qtyBase: 5000 },
      ...{ kind: 'receive', documentId: 'grn', documentLine: null, at: openingMs },
      ...{ businessDate: '2026-11-24', actorId: 'hq', reason: null },
    },
  ]),
];
