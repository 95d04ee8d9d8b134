import { ORPCError } from '@orpc/server';
import { z } from 'zod';
import { sumMinor } from '#shared/kernel/money.ts';
import type { ExchangeView } from '#shared/sales/calls-returns.ts';
import type { TenderPart } from '#shared/sales/return.ts';
import { exchangeTenders } from '#shared/sales/return-exchange.ts';
import { returnPlaces } from '#shared/sales/tables-returns.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { CardDesk } from './card-desk.ts';
import type { TenderGiven } from './complete-sale.ts';
import { cardPart, type ReturnDesk, refuseAttempt } from './returns.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly returns: ReturnDesk;
  readonly cards: Pick<CardDesk, 'refundDue' | 'refunded' | 'refund'>;
};

export type ExchangeWish = Omit<z.infer<typeof kept>, 'worthMinor'>;
export type Exchange = ReturnType<typeof createExchange>;

/**
 * A return whose value pays the next sale. It lies on the till's disk beside the sale in progress until that is paid;
 * then both are written in one transaction, and until then nothing has come back.
 */
export function createExchange({ counter, sessions, returns, cards }: Deps) {
  const { db, clock, live } = counter;
  const select = db.prepare<[], string>(`SELECT content FROM cart WHERE id = 'exchange'`).pluck();
  const upsert = db.prepare(
    `INSERT INTO cart (id, content, updated_at) VALUES ('exchange', ?, ?)
     ON CONFLICT (id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at`,
  );
  const remove = db.prepare(`DELETE FROM cart WHERE id = 'exchange'`);
  // Through the day of the sale, which has an index: a return is of the day of the sale it pays.
  const beside = db.prepare<[string, string], TenderPart>(
    `SELECT b.kind, b.amount_minor AS amountMinor FROM sale s JOIN sale_return r ON r.business_date = s.business_date
       JOIN refund_tender x ON x.return_id = r.id AND x.exchange_sale_id = ?
       JOIN refund_tender b ON b.return_id = r.id AND b.kind <> 'exchange' WHERE s.id = ? ORDER BY b.line_no`,
  );
  const read = (): z.infer<typeof kept> | null => {
    const content = select.get();
    return content === undefined ? null : kept.parse(JSON.parse(content));
  };
  const view = (): ExchangeView => {
    const waiting = read();
    return { exchange: waiting && { saleId: waiting.saleId, worthMinor: waiting.worthMinor } };
  };

  /** Null where what was put aside has come back in another way meanwhile: then it pays nothing. */
  function asItIsNow(waiting: ExchangeWish) {
    try {
      return returns.check({ ...waiting, kind: 'return' });
    } catch (problem) {
      if (problem instanceof ORPCError) return null;
      throw problem;
    }
  }

  return {
    view,
    /** What went back beside the sale it paid. */
    beside: (saleId: string) => beside.all(saleId, saleId),
    /** Puts a return aside for the next sale; one more replaces it. Repeated it is the same. */
    prepare(wish: ExchangeWish): ExchangeView {
      sessions.require(counter, 'sales.return');
      const { plan } = returns.check({ ...wish, kind: 'return' });
      counter.transact('exchange', () =>
        upsert.run(JSON.stringify({ ...wish, worthMinor: plan.totalMinor }), clock.nowMs()),
      );
      live.changed('cart');
      return view();
    },
    drop(): ExchangeView {
      sessions.require(counter, 'sales.return');
      counter.transact('exchange', () => remove.run());
      live.changed('cart');
      return view();
    },
    /**
     * Before the sale it pays is written: what goes back to a card beside it the terminal gives back first, where it took
     * it. Refuses where it does not, or nobody knows; what it gave is taken when the sale is paid after all.
     */
    async giveBack({ commandId, actorId, payMinor, tenders }: GiveBack): Promise<void> {
      const { checked, waiting } = valued(tenders, payMinor) ?? {};
      if (!checked || !waiting) return;
      const { saleId } = waiting;
      const cardMinor = cardPart(restOf(checked, payMinor));
      if (cards.refundDue(saleId, cardMinor) === 0) return;
      const { receiptNo } = checked.found;
      const draft = { kind: 'exchange' as const, saleId, receiptNo };
      const attempt = await cards.refund({ commandId, actorId, made: () => ({ cardMinor, draft }) });
      if (attempt.state !== 'approved') refuseAttempt(attempt);
    },
    /**
     * In the transaction of the sale it pays: the return as it is now. The tenders must bring exactly what it is worth
     * to that sale, and none may where nothing was put aside.
     */
    settle(paid: RowOf<'sale'>, tenders: readonly TenderGiven[]): void {
      const { checked, waiting } = valued(tenders, paid.totalMinor) ?? {};
      if (!checked || !waiting) return;
      const { saleId } = waiting;
      const plan = { ...checked.plan, ...restOf(checked, paid.totalMinor) };
      const given = cards.refunded(saleId, cardPart(plan));
      returns.write(
        { ...checked, plan },
        {
          ...{ ...waiting, kind: 'return', actorId: paid.cashierId, authorisedBy: null },
          ...{ exchangeSaleId: paid.id, given },
        },
      );
      remove.run();
    },
  };

  /** What was put aside, where these tenders take it: they must bring exactly what it is worth to the sale. */
  function valued(tenders: readonly TenderGiven[], payMinor: number) {
    const given = sumMinor(tenders.map((one) => (one.kind === 'exchange' ? one.amountMinor : 0)));
    const waiting = read();
    if (!waiting && given > 0) refuse({ code: 'EXCHANGE_CHANGED', worthMinor: 0 });
    if (!waiting || given === 0) return null;
    const checked = asItIsNow(waiting) ?? refuse({ code: 'EXCHANGE_CHANGED', worthMinor: 0 });
    const worthMinor = Math.min(checked.plan.totalMinor, payMinor);
    if (given !== worthMinor) refuse({ code: 'EXCHANGE_CHANGED', worthMinor });
    return { waiting, checked };
  }
  function restOf(checked: ReturnType<ReturnDesk['check']>, payMinor: number) {
    const { cashStepMinor } = counter.shop();
    return exchangeTenders(checked.plan, { ...checked, payMinor, cashStepMinor });
  }
}

type GiveBack = {
  readonly commandId: string;
  readonly actorId: string;
  /** What the sale costs. */
  readonly payMinor: number;
  readonly tenders: readonly TenderGiven[];
};

const kept = z.object({
  saleId: z.string(),
  lines: z.array(
    z.object({
      ...{ saleLineId: z.string(), qtyBase: z.int(), place: z.enum(returnPlaces) },
      batchId: z.string().optional(),
    }),
  ),
  reason: z.string(),
  note: z.string(),
  worthMinor: z.int(),
});
