import type { InPlace } from '#shared/auth/calls.ts';
import type { CardAttemptView } from '#shared/sales/calls-cards.ts';
import {
  type MadeReturnView,
  madeReturn,
  type RefundView,
  type ReturnableSaleView,
} from '#shared/sales/calls-returns.ts';
import type { GivenBack } from '#shared/sales/card-refunds.ts';
import { type CancelledCard, cardsToCancel } from '#shared/sales/gift-card-return.ts';
import { receiptOfReturn } from '#shared/sales/receipt-of-return.ts';
import {
  leftOfLine,
  mayComeLoose,
  type PlannedReturn,
  planReturn,
  type ReturnableSale,
  type ReturnWish,
} from '#shared/sales/return.ts';
import { defaultPlace, placesFor } from '#shared/sales/return-place.ts';
import { reasonText } from '#shared/sales/return-reason.ts';
import { auditChange } from '../audit-change.ts';
import { authorise } from '../authorise.ts';
import type { Counter } from '../counter.ts';
import type { Pins } from '../pins.ts';
import { orRefuse, refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { CardDesk } from './card-desk.ts';
import { voucherOf } from './ledgers.ts';
import type { PrintQueue } from './print-queue.ts';
import type { RefundDraft } from './refund-drafts.ts';
import {
  referencesOf,
  refusePartly,
  refusePlaces,
  returnedBase,
  sumBase,
  vouchersOf,
} from './return-parts.ts';
import { createReturnReader, type MadeReturnRow, type SaleFound, type SoldLineRow } from './return-reader.ts';
import { writeReturn } from './return-write.ts';

export type ReturnDeps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly prints: PrintQueue;
  readonly cards: Pick<CardDesk, 'refundDue' | 'refunded' | 'refund' | 'follow' | 'drafts'>;
};

export type ReturnCommand = {
  readonly commandId: string;
  readonly saleId: string;
  readonly kind: 'return' | 'void';
  readonly lines: readonly ReturnWish[];
  readonly totalMinor: number;
  readonly reason: string;
  readonly note: string;
  readonly reference?: string | undefined;
  readonly inPlace?: InPlace | undefined;
};

/** Who made a return, who agreed to it, and what is said of it. */
type HowMade = Pick<ReturnCommand, 'kind' | 'reason' | 'note' | 'reference'> & {
  readonly actorId: string;
  readonly authorisedBy: string | null;
  readonly exchangeSaleId: string | null;
};

/** A return worked out, with its sale. */
type ToWrite = {
  readonly found: SaleFound;
  readonly rows: readonly SoldLineRow[];
  readonly sale: ReturnableSale;
  readonly earlier: readonly MadeReturnRow[];
  readonly plan: PlannedReturn;
  readonly cancelled: readonly CancelledCard[];
};

export type ReturnDesk = ReturnType<typeof createReturnDesk>;

/** Goods back and money back, by a receipt that is known here. Works without HQ. */
export function createReturnDesk({ counter, sessions, pins, prints, cards }: ReturnDeps) {
  const reader = createReturnReader(counter);

  function load(saleId: string) {
    const loaded = reader.sale(saleId) ?? refuse({ code: 'NOT_FOUND' });
    return { ...loaded, earlier: reader.returnsOf(saleId) };
  }

  function planned({ saleId, lines }: Pick<ReturnCommand, 'saleId' | 'lines'>) {
    const loaded = load(saleId);
    const { cashStepMinor } = counter.shop();
    const plan = orRefuse(planReturn(loaded.sale, loaded.earlier, { lines, cashStepMinor }));
    return { ...loaded, plan, cancelled: giftCards(loaded, lines) };
  }

  /** The gift cards that go with what comes back, or the refusal. */
  function giftCards({ found, rows, earlier }: ReturnType<typeof load>, wishes: readonly ReturnWish[]) {
    return rows.flatMap(({ saleLineId, lineNo, packSize }) => {
      const nowBase = sumBase(wishes.filter((wish) => wish.saleLineId === saleLineId));
      if (nowBase === 0) return [];
      const sold = reader.giftCards(found, lineNo);
      if (sold.length === 0) return [];
      const cards = sold.map((card) => ({ ...card, leftMinor: voucherOf(counter, card.code).balanceMinor }));
      const backBase = returnedBase(saleLineId, earlier);
      return orRefuse(cardsToCancel(cards, { packSize, backBase, nowBase }));
    });
  }

  /** A return as it would be made now, or the refusal. */
  function check(command: Pick<ReturnCommand, 'saleId' | 'lines' | 'kind'>) {
    const checked = planned(command);
    if (command.kind === 'void') refusePartly(checked.plan, checked);
    else refusePlaces(checked.rows, command.lines);
    return checked;
  }

  /** A return as it would be made now; refuses where the money is another than was shown. */
  function checkTotal(command: ReturnCommand) {
    const checked = check(command);
    const { totalMinor } = checked.plan;
    if (totalMinor !== command.totalMinor) refuse({ code: 'TOTAL_CHANGED', totalMinor });
    return checked;
  }

  /** Writes it and queues its receipt, in the caller's transaction. */
  function write(
    { found, rows, sale, plan, cancelled, earlier }: ToWrite,
    { given = [], ...how }: HowMade & { readonly given?: readonly GivenBack[] },
  ): MadeReturnView {
    const articleOf = new Map(rows.map((row) => [row.saleLineId, row]));
    const row = writeReturn(counter, {
      ...{
        planned: plan,
        sale: found,
        saleReceiptNo: found.receiptNo,
        taxMode: sale.taxMode,
        currency: found.currency,
      },
      articles: plan.lines.flatMap((line) => articleOf.get(line.saleLineId ?? '') ?? []),
      ...{ kind: how.kind, actorId: how.actorId, authorisedBy: how.authorisedBy, reason: reasonText(how) },
      exchangeSaleId: how.exchangeSaleId,
      references: referencesOf(how, found.tenders),
      ...{ given, cancelled, vouchers: vouchersOf(found.tenders, earlier) },
      today: counter.today(),
    });
    for (const { id } of given) cards.drafts.drop(id);
    return viewOf(row, plan, { printJobId: addReceipt(row.id, 'receipt'), cancelled });
  }

  /**
   * The terminal is asked for what it took; the return is written when it has given that back, by whatever then says so:
   * this call, a later question, or a person who read the slip.
   */
  async function byTerminal(command: ReturnCommand, how: Pick<HowMade, 'actorId' | 'authorisedBy'>) {
    const { commandId, kind, reason, note, saleId } = command;
    const attempt = await cards.refund({
      ...{ commandId, actorId: how.actorId },
      made: () => {
        const { plan, found, cancelled } = checkTotal(command);
        const { receiptNo } = found;
        const draft = { kind, commandId, saleId, receiptNo, plan, cancelled, reason, note, ...how };
        return { cardMinor: cardPart(plan), draft: draft satisfies RefundDraft };
      },
    });
    return counter.once.answered(commandId, madeReturn) ?? refuseAttempt(attempt);
  }

  /** In the transaction of what became of an attempt: what waited for it is written, or given up. */
  cards.follow((attemptId, outcome) => {
    const draft = cards.drafts.find(attemptId);
    if (!draft) return undefined;
    if (outcome !== 'approved') cards.drafts.drop(attemptId);
    if (outcome !== 'approved' || draft.kind === 'exchange') return undefined;
    const { saleId, plan, cancelled, ...how } = draft;
    const given = cards.refunded(saleId, cardPart(plan), { byHand: true });
    const { commandId } = draft;
    counter.once.run({ what: 'return', commandId, answer: madeReturn }, () =>
      write({ ...load(saleId), plan, cancelled }, { ...how, exchangeSaleId: null, given }),
    );
    return told;
  });

  const addReceipt = (returnId: string, kind: 'receipt' | 'copy'): string =>
    prints.add({ saleId: returnId, kind, doc: docOf(returnId, kind === 'copy') });
  const docOf = (returnId: string, copy: boolean) =>
    receiptOfReturn(reader.made(returnId) ?? refuse({ code: 'NOT_FOUND' }), counter.shop(), {
      copy,
      design: counter.setting('sales.receipt-design'),
    });

  /** Once for each command; then its receipt is printed. */
  function carryOut(what: string, commandId: string, work: () => MadeReturnView): MadeReturnView {
    const { answer } = counter.once.run({ what, commandId, answer: madeReturn }, work);
    told();
    return answer;
  }
  function told(): void {
    for (const topic of ['sync', 'cart'] as const) counter.live.changed(topic);
    prints.kick();
  }

  return {
    carryOut,
    addReceipt,
    check,
    write,
    receipt: (returnId: string, { copy } = { copy: false }) => docOf(returnId, copy),

    find(text: string) {
      sessions.require(counter, 'sales.return');
      return { hits: reader.find(text) };
    },

    sale(saleId: string): ReturnableSaleView {
      sessions.require(counter, 'sales.return');
      const { found, rows, batches, earlier } = load(saleId);
      const chosen = counter.setting('sales.return-place');
      return {
        ...found,
        ownTill: found.tillId === counter.tillId,
        lines: rows.map((row) => {
          const leftBase = leftOfLine(row, earlier);
          return {
            ...row,
            ...{ soldBase: row.qtyBase, leftBase, backBase: returnedBase(row.saleLineId, earlier) },
            breakable: mayComeLoose({ ...row, breakable: row.breakable === 1 }),
            batches: batches.filter((batch) => batch.lineNo === row.lineNo),
            places: [...placesFor(row)],
            defaultPlace: defaultPlace(row, chosen),
          };
        }),
        returnedBefore: earlier,
      };
    },

    quote(wish: Pick<ReturnCommand, 'saleId' | 'lines'>): RefundView {
      sessions.require(counter, 'sales.return');
      const { plan } = planned(wish);
      return refundView(plan, cards.refundDue(wish.saleId, cardPart(plan)));
    },

    refundedBy(attemptId: string): { made: MadeReturnView | null } {
      sessions.require(counter, 'sales.return');
      return { made: reader.byAttempt(attemptId) };
    },

    /** Written, numbered and in the print queue before anything is answered; repeated, it is answered again only. */
    async make(command: ReturnCommand): Promise<MadeReturnView> {
      const before = counter.once.answered(command.commandId, madeReturn);
      if (before) return before;
      const right = command.kind === 'void' ? 'sales.void' : 'sales.return';
      const { actor, authorisedBy } = await authorise({ counter, sessions, pins }, right, command.inPlace);
      const how = { actorId: actor.personId, authorisedBy };
      const { saleId, reference } = command;
      const byHand = reference !== undefined;
      if (!byHand && cards.refundDue(saleId, cardPart(checkTotal(command).plan)) > 0)
        return byTerminal(command, how);
      return carryOut('return', command.commandId, () => {
        const checked = checkTotal(command);
        const given = cards.refunded(saleId, cardPart(checked.plan), { byHand });
        return write(checked, { ...command, ...how, exchangeSaleId: null, given });
      });
    },

    /** Prints the receipt again, with the word COPY, no drawer, and leaves an audit entry. */
    reprint(commandId: string, returnId: string): { printJobId: string } {
      const { personId } = sessions.require(counter, 'sales.reprint');
      const { answer } = counter.once.run({ what: 'reprint', commandId, answer: reprinted }, () => {
        const told = { actorId: personId, action: 'sales.reprint', subjectId: returnId };
        const changes = [auditChange(counter, counter.today(), told)];
        counter.replica.record({ type: 'reprint', actor: personId, subjectId: null, changes });
        return { printJobId: addReceipt(returnId, 'copy') };
      });
      counter.live.changed('sync');
      prints.kick();
      return answer;
    },
  };
}

export const refundView = ({ lines, taxes, ...plan }: PlannedReturn, terminalMinor = 0): RefundView => ({
  ...plan,
  terminalMinor,
  lines: lines.map(({ saleLineId, amountMinor }) => ({ saleLineId, amountMinor })),
  taxes: taxes.map(({ taxPct3, baseMinor, taxMinor }) => ({ taxPct3: [...taxPct3], baseMinor, taxMinor })),
  tenders: [...plan.tenders],
});

export const viewOf = (
  row: { id: string; returnNo: string; kind: MadeReturnView['kind']; at: number },
  {
    totalMinor,
    cashRoundingMinor,
    tenders,
  }: Pick<PlannedReturn, 'totalMinor' | 'cashRoundingMinor' | 'tenders'>,
  { printJobId, cancelled = [] }: { printJobId: string; cancelled?: readonly CancelledCard[] },
): MadeReturnView => ({
  ...{ returnId: row.id, returnNo: row.returnNo, kind: row.kind, at: row.at },
  ...{ totalMinor, cashRoundingMinor, tenders: [...tenders], printJobId },
  cancelled: cancelled.map(({ code }) => code),
});

/** What goes back by card. */
export const cardPart = ({ tenders }: Pick<PlannedReturn, 'tenders'>): number =>
  tenders.reduce((sum, { kind, amountMinor }) => (kind === 'card' ? sum + amountMinor : sum), 0);

/** The terminal did not give the money back, or nobody knows. */
export function refuseAttempt({ attemptId, amountMinor, state, reason }: CardAttemptView): never {
  if (state === 'declined' || state === 'not-charged')
    return refuse({ code: 'CARD_REFUSED', kind: 'refund', state, reason });
  return refuse({ code: 'CARD_UNSETTLED', attemptId, amountMinor });
}

const reprinted = madeReturn.pick({ printJobId: true });
