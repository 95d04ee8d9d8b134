import { implement } from '@orpc/server';
import { hqContract } from '#shared/contract.ts';
import type { Caller } from '../http/rpc-caller.ts';
import { getSale } from './get.ts';
import { listSales } from './list.ts';
import type { OfferDeps } from './offers.ts';
import { offerHandlers } from './offers-routes.ts';
import { listSecondRefunds, settleSecondRefund } from './second-refunds.ts';
import { shiftHandlers } from './shifts-routes.ts';
import type { SalesWatch } from './watch.ts';

/** The calls about sales. */
export function createSalesRouter({ watch, ...deps }: OfferDeps & { readonly watch: SalesWatch }) {
  const os = implement(hqContract.sales).$context<Caller>();
  const { pool } = deps;
  return os.router({
    ...offerHandlers(deps),
    ...shiftHandlers(deps),
    secondRefunds: os.secondRefunds.handler(() => listSecondRefunds(pool)),
    settleSecondRefund: os.settleSecondRefund.handler(async ({ input, context, errors }) => {
      const by = { actor: context.user.id, nowMs: deps.clock.nowMs() };
      const settled = await settleSecondRefund(pool, input, by);
      if (settled.ok) return {};
      const { error } = settled;
      if (error.code === 'CHANGED') throw errors.CHANGED({ data: { overBase: error.overBase } });
      throw errors.NOT_FOUND();
    }),
    list: os.list.handler(({ input }) => listSales(pool, input)),
    watch: os.watch.handler(({ signal }) => watch.arrivals(signal)),
    get: os.get.handler(async ({ input, errors }) => {
      const sale = await getSale(pool, input.saleId);
      if (!sale) throw errors.NOT_FOUND();
      return sale;
    }),
  });
}
