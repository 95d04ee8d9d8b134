import { z } from 'zod';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { rowsOf } from '../proof/rows.ts';
import { atTerminal, stateBy } from './act-card.ts';
import { cancelledBy, refusalOf, refusedBy, takeBackGoods, worthOf } from './act-returns.ts';
import { grossByHand, nearest, type Reduction, sum, toStep } from './arithmetic.ts';
import { must } from './attempt.ts';
import { busy, cardPart, openOnes, refundDue, standsInTheWay } from './card-model.ts';
import { CASH_STEP, type Client, CREDIT_LIMIT, GIFT_CARD, manager, RATE_PPM } from './counter.ts';
import {
  type AttemptModel,
  add,
  articles,
  type CartModel,
  cartTotals,
  emptyCart,
  type Model,
  shiftOf,
  take,
} from './model.ts';
import { type Doing, type World, wants } from './world.ts';

type Tender = {
  readonly kind: TenderKind;
  readonly amountMinor: number;
  readonly reference?: string;
  readonly attemptId?: string;
  readonly foreign?: { readonly currency: string; readonly foreignMinor: number };
};

/** Whether a cashier needs somebody's PIN for it: more than ten percent of what it is taken from. */
export function isOverLimit(off: Reduction, lines: CartModel['lines']): boolean {
  if (off.kind === 'percent') return off.ratePct3 > 10_000;
  const gross = sum(lines.map(({ article, base }) => grossByHand(articles[article], base)));
  return off.minor > nearest(gross, 10);
}

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
  model.owedMinor += of(tenders, 'account');
  for (const { kind, reference, amountMinor } of tenders)
    if (kind === 'voucher') add(model.vouchers, reference ?? '', -amountMinor);
  model.foreignMinor += sum(tenders.map(({ foreign }) => foreign?.foreignMinor ?? 0));
}

const kinds = ['cash', 'card', 'mobile', 'account', 'voucher', 'exchange'] as const;
const of = (tenders: readonly Tender[], wanted: TenderKind): number =>
  sum(tenders.flatMap(({ kind, amountMinor }) => (kind === wanted ? [amountMinor] : [])));

/** What the customer puts on the counter: what the terminal took, the shares of the total, then cash for the rest. */
function tendersOf(
  model: Model,
  { shares, cash, held, exchange, beyond, ...move }: Doing<'pay'>['move'],
): readonly Tender[] {
  const { totalMinor } = cartTotals(model);
  const given: Tender[] = [];
  let restMinor = totalMinor;
  const [code, balanceMinor] = [...model.vouchers][move.voucher % model.vouchers.size] ?? ['', 0];
  const put = (kind: TenderKind, wantedMinor: number): void => {
    const amountMinor = beyond ? wantedMinor : Math.min(wantedMinor, restMinor);
    if (amountMinor <= 0) return;
    given.push({ kind, amountMinor, ...(kind === 'voucher' && { reference: code }) });
    restMinor -= amountMinor;
  };
  if (exchange && model.exchange) put('exchange', Math.min(model.exchange.worthMinor, totalMinor));
  for (const { id: attemptId, amountMinor } of heldOf(model, held)) {
    if (held === 'open' && amountMinor > restMinor) continue;
    given.push({ kind: 'card', amountMinor, attemptId });
    restMinor -= amountMinor;
  }
  const voucherMinor = nearest(totalMinor * shares.voucher, 100);
  put('voucher', beyond ? voucherMinor : Math.min(voucherMinor, balanceMinor));
  for (const kind of ['account', 'card', 'mobile'] as const)
    put(kind, nearest(totalMinor * shares[kind], 100));
  if (cash === 'none' || (restMinor === 0 && given.length > 0)) return given;
  const dueMinor = toStep(Math.max(0, restMinor), CASH_STEP);
  const handedMinor = { exact: dueMinor, over: dueMinor + 365, short: Math.max(0, dueMinor - 5) }[cash];
  if (move.foreign === 'no' || handedMinor === 0)
    return [...given, { kind: 'cash', amountMinor: handedMinor }];
  const foreignMinor = Math.ceil((handedMinor * 1_000_000) / RATE_PPM);
  const amountMinor = worthOfForeign(foreignMinor) + (move.foreign === 'wrong' ? 1 : 0);
  return [...given, { kind: 'cash', amountMinor, foreign: { currency: 'USD', foreignMinor } }];
}

const worthOfForeign = (foreignMinor: number): number => nearest(foreignMinor * RATE_PPM, 1_000_000);

function heldOf(model: Model, held: Doing<'pay'>['move']['held']): readonly AttemptModel[] {
  const last = model.attempts.findLast(({ kind }) => kind === 'charge');
  if (held === 'last') return last ? [last] : [];
  if (held === 'none') return [];
  return openOnes(model).filter(({ kind, state }) => kind === 'charge' && state === 'approved');
}

type Verdict =
  | { readonly code: string }
  | {
      readonly code: null;
      /** What the terminal gives back beside the sale. */
      readonly askMinor: number;
      readonly changeMinor: number;
      readonly roundingMinor: number;
    };

/** What must come of these tenders. */
function verdict(
  model: Model,
  paying: { move: Doing<'pay'>['move']; tenders: readonly Tender[]; totalMinor: number },
): Verdict {
  const { move, tenders, totalMinor } = paying;
  if (model.cart.lines.length === 0) return { code: 'EMPTY_CART' };
  if (move.offTotal !== 0) return { code: 'TOTAL_CHANGED' };
  const { askMinor, ...exchanged } = exchangeVerdict(model, { tenders, totalMinor });
  const money = settled(tenders, totalMinor);
  const code =
    (askMinor === null ? null : money.code) ??
    exchanged.code ??
    cardFault(model, tenders) ??
    money.code ??
    (tenders.some(isMisvalued) ? 'FOREIGN_RATE' : null) ??
    creditFault(model, { tenders, pin: move.pin });
  if (code !== null || money.code !== null) return { code: code ?? '' };
  return {
    code,
    askMinor: askMinor ?? 0,
    changeMinor: money.changeMinor,
    roundingMinor: money.roundingMinor,
  };
}

function settled(tenders: readonly Tender[], totalMinor: number) {
  const cashMinor = of(tenders, 'cash');
  const restMinor = totalMinor - (sum(tenders.map((tender) => tender.amountMinor)) - cashMinor);
  if (restMinor < 0) return { code: 'OVERPAID' } as const;
  const hasCash = tenders.some(({ kind }) => kind === 'cash');
  const dueMinor = hasCash ? toStep(restMinor, CASH_STEP) : restMinor;
  if (cashMinor < dueMinor) return { code: 'UNDERPAID' } as const;
  return { code: null, changeMinor: cashMinor - dueMinor, roundingMinor: dueMinor - restMinor };
}

function creditFault(
  model: Model,
  { tenders, pin }: { tenders: readonly Tender[]; pin: boolean },
): string | null {
  const chargedMinor = of(tenders, 'account');
  if (chargedMinor > 0) {
    if (!model.cart.customer) return 'ACCOUNT_NEEDS_CUSTOMER';
    const roomMinor = Math.max(0, CREDIT_LIMIT - model.owedMinor);
    if (chargedMinor > roomMinor && !pin) return 'ACCOUNT_LIMIT';
  }
  const short = ({ kind, reference, amountMinor }: Tender) =>
    kind === 'voucher' && amountMinor > (model.vouchers.get(reference ?? '') ?? 0);
  if (tenders.some(short)) return 'VOUCHER_BALANCE';
  return spoilsExchange(model, tenders) ? 'EXCHANGE_CHANGED' : null;
}

/** A gift card that is to come back pays of the sale its value is to pay. */
function spoilsExchange(model: Model, tenders: readonly Tender[]): boolean {
  const { exchange } = model;
  const sale = model.sales.find(({ saleId }) => saleId === exchange?.saleId);
  if (!exchange || !sale || of(tenders, 'exchange') === 0) return false;
  const vouchers = new Map(model.vouchers);
  for (const { kind, reference, amountMinor } of tenders)
    if (kind === 'voucher') add(vouchers, reference ?? '', -amountMinor);
  return cancelledBy({ ...model, vouchers }, sale, exchange.wishes) === null;
}

const isMisvalued = ({ foreign, amountMinor }: Tender): boolean =>
  foreign !== undefined && amountMinor !== worthOfForeign(foreign.foreignMinor);

/**
 * A terminal's money pays one sale; a gift card pays nothing while its money may be going back; a slip is not typed beside
 * an open attempt of the same amount.
 */
function cardFault(model: Model, tenders: readonly Tender[]): string | null {
  const held = tenders.flatMap(({ attemptId }) => attemptId ?? []);
  const going = new Set(model.attempts.flatMap(({ waits }) => waits?.cancelled ?? []));
  if (tenders.some(({ kind, reference = '' }) => kind === 'voucher' && going.has(reference)))
    return 'CARD_UNSETTLED';
  for (const { kind, amountMinor, attemptId } of tenders) {
    if (kind !== 'card') continue;
    if (attemptId === undefined && standsInTheWay(model, amountMinor, held)) return 'CARD_UNSETTLED';
    const isThere = (one: AttemptModel) =>
      one.id === attemptId && one.kind === 'charge' && one.state === 'approved';
    if (attemptId !== undefined && !openOnes(model).some(isThere)) return 'CARD_NOT_TAKEN';
  }
  return null;
}

/**
 * Goods put aside may have come back otherwise, or others of them, since they were valued. `askMinor`: what of them the
 * terminal has to give back beside the sale; null where nothing of them pays.
 */
function exchangeVerdict(
  model: Model,
  { tenders, totalMinor }: { tenders: readonly Tender[]; totalMinor: number },
): { readonly code: string | null; readonly askMinor: number | null } {
  const { exchange } = model;
  const givenMinor = of(tenders, 'exchange');
  const sale = model.sales.find(({ saleId }) => saleId === exchange?.saleId);
  if (givenMinor === 0 || !exchange || !sale) return { code: null, askMinor: null };
  if (refusalOf(model, sale, exchange.wishes) !== null) return { code: 'EXCHANGE_CHANGED', askMinor: 0 };
  const wholeMinor = worthOf(model, sale, exchange.wishes);
  const worthMinor = Math.min(wholeMinor, totalMinor);
  if (worthMinor !== givenMinor) return { code: 'EXCHANGE_CHANGED', askMinor: 0 };
  const due = refundDue(model, sale.saleId, cardPart(sale, wholeMinor, worthMinor));
  if (due.code !== null) return { code: due.code, askMinor: 0 };
  return { code: due.askMinor > 0 ? busy(model) : null, askMinor: due.askMinor };
}

export async function payAccount(world: World, { move, give }: Doing<'pay account'>): Promise<string> {
  const { model, counter } = world;
  const { customerId } = counter;
  const made = await give(({ sales }, commandId) =>
    sales.payAccount({ commandId, customerId, amountMinor: move.minor, tenderKind: move.by, reason: '' }),
  );
  if (!made.ok) return wants(made.code, 'no refusal');
  model.owedMinor -= move.minor;
  must(
    made.value.balanceMinor === model.owedMinor,
    `${model.owedMinor} is owed, not`,
    made.value.balanceMinor,
  );
  add(shiftOf(model).money, move.by, move.minor);
  return 'done';
}
