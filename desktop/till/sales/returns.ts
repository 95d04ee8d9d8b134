import type { InPlace } from '#shared/auth/calls.ts';
import {
  type MadeReturnView,
  madeReturn,
  type RefundView,
  type ReturnableSaleView,
} from '#shared/sales/calls-returns.ts';
import { receiptOfReturn } from '#shared/sales/receipt-of-return.ts';
import { leftOfLine, type PlannedReturn, planReturn, type ReturnWish } from '#shared/sales/return.ts';
import { defaultPlace, placesFor } from '#shared/sales/return-place.ts';
import { auditChange } from '../audit-change.ts';
import { authorise } from '../authorise.ts';
import type { Counter } from '../counter.ts';
import type { Pins } from '../pins.ts';
import { orRefuse, refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { PrintQueue } from './print-queue.ts';
import { createReturnReader, type MadeReturnRow } from './return-reader.ts';
import { writeReturn } from './return-write.ts';

export type ReturnDeps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly prints: PrintQueue;
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

export type ReturnDesk = ReturnType<typeof createReturnDesk>;

/** Goods back and money back, by a receipt that is known here. Works without HQ. */
export function createReturnDesk({ counter, sessions, pins, prints }: ReturnDeps) {
  const reader = createReturnReader(counter);

  function load(saleId: string) {
    const loaded = reader.sale(saleId) ?? refuse({ code: 'NOT_FOUND' });
    return { ...loaded, earlier: reader.returnsOf(saleId) };
  }

  function planned({ saleId, lines }: Pick<ReturnCommand, 'saleId' | 'lines'>) {
    const loaded = load(saleId);
    const { cashStepMinor } = counter.shop();
    return { ...loaded, plan: orRefuse(planReturn(loaded.sale, loaded.earlier, { lines, cashStepMinor })) };
  }

  /** A return as it would be made now, or the refusal. */
  function check(command: Pick<ReturnCommand, 'saleId' | 'lines' | 'kind'>) {
    const checked = planned(command);
    if (command.kind === 'void') refusePartly(checked.plan, checked);
    else refusePlaces(checked.rows, command.lines);
    return checked;
  }

  function make(command: ReturnCommand, authorisedBy: string | null, actorId: string): MadeReturnView {
    const checked = check(command);
    const { plan } = checked;
    if (plan.totalMinor !== command.totalMinor)
      refuse({ code: 'TOTAL_CHANGED', totalMinor: plan.totalMinor });
    return write(checked, { ...command, actorId, authorisedBy, exchangeSaleId: null });
  }

  /** Writes it and queues its receipt, in the caller's transaction. */
  function write({ found, rows, sale, plan }: ReturnType<typeof planned>, how: HowMade): MadeReturnView {
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
      today: counter.today(),
    });
    return viewOf(row, plan, addReceipt(row.id, 'receipt'));
  }

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
    for (const topic of ['sync', 'cart'] as const) counter.live.changed(topic);
    prints.kick();
    return answer;
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
      return refundView(planned(wish).plan);
    },

    /** Written, numbered and in the print queue before anything is answered; repeated, it is answered again only. */
    async make(command: ReturnCommand): Promise<MadeReturnView> {
      const before = counter.once.answered(command.commandId, madeReturn);
      if (before) return before;
      const right = command.kind === 'void' ? 'sales.void' : 'sales.return';
      const { actor, authorisedBy } = await authorise({ counter, sessions, pins }, right, command.inPlace);
      return carryOut('return', command.commandId, () => make(command, authorisedBy, actor.personId));
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

export const refundView = ({ lines, taxes, ...plan }: PlannedReturn): RefundView => ({
  ...plan,
  lines: lines.map(({ saleLineId, amountMinor }) => ({ saleLineId, amountMinor })),
  taxes: taxes.map(({ taxPct3, baseMinor, taxMinor }) => ({ taxPct3: [...taxPct3], baseMinor, taxMinor })),
  tenders: [...plan.tenders],
});

export const viewOf = (
  row: { id: string; returnNo: string; kind: MadeReturnView['kind']; at: number },
  { totalMinor, cashRoundingMinor, tenders }: PlannedReturn,
  printJobId: string,
): MadeReturnView => ({
  ...{ returnId: row.id, returnNo: row.returnNo, kind: row.kind, at: row.at },
  ...{ totalMinor, cashRoundingMinor, tenders: [...tenders], printJobId },
});

export const reasonText = ({ reason, note }: { readonly reason: string; readonly note: string }): string =>
  note === '' ? reason : `${reason}: ${note}`;

const returnedBase = (saleLineId: string, earlier: readonly MadeReturnRow[]): number =>
  earlier
    .flatMap((made) => made.lines)
    .reduce((sum, line) => (line.saleLineId === saleLineId ? sum + line.qtyBase : sum), 0);

/** A void takes back all of a sale of which nothing came back before. */
function refusePartly(
  plan: PlannedReturn,
  {
    earlier,
    sale,
  }: {
    readonly earlier: readonly MadeReturnRow[];
    readonly sale: { readonly lines: readonly { qtyBase: number }[] };
  },
): void {
  const qty = (lines: readonly { readonly qtyBase: number }[]) =>
    lines.reduce((sum, line) => sum + line.qtyBase, 0);
  if (earlier.length > 0 || qty(plan.lines) !== qty(sale.lines)) refuse({ code: 'RETURNED_BEFORE' });
}

/** Goods of a void never left the counter and may all go back to the shelf; what left it may not. */
function refusePlaces(
  rows: readonly (Parameters<typeof placesFor>[0] & { readonly saleLineId: string; readonly name: string })[],
  wishes: readonly ReturnWish[],
): void {
  for (const { saleLineId, place, qtyBase } of wishes) {
    const row = rows.find((one) => one.saleLineId === saleLineId);
    if (row && qtyBase > 0 && !placesFor(row).includes(place))
      refuse({ code: 'PLACE_FORBIDDEN', name: row.name });
  }
}

/** The slip that was typed stands for card and mobile; a voucher gets back what it paid. */
function referencesOf(
  { reference }: Pick<ReturnCommand, 'reference'>,
  tenders: readonly { readonly kind: string; readonly reference: string | null }[],
): ReadonlyMap<string, string> {
  const known = tenders.flatMap(({ kind, reference: paid }) =>
    paid === null ? [] : [[kind, paid] as const],
  );
  const typed = reference ? (['card', 'mobile'] as const).map((kind) => [kind, reference] as const) : [];
  return new Map([...known, ...typed]);
}

const reprinted = madeReturn.pick({ printJobId: true });
