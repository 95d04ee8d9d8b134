import { storeScope } from '#shared/tables/scope.ts';

/** What a till of a store reads. `party` and `rx` join when their tables do. */
export const scopesOfStore = (storeId: string): string[] => ['org', storeScope(storeId)];
