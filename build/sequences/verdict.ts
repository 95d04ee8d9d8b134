import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { cancelledBy, refusalOf, worthOf } from './act-returns.ts';
import { grossByHand, nearest, type Reduction, sum, toStep } from './arithmetic.ts';
import { busy, cardPart, openOnes, refundDue, standsInTheWay } from './card-model.ts';
import { type AttemptModel, add, articles, type CartModel, cartTotals, type Model } from './model.ts';
import { CASH_STEP, CREDIT_LIMIT, RATE_PPM } from './terms.ts';
import type { Doing } from './world.ts';

export type Tender = {
  readonly kind: TenderKind;
  readonly amountMinor: number;
  readonly reference?: string;
  readonly attemptId?: string;
  readonly foreign?: { readonly currency: string; readonly foreignMinor: number };
};

/** What the customer puts on the counter: what the terminal took, the shares of the total, then cash for the rest. */
export function tendersOf(
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

export type Verdict =
  | { readonly code: string }
  | {
      readonly code: null;
      /** What the terminal gives back beside the sale. */
      readonly askMinor: number;
      readonly changeMinor: number;
      readonly roundingMinor: number;
    };

/** What must come of these tenders. */
export function verdict(
  model: Model,
  paying: { move: Doing<'pay'>['move']; tenders: readonly Tender[]; totalMinor: number },
): Verdict {
  const { move, tenders, totalMinor } = paying;
  if (model.cart.lines.length === 0) return { code: 'EMPTY_CART' };
  if (!move.pin && hasTooMuch(model)) return { code: 'MISSING_RIGHT' };
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

/** Whether a cashier needs somebody's PIN for it: more than ten percent of what it is taken from. */
export function isOverLimit(off: Reduction, lines: CartModel['lines']): boolean {
  if (off.kind === 'percent') return off.ratePct3 > 10_000;
  const gross = sum(lines.map(({ article, base }) => grossByHand(articles[article], base)));
  return off.minor > nearest(gross, 10);
}

/** What was little for more goods may be too much for those that are left. */
function hasTooMuch({ cart: { lines, reduction } }: Model): boolean {
  const tooMuch = (off: Reduction | null, of: CartModel['lines']): boolean =>
    off !== null && off.agreed !== true && isOverLimit(off, of);
  return tooMuch(reduction, lines) || lines.some((line) => tooMuch(line.reduction, [line]));
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
    const { customer } = model.cart;
    if (customer === null) return 'ACCOUNT_NEEDS_CUSTOMER';
    const roomMinor = Math.max(0, CREDIT_LIMIT - (model.owed.get(customer) ?? 0));
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

export const of = (tenders: readonly Tender[], wanted: TenderKind): number =>
  sum(tenders.flatMap(({ kind, amountMinor }) => (kind === wanted ? [amountMinor] : [])));
