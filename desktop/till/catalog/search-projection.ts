import type { Projection } from '../store/replica.ts';
import type { SearchIndex } from './search-index.ts';

/** The search index follows the catalogue, change by change, in the transaction of each. */
export const searchProjections = (index: SearchIndex): readonly Projection[] => [
  { table: 'medicine', apply: (id) => index.indexMedicine(id) },
  { table: 'pack', apply: (id) => index.reindexPacks([id]) },
  { table: 'pack_code', apply: (_id, row) => index.reindexPacks(row ? [String(row.packId)] : []) },
];
