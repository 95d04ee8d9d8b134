import { idOfName } from '#shared/kernel/ids.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { sha256 } from '../../desktop/till/store/crypto.ts';
import { changesOf } from '../demo-data/rows.ts';
import { openingMs, storeId } from '../proof/shop.ts';

const id = (name: string) => idOfName(sha256, `many:${name}`);
export const packIdOfMany = (n: number): string => id(`pack ${n}`);

/** So many medicines with long names, each with a batch of a hundred packs. */
export const manyArticles = (count: number): readonly Change[] =>
  Array.from({ length: count }, (_, i) => i + 1).flatMap((n) => {
    const [medicineId, packId, batchId] = [id(`medicine ${n}`), packIdOfMany(n), id(`batch ${n}`)];
    const generics = [{ name: 'hydrochlorothiazide / amiloride', strength: '50 mg/5 mg' }];
    return [
      ...changesOf('medicine', [
        {
          ...{
            id: medicineId,
            kind: 'medicine',
            brand: `Hydroamilorane ${n} 50 mg`,
            generics,
            form: 'film-coated tablet',
          },
          ...{ route: 'oral', holder: 'Halden', scheduleClass: 'general', tallMan: '', genericGroup: '' },
          ...{ discountAllowed: true, registerRef: '' },
        },
      ]),
      ...changesOf('pack', [
        {
          ...{
            id: packId,
            medicineId,
            label: 'box of 30 film-coated tablets',
            packSize: 30,
            baseUnit: 'tablet',
          },
          ...{ breakable: false, taxClassId: id('tax'), status: 'active', registerRef: '' },
        },
      ]),
      ...changesOf('price', [
        { id: id(`price ${n}`), packId, storeId: null, priceMinor: 12_345, validFrom: '2026-01-01' },
      ]),
      ...changesOf('batch', [
        {
          ...{ id: batchId, storeId, packId, code: `L-${n}`, expiresOn: '2028-05-31', receivedAt: openingMs },
          ...{ costMinor: 100, costQtyBase: 60, packPriceMinor: null },
        },
      ]),
      ...changesOf('stock_movement', [
        {
          ...{ id: id(`receipt ${n}`), batchId, storeId, packId, kind: 'receive', qtyBase: 3_000 },
          ...{
            documentId: id('goods receipt'),
            documentLine: null,
            at: openingMs,
            businessDate: '2026-11-23',
          },
          ...{ actorId: 'hq', reason: null },
        },
      ]),
    ];
  });
