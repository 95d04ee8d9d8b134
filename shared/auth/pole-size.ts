/** Rows and columns of the pole displays there are; nearly all are the first. */
export const poleSizes = ['2x20', '2x16', '4x20'] as const;
type PoleSize = (typeof poleSizes)[number];

/** What a pole has room for, in characters. */
export type PoleFace = { readonly rows: number; readonly columns: number };

export const poleFaces: Readonly<Record<PoleSize, PoleFace>> = {
  '2x20': { rows: 2, columns: 20 },
  '2x16': { rows: 2, columns: 16 },
  '4x20': { rows: 4, columns: 20 },
};
