import { z } from 'zod';
import type { InPlace } from '#shared/auth/calls.ts';
import type { Permission } from '#shared/auth/permissions.ts';
import { saleView } from '#shared/sales/calls.ts';
import { nextCart } from '#shared/sales/cart.ts';
import { agreeDiscounts, hasUnagreedDiscount } from '#shared/sales/discount-limit.ts';
import { receiptOfSale } from '#shared/sales/receipt-of-sale.ts';
import { auditChange } from '../audit-change.ts';
import type { Counter, Today } from '../counter.ts';
import type { Pins } from '../pins.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { CardDesk } from './card-desk.ts';
import type { CartDesk } from './cart-desk.ts';
import { isBlocked, refuseBlocked, settleTenders, type TenderGiven, writeSale } from './complete-sale.ts';
import type { PrintQueue } from './print-queue.ts';
import type { SaleReader } from './read-sales.ts';
import type { Exchange } from './returns-exchange.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly desk: CartDesk;
  readonly sales: SaleReader;
  readonly prints: PrintQueue;
  readonly exchange: Pick<Exchange, 'settle' | 'giveBack'>;
  readonly cards: Pick<CardDesk, 'approved'>;
};

export type PayCommand = {
  readonly commandId: string;
  readonly totalMinor: number;
  readonly tenders: readonly TenderGiven[];
  readonly pharmacist?: InPlace | undefined;
  readonly agreed?: InPlace | undefined;
};

type Paid = z.infer<typeof paid>;
const paid = saleView.extend({ printJobId: z.string() });
const reprinted = z.object({ printJobId: z.string() });

/** Completing sales, and what can be done with a completed one. */
export function createCounterSales({ counter, sessions, pins, desk, sales, prints, exchange, cards }: Deps) {
  const { once } = counter;
  const underWay = new Map<string, Promise<Paid>>();

  /** A sale as it is now, with its receipt's print job, out of what was stored when it was paid. */
  const asPaid = (stored: Paid): Paid => ({
    ...stored,
    ...sales.view(stored.saleId),
  });

  return {
    /**
     * The sale is on disk, with its number, its stock and its print job, before anything is printed or answered. A
     * command repeated while it is being carried out waits for the same answer.
     */
    pay(command: PayCommand): Promise<Paid> {
      const running = underWay.get(command.commandId);
      if (running) return running;
      const started = complete(command).finally(() => underWay.delete(command.commandId));
      underWay.set(command.commandId, started);
      return started;
    },

    /** Prints the receipt again, with the word COPY and an audit entry; one that never came out is printed at last. */
    reprint(commandId: string, saleId: string): { printJobId: string } {
      const { personId } = sessions.require(counter, 'sales.reprint');
      const { answer } = once.run({ what: 'reprint', commandId, answer: reprinted }, () => {
        // A receipt that certainly left no paper is no copy when it is printed.
        const unprinted = prints.failedOf(saleId);
        if (unprinted !== null && prints.again(unprinted)) return { printJobId: unprinted };
        const told = { actorId: personId, action: 'sales.reprint', subjectId: saleId };
        const changes = [auditChange(counter, counter.today(), told)];
        counter.replica.record({ type: 'reprint', actor: personId, subjectId: null, changes });
        return { printJobId: addReceipt(saleId, 'copy') };
      });
      counter.live.changed('sync');
      prints.kick();
      return answer;
    },

    receipt: (saleId: string, { copy }: { copy: boolean }) => docOf(saleId, copy),
  };

  async function pinOf(person: InPlace | undefined) {
    return person ? pins.check(counter, person.personId, person.pin) : null;
  }

  async function complete({ commandId, totalMinor, tenders, ...others }: PayCommand): Promise<Paid> {
    const cashier = sessions.require(counter, 'sales.sell');
    const before = once.answered(commandId, paid);
    if (before) return asPaid(before);
    const answering = await pinOf(others.pharmacist);
    const agreeing = await pinOf(others.agreed);
    const rights = new Set<Permission>([...cashier.permissions, ...(answering?.permissions ?? [])]);
    const creditRights = new Set<Permission>([...cashier.permissions, ...(agreeing?.permissions ?? [])]);
    const agreer = [cashier, agreeing].find((one) => one?.permissions.includes('sales.discount.over-limit'));
    /** The cart, with the discounts in it agreed to by who may: an amount that was small for ten packs is all of one. */
    const agreedIn = (today: Today) => {
      const asked = desk.read();
      const priced = desk.price(asked, today);
      const limitPct3 = counter.setting('sales.discount-limit');
      if (!agreer || !hasUnagreedDiscount(asked, priced, limitPct3)) return { cart: asked, priced };
      const cart = agreeDiscounts(asked, priced, { limitPct3, by: agreer.personId });
      return { cart, priced: desk.price(cart, today) };
    };
    /** The sale as it would be paid now, or why it may not. */
    const payable = () => {
      const today = counter.today();
      const { cart, priced } = agreedIn(today);
      refuseBlocked(counter, { cart, priced, rights });
      if (priced.totals.totalMinor !== totalMinor)
        refuse({ code: 'TOTAL_CHANGED', totalMinor: priced.totals.totalMinor });
      return { today, cart, priced };
    };
    if (tenders.some(({ kind }) => kind === 'exchange')) {
      payable();
      settleTenders(totalMinor, tenders, counter.shop().cashStepMinor);
      await exchange.giveBack({ commandId, actorId: cashier.personId, payMinor: totalMinor, tenders });
    }
    const { answer, fresh } = once.run({ what: 'sale', commandId, answer: paid }, () => {
      const { today, cart, priced } = payable();
      const needed = isBlocked(counter, { priced, rights: new Set(cashier.permissions) });
      const sale = writeSale(counter, {
        cart,
        priced,
        tenders: cards.approved(tenders),
        cashier,
        rights,
        creditRights,
        agreedBy: agreeing?.personId ?? null,
        pharmacistId: answering && needed ? answering.personId : null,
        today,
      });
      exchange.settle(sale, tenders);
      desk.write(nextCart(cart));
      const printJobId = addReceipt(sale.id, 'receipt');
      const view = sales.view(sale.id);
      if (!view) throw new Error('a sale just written can be read');
      return { ...view, printJobId };
    });
    for (const topic of ['cart', 'cards', 'sync'] as const) counter.live.changed(topic);
    prints.kick();
    return fresh ? answer : asPaid(answer);
  }

  function addReceipt(saleId: string, kind: 'receipt' | 'copy'): string {
    return prints.add({ saleId, kind, doc: docOf(saleId, kind === 'copy') });
  }

  function docOf(saleId: string, copy: boolean) {
    const sold = sales.sold(saleId) ?? refuse({ code: 'NOT_FOUND' });
    const design = counter.setting('sales.receipt-design');
    return receiptOfSale(sold, counter.shop(), { copy, design });
  }
}
