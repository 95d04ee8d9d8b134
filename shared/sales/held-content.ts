import type { CartHead, CartLine } from './cart.ts';

/** A cart as it was put aside, and the price of one pack of each line as it was shown then (minor units). */
export type HeldContent = {
  readonly lines: readonly CartLine[];
  readonly head: CartHead | null;
  readonly shown: readonly { readonly lineId: string; readonly packPriceMinor: number }[];
};
