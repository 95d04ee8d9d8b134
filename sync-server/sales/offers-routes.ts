import { implement } from '@orpc/server';
import { hqContract } from '#shared/contract.ts';
import type { Caller } from '../http/rpc-caller.ts';
import { endOffer, listOffers, makeOffer, type OfferDeps } from './offers.ts';
import { dropListPrice, listPrices, priceLists, saveListPrice, savePriceList } from './offers-lists.ts';

/** The calls about offers and price lists, for the sales router to spread. */
export function offerHandlers(deps: OfferDeps) {
  const os = implement(hqContract.sales).$context<Caller>();
  const { pool } = deps;
  return {
    offers: os.offers.handler(() => listOffers(deps)),
    makeOffer: os.makeOffer.handler(async ({ input, context, errors }) => {
      const made = await makeOffer(deps, { input, actor: context.user.id });
      if (made.ok) return made.value;
      const { error } = made;
      if (error.code === 'BAD_OFFER') throw errors.BAD_OFFER({ data: { problems: error.problems } });
      if (error.code === 'COUPON_TAKEN') throw errors.COUPON_TAKEN({ data: { name: error.name } });
      throw errors.NOT_FOUND();
    }),
    endOffer: os.endOffer.handler(async ({ input, context, errors }) => {
      const ended = await endOffer(pool, { ...input, actor: context.user.id });
      if (!ended.ok) throw errors.NOT_FOUND();
      return {};
    }),
    priceLists: os.priceLists.handler(() => priceLists(pool)),
    savePriceList: os.savePriceList.handler(async ({ input, context, errors }) => {
      const saved = await savePriceList(deps, { input, actor: context.user.id });
      if (saved.ok) return saved.value;
      throw errors[saved.error.code]();
    }),
    listPrices: os.listPrices.handler(({ input }) => listPrices(deps, input.listId)),
    saveListPrice: os.saveListPrice.handler(async ({ input, context, errors }) => {
      const saved = await saveListPrice(deps, { input, actor: context.user.id });
      if (saved.ok) return saved.value;
      throw errors.NOT_FOUND();
    }),
    dropListPrice: os.dropListPrice.handler(async ({ input, context, errors }) => {
      const dropped = await dropListPrice(pool, { input, actor: context.user.id });
      if (!dropped.ok) throw errors.NOT_FOUND();
      return {};
    }),
  };
}
