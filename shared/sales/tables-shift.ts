import { id, int, json, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import type { TenderKind } from './tender-kinds.ts';

/** Minor units by means of payment. */
export type ByTender = readonly { readonly kind: TenderKind; readonly amountMinor: number }[];

/** How many notes or coins of one value were counted; `minor` is the value of one. */
export type Denominations = readonly { readonly minor: number; readonly count: number }[];

/** The figures of a shift as its Z-report prints them. Minor units; returns are positive and taken off net figures. */
export type ShiftTotals = {
  readonly sales: number;
  readonly salesMinor: number;
  readonly returns: number;
  readonly returnsMinor: number;
  readonly discountMinor: number;
  readonly cashRoundingMinor: number;
  readonly payInMinor: number;
  readonly payOutMinor: number;
  readonly noSales: number;
  readonly taxes: readonly {
    readonly taxPct3: readonly number[];
    readonly baseMinor: number;
    readonly taxMinor: number;
  }[];
};

/**
 * A cashier's session at a drawer begins. It has not ended until a `shift_close` names it, which the same till writes,
 * or the one that replaced it. `automatic`: the first sale opened it, with the float the last close left.
 */
export const shift = defineTable(
  'shift',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    at: int(),
    businessDate: text(),
    actorId: text(),
    kind: oneOf('counted', 'automatic'),
    floatMinor: int(),
    currency: text(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['tillId', 'at']],
    checks: { float: 'float_minor >= 0' },
  },
);

/** Cash put in or taken out beside sales, or the drawer opened without one (`no-sale`, amount 0). */
export const cashMovement = defineTable(
  'cash_movement',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    shiftId: text(),
    kind: oneOf('pay-in', 'pay-out', 'no-sale'),
    amountMinor: int(),
    reason: text(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['shiftId']],
    checks: { amount: 'amount_minor >= 0' },
  },
);

/** A shift's end and its Z-report: written once, numbered per till without gaps. */
export const shiftClose = defineTable(
  'shift_close',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    shiftId: text(),
    /** 'S01-T02AZ-000123', and its parts. */
    zNo: text(),
    zSeries: text(),
    zN: int(),
    at: int(),
    businessDate: text(),
    actorId: text(),
    expected: json<ByTender>(),
    counted: json<ByTender>(),
    denominations: json<Denominations>(),
    /** Counted less expected, all means together; negative: something is missing. */
    varianceMinor: int(),
    reason: textOpt(),
    /** Cash left in the drawer for the next shift. */
    leftMinor: int(),
    totals: json<ShiftTotals>(),
    /** All sales of this till so far less all returns, for ever: it never goes back. */
    grandTotalMinor: int(),
    /** The hash of this till's last changeset before this one. */
    chainHead: text(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['shiftId'], ['tillId', 'at'], ['zSeries', 'zN']],
  },
);
