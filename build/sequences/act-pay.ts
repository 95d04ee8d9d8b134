import { z } from 'zod';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { rowsOf } from '../proof/rows.ts';
import { cancelledBy, refusedBy, takeBackGoods } from './act-returns.ts';
import { type HandTotals, POINT, sum } from './arithmetic.ts';
import { atTerminal, stateBy } from './at-terminal.ts';
import { must } from './attempt.ts';
import { type Client, manager } from './counter.ts';
import { add, cartTotals, emptyCart, type Model, type SaleModel, shiftOf, take } from './model.ts';
import { GIFT_CARD } from './terms.ts';
import { of, type Tender, tendersOf, type Verdict, verdict } from './verdict.ts';
import { type Doing, type World, wants } from './world.ts';

export async function pay(world: World, { move, give }: Doing<'pay'>): Promise<string> {
  const { model } = world;
  const { totalMinor } = cartTotals(model);
  const tenders = tendersOf(model, move);
  const meant = verdict(model, { move, tenders, totalMinor });
  // Whoever waits for this sale's money does nothing meanwhile.
  const manner = move.manner === 'slow' ? 'late' : move.manner;
  return atTerminal(
    world,
    ({ sales }, commandId) =>
      sales.pay({
        ...{ commandId, totalMinor: totalMinor + move.offTotal, tenders: [...tenders] },
        ...(move.pin && { agreed: manager }),
      }),
    {
      ...{ manner, of: { saleId: model.exchange?.saleId ?? null }, give },
      async finish(outcome, attempt) {
        if (!attempt && !outcome.ok) {
          if (outcome.code === 'NONE_ON_HAND') return outcome.code;
          return wants(outcome.code, meant.code ?? 'no refusal');
        }
        if (meant.code !== null) return wants('no refusal', meant.code);
        must(
          (attempt?.amountMinor ?? 0) === meant.askMinor,
          `the terminal gives ${meant.askMinor}, not`,
          attempt,
        );
        if (attempt) attempt.state = outcome.ok ? 'approved' : stateBy(world, attempt, manner);
        if (attempt && outcome.ok)
          must(manner === 'prompt', 'paid without what the terminal gives:', attempt);
        if (outcome.ok) return paid(world, { tenders, meant, made: outcome.value });
        return attempt ? refusedBy(attempt, outcome.code) : outcome.code;
      },
    },
  );
}

type Paid = {
  readonly tenders: readonly Tender[];
  readonly meant: Extract<Verdict, { readonly code: null }>;
  readonly made: Awaited<ReturnType<Client['sales']['pay']>>;
};

/** The books after a sale. */
async function paid(world: World, { tenders, meant, made }: Paid): Promise<string> {
  const { model, counter } = world;
  const { cart } = model;
  const totals = cartTotals(model);
  const { totalMinor } = totals;
  const { saleId, changeMinor, cashRoundingMinor, receiptNo } = made;
  const told = [made.totalMinor, changeMinor, cashRoundingMinor, Number(receiptNo.split('-').at(-1))];
  const { roundingMinor } = meant;
  const should = [totalMinor, meant.changeMinor, roundingMinor, model.sales.length + 1];
  must(
    JSON.stringify(told) === JSON.stringify(should),
    `total, change, rounding, number: ${should}, not`,
    told,
  );
  const { lines } = await counter.client().sales.returns.sale({ saleId });
  const cards = giftCards(world, saleId);
  model.sales.push({
    ...{ saleId, customer: cart.customer, totalMinor, back: new Map(), backMinor: 0 },
    points: earn(model, totals),
    cashKeptMinor: of(tenders, 'cash') - changeMinor,
    paid: new Map(kinds.map((kind) => [kind, of(tenders, kind)])),
    voucher: tenders.find(({ kind }) => kind === 'voucher')?.reference ?? null,
    lines: cart.lines.map(({ article, base }, i) => ({
      ...{ saleLineId: lines[i]?.saleLineId ?? '', article, base },
      ...{ amountMinor: totals.lines[i]?.amountMinor ?? 0, taxMinor: totals.lines[i]?.taxMinor ?? 0 },
      ...{ backBase: 0, backAmountMinor: 0, backTaxMinor: 0 },
      cards: article === 'gift card' ? cards : [],
    })),
  });
  for (const { article, base } of cart.lines) add(model.gone, article, base);
  const taken = new Set(tenders.flatMap(({ attemptId }) => attemptId ?? []));
  for (const attempt of model.attempts) if (taken.has(attempt.id)) attempt.saleId = saleId;
  receive(model, { tenders, changeMinor });
  model.day.sales += 1;
  model.day.totalMinor += totalMinor;
  model.day.taxMinor += totals.taxMinor;
  model.day.roundingMinor += roundingMinor;
  model.grandTotalMinor += totalMinor;
  if (of(tenders, 'exchange') > 0) await takeExchange(world, saleId);
  take(model, emptyCart);
  const terminal = tenders.some(({ attemptId }) => attemptId !== undefined) ? ['terminal'] : [];
  return [...new Set([...tenders.map(({ kind }) => kind), ...terminal])].toSorted().join('+');
}

/** A point for every whole so much that is paid, and those that took something off are gone. */
function earn({ cart, points }: Model, { totalMinor, pointsUsed: used }: HandTotals): SaleModel['points'] {
  if (cart.customer === null) return { earned: 0, used: 0 };
  const earned = Math.floor(totalMinor / POINT.perMinor);
  add(points, cart.customer, earned - used);
  return { earned, used };
}

/** One for each that was sold, worth its price. */
function giftCards({ counter, model }: World, saleId: string): readonly string[] {
  const cards = rowsOf(counter.db(), ISSUED, saleId).map((row) => issued.parse(row).code);
  const sold = sum(model.cart.lines.map(({ article, base }) => (article === 'gift card' ? base : 0)));
  must(cards.length === sold, `${sold} gift cards were sold, not`, cards);
  for (const code of cards) model.vouchers.set(code, GIFT_CARD.minor);
  return cards;
}
const ISSUED = `SELECT code FROM voucher_entry WHERE document_id = ? AND kind = 'issue' ORDER BY code`;
const issued = z.object({ code: z.string() });

/** What was put aside came back in the same go; what it gave back stands in the books of the till. */
async function takeExchange({ model, counter }: World, saleId: string): Promise<void> {
  const { exchange } = model;
  const sold = model.sales.find((one) => one.saleId === exchange?.saleId);
  if (!exchange || !sold) throw new Error('only an exchange pays by exchange');
  const cancelled = cancelledBy(model, sold, exchange.wishes) ?? [];
  model.exchange = null;
  const rows = counter
    .db()
    .prepare<[string], { kind: TenderKind; amountMinor: number; roundingMinor: number; returnNo: string }>(
      `SELECT t.kind, t.amount_minor AS amountMinor, r.cash_rounding_minor AS roundingMinor, r.return_no AS returnNo
       FROM refund_tender t JOIN sale_return r ON r.id = t.return_id
       WHERE r.id IN (SELECT return_id FROM refund_tender WHERE exchange_sale_id = ?)`,
    )
    .all(saleId);
  const [{ roundingMinor: cashRoundingMinor, returnNo } = { roundingMinor: 0, returnNo: '' }] = rows;
  const made = { tenders: rows, cashRoundingMinor, returnNo, cancelled };
  takeBackGoods(model, { ...exchange, cancelled, made });
}

function receive(
  model: Model,
  { tenders, changeMinor }: { tenders: readonly Tender[]; changeMinor: number },
): void {
  const { money } = shiftOf(model);
  for (const { kind, amountMinor } of [...tenders, { kind: 'cash' as const, amountMinor: -changeMinor }]) {
    add(money, kind, amountMinor);
    add(model.dayTenders, kind, amountMinor);
  }
  if (model.cart.customer) add(model.owed, model.cart.customer, of(tenders, 'account'));
  for (const { kind, reference, amountMinor } of tenders)
    if (kind === 'voucher') add(model.vouchers, reference ?? '', -amountMinor);
  model.foreignMinor += sum(tenders.map(({ foreign }) => foreign?.foreignMinor ?? 0));
}

const kinds = ['cash', 'card', 'mobile', 'account', 'voucher', 'exchange'] as const;

export async function payAccount(world: World, { move, give }: Doing<'pay account'>): Promise<string> {
  const { model, counter } = world;
  const customerId = counter.customers.nora;
  const made = await give(({ sales }, commandId) =>
    sales.payAccount({ commandId, customerId, amountMinor: move.minor, tenderKind: move.by, reason: '' }),
  );
  if (!made.ok) return wants(made.code, 'no refusal');
  add(model.owed, 'nora', -move.minor);
  const owedMinor = model.owed.get('nora');
  must(made.value.balanceMinor === owedMinor, `${owedMinor} is owed, not`, made.value.balanceMinor);
  add(shiftOf(model).money, move.by, move.minor);
  return 'done';
}
