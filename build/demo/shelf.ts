import type { DemoStore } from '../demo-data/organisation.ts';
import { demoScans } from '../demo-data/scans.ts';
import { demoStock } from '../demo-data/stock.ts';
import type { Seed } from '../seed.ts';
import type { ShelfItem } from './cashier.ts';

/** What stands on a store's shelves, as scanner and customer meet it: one item for each batch received. */
export function shelfOf({ options, register }: Seed, store: DemoStore): ShelfItem[] {
  const { batches, range } = demoStock(options, { store, register });
  const names = new Map(range.map(({ packId, name }) => [packId, name]));
  return [...demoScans(batches, register.packCodes)].map(({ packId, ean13, dataMatrix }) => ({
    ...{ packId, ean13, dataMatrix },
    words: (names.get(packId) ?? '').replace(/,.*/, '').slice(0, 60),
  }));
}
