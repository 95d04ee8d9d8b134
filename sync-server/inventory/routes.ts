import { implement } from '@orpc/server';
import type pg from 'pg';
import { hqContract } from '#shared/contract.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Caller } from '../http/rpc-caller.ts';
import { listOversold } from './oversell.ts';
import { swapBatch, undoSwap } from './swap.ts';

/** The calls about stock. */
export function createInventoryRouter({ pool, clock }: { readonly pool: pg.Pool; readonly clock: Clock }) {
  const os = implement(hqContract.inventory).$context<Caller>();
  const by = ({ user }: Caller) => ({ actor: user.id, nowMs: clock.nowMs() });
  return os.router({
    oversold: os.oversold.handler(() => listOversold(pool, clock.nowMs())),
    swapBatch: os.swapBatch.handler(async ({ input, context, errors }) => {
      const swapped = await swapBatch(pool, input, by(context));
      if (swapped.ok) return {};
      const { error } = swapped;
      if (error.code === 'CHANGED') throw errors.CHANGED({ data: { shortBase: error.shortBase } });
      if (error.code === 'NOT_ENOUGH') throw errors.NOT_ENOUGH({ data: { onHandBase: error.onHandBase } });
      throw errors.NOT_FOUND();
    }),
    undoSwap: os.undoSwap.handler(async ({ input, context, errors }) => {
      const undone = await undoSwap(pool, input, by(context));
      if (undone.ok) return {};
      throw errors.NOT_FOUND();
    }),
  });
}
