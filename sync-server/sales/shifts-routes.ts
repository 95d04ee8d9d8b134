import { implement } from '@orpc/server';
import type pg from 'pg';
import { hqContract } from '#shared/contract.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Caller } from '../http/rpc-caller.ts';
import { listZReports, readZReport, shiftGaps } from './shifts.ts';

/** The calls about shifts, for the sales router to spread. */
export function shiftHandlers({ pool, clock }: { readonly pool: pg.Pool; readonly clock: Clock }) {
  const os = implement(hqContract.sales).$context<Caller>();
  return {
    zReports: os.zReports.handler(({ input }) => listZReports(pool, input)),
    zReport: os.zReport.handler(async ({ input, errors }) => {
      const found = await readZReport(pool, input.closeId);
      if (!found) throw errors.NOT_FOUND();
      return found;
    }),
    shiftGaps: os.shiftGaps.handler(() => shiftGaps(pool, clock.nowMs())),
  };
}
