import type { SoldSale } from './receipt-of-sale.ts';

/** A sale that never was, to show what receipts look like. */
export const sampleSale = (
  place: Pick<SoldSale, 'at' | 'tillName' | 'cashierName' | 'currency' | 'taxMode'>,
): SoldSale => ({
  ...place,
  receiptNo: 'S01-T01A-000123',
  ...{ totalMinor: 935, cashRoundingMinor: 0, changeMinor: 65 },
  lines: [
    {
      ...{ name: 'Paracetamol 500 mg', qtyBase: 32, packSize: 16, packPriceMinor: 218, grossMinor: 436 },
      ...{ lineDiscountMinor: 0, cartDiscountMinor: 0, taxPct3: [2100] },
      batches: [{ code: 'B12', expiresOn: '2028-03-31', qtyBase: 32 }],
    },
    {
      ...{ name: 'Cough syrup 200 ml', qtyBase: 1, packSize: 1, packPriceMinor: 499, grossMinor: 499 },
      ...{ lineDiscountMinor: 0, cartDiscountMinor: 0, taxPct3: [2100] },
      batches: [{ code: 'S7', expiresOn: '2027-11-30', qtyBase: 1 }],
    },
  ],
  taxes: [
    place.taxMode === 'inclusive'
      ? { taxPct3: [2100], baseMinor: 916, taxMinor: 19 }
      : { taxPct3: [0], baseMinor: 935, taxMinor: 0 },
  ],
  tenders: [{ kind: 'cash', amountMinor: 1000 }],
});
