import { oc } from '@orpc/contract';
import { z } from 'zod';
import { dayTotals } from '#shared/sales/calls.ts';
import { localReportCalls } from './calls-till.ts';

/** What a till tells of its own books. */
export const reportsTillCalls = localReportCalls;

export const reportsHqCalls = {
  /** One business day by store. `dataTo` says how far each store's figures reach; HQ never guesses the rest. */
  day: oc.input(z.object({ businessDate: z.iso.date() })).output(
    z.array(
      dayTotals.extend({
        storeId: z.string(),
        storeCode: z.string(),
        storeName: z.string(),
        currency: z.string(),
        minorDigits: z.int(),
        dataTo: z.int().nullable(),
        complete: z.boolean(),
      }),
    ),
  ),
};
