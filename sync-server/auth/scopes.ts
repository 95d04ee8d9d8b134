import { storeScope } from '#shared/tables/scope.ts';

/** What a till of a store reads, in the order it needs them. `rx` joins when its tables do. */
export const scopesOfStore = (storeId: string): string[] => ['org', storeScope(storeId), 'party'];
