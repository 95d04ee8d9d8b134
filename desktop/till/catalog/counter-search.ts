import type { z } from 'zod';
import type { PackHitView, quickKey } from '#shared/catalog/calls.ts';
import { daysLeft } from '#shared/inventory/expiry.ts';
import type { SaleDay } from '#shared/inventory/fefo.ts';
import { firstToGo, sellableBase } from '#shared/sales/cart-pricing.ts';
import type { Counter, Today } from '../counter.ts';
import { createSearch } from './search.ts';
import type { PackHit } from './search-hits.ts';

/** Search as the counter wants it: each hit with its price, the batch that would go first and what is on hand. */
export function createCounterSearch(counter: Counter) {
  const search = createSearch(counter.db);
  return {
    find(text: string, limit: number): { hits: PackHitView[]; corrected: boolean } {
      const hits = search.find(text, { limit });
      const today = counter.today();
      const day = { on: today.date, minShelfLifeDays: counter.shop().minShelfLifeDays };
      return {
        hits: hits.map((hit) => toView(counter, hit, { today, day })),
        corrected: hits.length > 0 && hits.every((h) => h.matched.corrected),
      };
    },
    quickKeys: (): z.infer<typeof quickKey>[] =>
      counter.setting('sales.quick-keys').map((key, i) => ({ n: i + 1, ...key })),
  };
}

/** Done for every hit at every letter: it reads no more of a pack than its row shows. */
function toView(
  counter: Counter,
  hit: PackHit,
  { today, day }: { readonly today: Today; readonly day: SaleDay },
): PackHitView {
  const { packId, medicineId, brand, tallMan, form, label, packSize, baseUnit, scheduleClass, matched } = hit;
  const batches = counter.batches.ofPack(packId);
  const first = firstToGo(batches, day);
  return {
    ...{ packId, medicineId, brand, tallMan, form, label, packSize, baseUnit, scheduleClass },
    ...{ weighed: hit.weighed, soldAs: hit.soldAs },
    generics: hit.generics.map((g) => ({ ...g })),
    marks: {
      brand: matched.brand.map(([a, b]) => [a, b]),
      generics: matched.generics.map(([a, b]) => [a, b]),
    },
    priceMinor: counter.packs.priceOf(packId, today.business),
    onHandBase: sellableBase(batches, day),
    expiresOn: first?.expiresOn ?? null,
    daysLeft: first ? daysLeft(first.expiresOn, today.date) : null,
  };
}
