import type { z } from 'zod';
import type { PackHitView, quickKey } from '#shared/catalog/calls.ts';
import { daysLeft } from '#shared/inventory/expiry.ts';
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
      return {
        hits: hits.map((hit) => toView(counter, hit, today)),
        corrected: hits.length > 0 && hits.every((h) => h.matched.corrected),
      };
    },
    quickKeys: (): z.infer<typeof quickKey>[] =>
      counter.setting('sales.quick-keys').map((key, i) => ({ n: i + 1, ...key })),
  };
}

function toView(counter: Counter, hit: PackHit, today: Today): PackHitView {
  const { packId, medicineId, brand, tallMan, form, label, packSize, baseUnit, scheduleClass, matched } = hit;
  const day = { on: today.date, minShelfLifeDays: counter.shop().minShelfLifeDays };
  const batches = counter.batches.ofPack(packId);
  const first = firstToGo(batches, day);
  const pack = counter.packs.find(packId, today.business);
  return {
    ...{ packId, medicineId, brand, tallMan, form, label, packSize, baseUnit, scheduleClass },
    generics: hit.generics.map((g) => ({ ...g })),
    marks: {
      brand: matched.brand.map(([a, b]) => [a, b]),
      generics: matched.generics.map(([a, b]) => [a, b]),
    },
    priceMinor: pack?.priceMinor ?? null,
    soldAs: pack?.soldAs ?? null,
    onHandBase: sellableBase(batches, day),
    expiresOn: first?.expiresOn ?? null,
    daysLeft: first ? daysLeft(first.expiresOn, today.date) : null,
  };
}
