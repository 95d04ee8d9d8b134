import { type Digest, idOfName } from '#shared/kernel/ids.ts';

/** Ids of imported rows follow from the register and its own codes: a later issue meets the rows of the earlier one. */
export type ImportIds = ReturnType<typeof importIds>;

export const importIds = (digest: Digest, source: string) => ({
  medicine: (code: string): string => idOfName(digest, `medicine:${source}:${code}`),
  pack: (code: string): string => idOfName(digest, `pack:${source}:${code}`),
  packCode: (packId: string, code: string): string => idOfName(digest, `pack_code:${packId}:${code}`),
  /** A price of the org; a second import on one day sets the same row. */
  price: (packId: string, validFrom: string): string => idOfName(digest, `price:${packId}::${validFrom}`),
  taxClass: (key: string): string => idOfName(digest, `tax_class:${source}:${key}`),
  taxRate: (key: string, validFrom: string): string =>
    idOfName(digest, `tax_rate:${source}:${key}:${validFrom}`),
});

/** What `registerRef` says of a row's origin, and the prefix all rows of one register share. */
export const registerRef = (source: string, code: string): string => `${source}:${code}`;
