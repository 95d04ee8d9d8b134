import { implement } from '@orpc/server';
import type pg from 'pg';
import { hqContract } from '#shared/contract.ts';
import type { Caller } from '../http/rpc-caller.ts';
import { readDay } from './day.ts';

/** The reports of HQ. `pool` may be that of a read replica. */
export function createReportsRouter({ pool }: { readonly pool: pg.Pool }) {
  const os = implement(hqContract.reports).$context<Caller>();
  return os.router({ day: os.day.handler(({ input }) => readDay(pool, input.businessDate)) });
}
