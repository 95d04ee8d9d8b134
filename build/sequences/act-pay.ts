import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { refusalOf, takeBackGoods, worthOf } from './act-returns.ts';
import { grossByHand, nearest, type Reduction, sum, toStep } from './arithmetic.ts';
import { must } from './attempt.ts';
import { CASH_STEP, CREDIT_LIMIT, manager, VOUCHER } from './counter.ts';
import { add, articles, type CartModel, cartTotals, emptyCart, type Model, shiftOf, take } from './model.ts';
import { type Doing, type World, wants } from './world.ts';

type Tender = { readonly kind: TenderKind; readonly amountMinor: number; readonly reference?: string };

/** Whether a cashier needs somebody's PIN for it: more than ten percent of what it is taken from. */
export function isOverLimit(off: Reduction, lines: CartModel['lines']): boolean {
  if (off.kind === 'percent') return off.ratePct3 > 10_000;
  const gross = sum(lines.map(({ article, base }) => grossByHand(articles[article], base)));
  return off.minor > nearest(gross, 10);
}

export async function pay(world: World, { move, give }: Doing<'pay'>): Promise<string> {
  const { model, counter } = world;
  const totals = cartTotals(model);
  const { totalMinor } = totals;
  const tenders = tendersOf(model, move);
  const meant = verdict(model, { move, tenders, totalMinor });
  const made = await give(({ sales }, commandId) =>
    sales.pay({
      ...{ commandId, totalMinor: totalMinor + move.offTotal, tenders: [...tenders] },
      ...(move.pin && { agreed: manager }),
    }),
  );
  if (!made.ok) {
    if (made.code === 'NONE_ON_HAND') return made.code;
    return wants(made.code, meant.code ?? 'no refusal');
  }
  must(meant.code === null, 'paid, though it should be refused with', meant.code);
  const { saleId, changeMinor, cashRoundingMinor, receiptNo } = made.value;
  const told = [made.value.totalMinor, changeMinor, cashRoundingMinor, Number(receiptNo.split('-').at(-1))];
  const { roundingMinor } = meant;
  const should = [totalMinor, meant.changeMinor, roundingMinor, model.sales.length + 1];
  must(
    JSON.stringify(told) === JSON.stringify(should),
    `total, change, rounding, number: ${should}, not`,
    told,
  );
  const { lines } = await counter.client().sales.returns.sale({ saleId });
  const { cart } = model;
  model.sales.push({
    ...{ saleId, customer: cart.customer, totalMinor, back: new Map(), backMinor: 0 },
    cashKeptMinor: of(tenders, 'cash') - changeMinor,
    paid: new Map(kinds.map((kind) => [kind, of(tenders, kind)])),
    lines: cart.lines.map(({ article, base }, i) => ({
      ...{ saleLineId: lines[i]?.saleLineId ?? '', article, base },
      ...{ amountMinor: totals.lines[i]?.amountMinor ?? 0, taxMinor: totals.lines[i]?.taxMinor ?? 0 },
      ...{ backBase: 0, backAmountMinor: 0, backTaxMinor: 0 },
    })),
  });
  for (const { article, base } of cart.lines) add(model.gone, article, base);
  receive(model, { tenders, changeMinor });
  model.day.sales += 1;
  model.day.totalMinor += totalMinor;
  model.day.taxMinor += totals.taxMinor;
  model.day.roundingMinor += roundingMinor;
  model.grandTotalMinor += totalMinor;
  if (of(tenders, 'exchange') > 0) await takeExchange(world, saleId);
  take(model, emptyCart);
  return [...new Set(tenders.map(({ kind }) => kind))].toSorted().join('+');
}

/** What was put aside came back in the same go; what it gave back stands in the books of the till. */
async function takeExchange({ model, counter }: World, saleId: string): Promise<void> {
  const { exchange } = model;
  if (!exchange) throw new Error('only an exchange pays by exchange');
  model.exchange = null;
  const rows = counter
    .db()
    .prepare<[string], { kind: TenderKind; amountMinor: number; roundingMinor: number }>(
      `SELECT t.kind, t.amount_minor AS amountMinor, r.cash_rounding_minor AS roundingMinor FROM refund_tender t
       JOIN sale_return r ON r.id = t.return_id WHERE r.id IN (SELECT return_id FROM refund_tender WHERE exchange_sale_id = ?)`,
    )
    .all(saleId);
  takeBackGoods(model, { ...exchange, tenders: rows, roundingMinor: rows[0]?.roundingMinor ?? 0 });
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
  model.voucherMinor -= of(tenders, 'voucher');
}

const kinds = ['cash', 'card', 'mobile', 'account', 'voucher', 'exchange'] as const;
const of = (tenders: readonly Tender[], wanted: TenderKind): number =>
  sum(tenders.flatMap(({ kind, amountMinor }) => (kind === wanted ? [amountMinor] : [])));

/** What the customer puts on the counter: the shares of the total, then cash for the rest. */
function tendersOf(
  model: Model,
  { shares, cash, exchange, beyond }: Doing<'pay'>['move'],
): readonly Tender[] {
  const { totalMinor } = cartTotals(model);
  const given: Tender[] = [];
  let restMinor = totalMinor;
  const put = (kind: TenderKind, wantedMinor: number): void => {
    const amountMinor = beyond ? wantedMinor : Math.min(wantedMinor, restMinor);
    if (amountMinor <= 0) return;
    given.push({ kind, amountMinor, ...(kind === 'voucher' && { reference: VOUCHER.code }) });
    restMinor -= amountMinor;
  };
  if (exchange && model.exchange) put('exchange', Math.min(model.exchange.worthMinor, totalMinor));
  const voucherMinor = nearest(totalMinor * shares.voucher, 100);
  put('voucher', beyond ? voucherMinor : Math.min(voucherMinor, model.voucherMinor));
  for (const kind of ['account', 'card', 'mobile'] as const)
    put(kind, nearest(totalMinor * shares[kind], 100));
  if (cash === 'none' || (restMinor === 0 && given.length > 0)) return given;
  const dueMinor = toStep(Math.max(0, restMinor), CASH_STEP);
  const handedMinor = { exact: dueMinor, over: dueMinor + 365, short: Math.max(0, dueMinor - 5) }[cash];
  return [...given, { kind: 'cash', amountMinor: handedMinor }];
}

type Verdict = { readonly code: string | null; readonly changeMinor: number; readonly roundingMinor: number };
const refused = (code: string): Verdict => ({ code, changeMinor: 0, roundingMinor: 0 });

/** What must come of these tenders. */
function verdict(
  model: Model,
  paying: { move: Doing<'pay'>['move']; tenders: readonly Tender[]; totalMinor: number },
): Verdict {
  const { move, tenders, totalMinor } = paying;
  if (model.cart.lines.length === 0) return refused('EMPTY_CART');
  if (move.offTotal !== 0) return refused('TOTAL_CHANGED');
  const cashMinor = of(tenders, 'cash');
  const restMinor = totalMinor - (sum(tenders.map((tender) => tender.amountMinor)) - cashMinor);
  if (restMinor < 0) return refused('OVERPAID');
  const hasCash = tenders.some(({ kind }) => kind === 'cash');
  const dueMinor = hasCash ? toStep(restMinor, CASH_STEP) : restMinor;
  if (cashMinor < dueMinor) return refused('UNDERPAID');
  const chargedMinor = of(tenders, 'account');
  if (chargedMinor > 0) {
    if (!model.cart.customer) return refused('ACCOUNT_NEEDS_CUSTOMER');
    const roomMinor = Math.max(0, CREDIT_LIMIT - model.owedMinor);
    if (chargedMinor > roomMinor && !move.pin) return refused('ACCOUNT_LIMIT');
  }
  if (of(tenders, 'voucher') > model.voucherMinor) return refused('VOUCHER_BALANCE');
  const code = exchangeFault(model, of(tenders, 'exchange'));
  return { code, changeMinor: cashMinor - dueMinor, roundingMinor: dueMinor - restMinor };
}

/** Goods put aside may have come back otherwise, or others of them, since they were valued. */
function exchangeFault(model: Model, givenMinor: number): string | null {
  const { exchange } = model;
  const sale = model.sales.find(({ saleId }) => saleId === exchange?.saleId);
  if (givenMinor === 0 || !exchange || !sale) return null;
  if (refusalOf(sale, exchange.wishes) !== null) return 'EXCHANGE_CHANGED';
  const worthMinor = Math.min(worthOf(model, sale, exchange.wishes), cartTotals(model).totalMinor);
  return worthMinor === givenMinor ? null : 'EXCHANGE_CHANGED';
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
