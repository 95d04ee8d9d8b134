import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { CheckedPack } from '#shared/sales/calls-price-check.ts';
import { sellableBase } from '#shared/sales/cart-pricing.ts';
import type { Counter } from '../counter.ts';
import { listBatches } from '../list-batches.ts';
import { refuse } from '../refuse.ts';
import { fefoDay, readScan } from './cart-desk.ts';
import type { createSubstitutes } from './substitutes.ts';

type Asked = { readonly code: string } | { readonly packId: string };

/** What a pack costs and what is there of it, at the price of everybody: a price list is its customer's. */
export function createPriceCheck(counter: Counter, substitutes: ReturnType<typeof createSubstitutes>) {
  return (asked: Asked): CheckedPack => {
    const today = counter.today();
    const packId = 'code' in asked ? readScan(counter, asked.code, today).packId : asked.packId;
    const pack = counter.packs.find(packId, today.business) ?? refuse({ code: 'NOT_FOUND' });
    const { name, tallMan, generics, form, label, packSize, scheduleClass, priceMinor, taxPct3 } = pack;
    return {
      ...{ packId, name, tallMan, form, label, packSize, scheduleClass, priceMinor },
      generics: generics.map((g) => ({ ...g })),
      ...{ taxPct3: [...taxPct3], soldAs: pack.soldAs, weighed: isSoldByWeight(pack) },
      onHandBase: sellableBase(counter.batches.ofPack(packId), fefoDay(counter, today)),
      batches: listBatches(counter, packId),
      substitutes: substitutes({ packId }).rows.filter((row) => row.onHandBase > 0).length,
    };
  };
}
