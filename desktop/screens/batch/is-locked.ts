import type { BatchView } from '#shared/inventory/calls.ts';

/** What nobody may sell, with any right. A batch without stock on the books may be in the hand all the same. */
export const isLocked = ({ stopped }: BatchView): boolean => stopped !== null && stopped !== 'none-on-hand';
