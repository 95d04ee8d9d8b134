import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { nearest, pointsOfShare, sum } from './arithmetic.ts';
import { atTerminal, stateBy } from './at-terminal.ts';
import { must, outcomeOf } from './attempt.ts';
import { busy, cardPart, partsByHand, refundDue, writeRefunds } from './card-model.ts';
import { manager } from './counter.ts';
import {
  type AttemptModel,
  add,
  type Back,
  type Model,
  type SaleLineModel,
  type SaleModel,
  shiftOf,
  type Wish,
} from './model.ts';
import { GIFT_CARD } from './terms.ts';
import { type Doing, type World, wants } from './world.ts';

type Tender = { readonly kind: TenderKind; readonly amountMinor: number };

export async function returnGoods(world: World, { move, give }: Doing<'return' | 'void'>): Promise<string> {
  const { model, counter } = world;
  const sale = model.sales[move.sale % model.sales.length];
  if (!sale) return 'nothing';
  const whole = move.do === 'void';
  const wishes = whole
    ? sale.lines.map(({ saleLineId, base }) => ({ saleLineId, qtyBase: base, place: 'shelf' as const }))
    : wishesOf(sale, move.parts).map((wish) => ({ ...wish, place: move.place }));
  const { saleId } = sale;
  const due = dueFor(model, sale, wishes);
  const cancelled = cancelledBy(model, sale, wishes) ?? [];
  const quoted = await outcomeOf(counter.client().sales.returns.quote({ saleId, lines: wishes }));
  if (!quoted.ok) return wants(quoted.code, due.code ?? 'no refusal');
  if (due.code !== null) return wants('no refusal', due.code);
  const { totalMinor, terminalMinor } = quoted.value;
  const told = [totalMinor, terminalMinor];
  const meant = [worthOf(model, sale, wishes), due.askMinor];
  must(JSON.stringify(told) === JSON.stringify(meant), `${meant} comes back, by the terminal, not`, told);
  const askMinor = move.slip ? 0 : due.askMinor;
  const refusal = whole && sale.backMinor > 0 ? 'RETURNED_BEFORE' : askMinor > 0 ? busy(model) : null;
  return atTerminal(
    world,
    ({ sales }, commandId) =>
      sales.returns.make({
        ...{ commandId, saleId, kind: move.do, lines: wishes, totalMinor, reason: 'changed-mind', note: '' },
        ...(whole && { inPlace: manager }),
        ...(move.slip && { reference: '000815' }),
      }),
    {
      ...{ manner: move.manner, of: { saleId, waits: { wishes, cancelled } }, give },
      async finish(outcome, attempt) {
        if (!attempt && !outcome.ok) return wants(outcome.code, refusal ?? 'no refusal');
        must(refusal === null, 'taken back, though it should be refused with', refusal ?? '');
        must((attempt?.amountMinor ?? 0) === askMinor, `the terminal should give ${askMinor}, not`, attempt);
        if (attempt) {
          attempt.state = stateBy(world, attempt, move.manner);
          if (!outcome.ok) return refusedBy(attempt, outcome.code);
          must(attempt.state === 'approved', 'taken back without its money:', attempt);
          attempt.waits = null;
        }
        if (outcome.ok) takeBackGoods(model, { saleId, wishes, cancelled, made: outcome.value });
        return attempt ? 'done by the terminal' : 'done';
      },
    },
  );
}

/** What the terminal has to be asked for before these goods are taken back, or why they are not. */
function dueFor(model: Model, sale: SaleModel, wishes: readonly Wish[]): ReturnType<typeof refundDue> {
  const code = refusalOf(model, sale, wishes);
  if (code !== null) return { code };
  return refundDue(model, sale.saleId, cardPart(sale, worthOf(model, sale, wishes)));
}

/** Goods stay sold when their money does not come back. */
export function refusedBy(attempt: AttemptModel, code: string): string {
  if (attempt.state === 'declined') attempt.waits = null;
  return wants(code, attempt.state === 'declined' ? 'CARD_REFUSED' : 'CARD_UNSETTLED');
}

/** The books after goods came back: what is left of each line, and where the money went. */
export function takeBackGoods(
  model: Model,
  { saleId, wishes, cancelled, made }: Back & { saleId: string; made: Made },
): void {
  const { tenders, cashRoundingMinor: roundingMinor, returnNo } = made;
  const sale = model.sales.find((one) => one.saleId === saleId);
  if (!sale) throw new Error('only what was sold comes back');
  const number = Number(returnNo.split('-').at(-1));
  must(number === model.returns + 1, `return ${model.returns + 1} has the number`, returnNo);
  const totalMinor = worthOf(model, sale, wishes);
  must(
    sum(tenders.map((one) => one.amountMinor)) === totalMinor + roundingMinor,
    'refunded more or less than',
    totalMinor,
  );
  for (const [kind, minor] of partsByHand(sale, totalMinor, of(tenders, 'exchange')))
    must(of(tenders, kind) === minor, `${minor} should go back by ${kind}, not`, tenders);
  must(
    made.cancelled.toSorted().join() === cancelled.toSorted().join(),
    `cancelled should be ${cancelled.join()} and are`,
    made.cancelled,
  );
  for (const code of cancelled) add(model.vouchers, code, -GIFT_CARD.minor);
  writeRefunds(model, saleId);
  const before = shareBack(sale);
  let taxMinor = 0;
  for (const { line, base, place } of chosen(sale, wishes)) {
    const now = cumulative(line, base);
    taxMinor += now.taxMinor;
    line.backBase += base;
    line.backAmountMinor += now.amountMinor;
    line.backTaxMinor += now.taxMinor;
    if (place !== 'destruction') add(model.gone, line.article, -base);
    if (place === 'quarantine') add(model.aside, line.article, base);
  }
  sale.backMinor += totalMinor;
  losePoints(model, sale, before);
  const { money } = shiftOf(model);
  for (const { kind, amountMinor } of tenders) {
    add(sale.back, kind, amountMinor);
    add(money, kind, -amountMinor);
    add(model.dayTenders, kind, -amountMinor);
    if (kind === 'account' && sale.customer) add(model.owed, sale.customer, -amountMinor);
    if (kind === 'voucher') add(model.vouchers, sale.voucher ?? '', amountMinor);
  }
  model.returns += 1;
  model.day.returns += 1;
  model.day.totalMinor -= totalMinor;
  model.day.taxMinor -= taxMinor;
  model.day.roundingMinor -= roundingMinor;
  model.grandTotalMinor -= totalMinor;
  isFair(sale);
}

/** How much of a sale is back: of its money, or of its goods where points had paid for all of it. */
function shareBack({ totalMinor, backMinor, lines }: SaleModel): { back: number; whole: number } {
  if (totalMinor > 0) return { back: backMinor, whole: totalMinor };
  return { back: sum(lines.map((line) => line.backBase)), whole: sum(lines.map((line) => line.base)) };
}

/** What was got for the sale goes with it, what was given for it comes back. */
function losePoints({ points }: Model, sale: SaleModel, before: { back: number; whole: number }): void {
  if (sale.customer === null) return;
  const { back, whole } = shareBack(sale);
  const share = (of: number) => pointsOfShare(of, back, whole) - pointsOfShare(of, before.back, whole);
  add(points, sale.customer, share(sale.points.used) - share(sale.points.earned));
}

type Made = {
  readonly returnNo: string;
  readonly tenders: readonly Tender[];
  readonly cashRoundingMinor: number;
  readonly cancelled: readonly string[];
};

const of = (tenders: readonly Tender[], kind: TenderKind): number =>
  sum(tenders.flatMap((one) => (one.kind === kind ? [one.amountMinor] : [])));

/** Nobody gets more back than was paid, by no means of payment; all of the goods are all of the money. */
function isFair(sale: SaleModel): void {
  for (const kind of ['card', 'mobile', 'account', 'voucher'] as const)
    must((sale.back.get(kind) ?? 0) <= (sale.paid.get(kind) ?? 0), 'more back than was paid by', kind);
  must(sale.backMinor <= sale.totalMinor, 'more back than was paid:', sale.backMinor);
  if (sale.lines.some((line) => line.backBase < line.base)) return;
  must(
    sale.backMinor === sale.totalMinor,
    `all came back of ${sale.totalMinor}, but money only`,
    sale.backMinor,
  );
  const exchanged = (sale.back.get('exchange') ?? 0) + (sale.paid.get('exchange') ?? 0);
  const cash = sale.back.get('cash') ?? 0;
  must(exchanged > 0 || cash === sale.cashKeptMinor, `of ${sale.cashKeptMinor} in cash came back`, cash);
}

export async function exchangeGoods(world: World, move: Doing<'exchange'>['move']): Promise<string> {
  const { model, counter } = world;
  const sale = model.sales[move.sale % model.sales.length];
  if (!sale) return 'nothing';
  const { saleId } = sale;
  const wishes = wishesOf(sale, move.parts);
  const refusal = refusalOf(model, sale, wishes);
  const wish = { saleId, lines: [...wishes], reason: 'changed-mind' as const, note: '' };
  const made = await outcomeOf(counter.client().sales.returns.exchange(wish));
  if (!made.ok) return wants(made.code, refusal ?? 'no refusal');
  const worthMinor = worthOf(model, sale, wishes);
  must(
    refusal === null && made.value.exchange?.worthMinor === worthMinor,
    `worth ${worthMinor}, not`,
    made.value,
  );
  model.exchange = { saleId, wishes, worthMinor };
  return 'done';
}

export async function dropExchange({ model, counter }: World): Promise<string> {
  await counter.client().sales.returns.dropExchange();
  model.exchange = null;
  return 'done';
}

/** What a return is refused for; null where it is taken. */
export function refusalOf(model: Model, sale: SaleModel, wishes: readonly Wish[]): string | null {
  const goods = chosen(sale, wishes);
  if (goods.length === 0) return 'NOTHING_CHOSEN';
  if (goods.some(({ line, base }) => base > line.base - line.backBase)) return 'MORE_THAN_SOLD';
  return cancelledBy(model, sale, wishes) === null ? 'VOUCHER_USED' : null;
}

/** The gift cards that go with what comes back: the first that have all they were sold for; null where too few have. */
export function cancelledBy(
  { vouchers }: Model,
  sale: SaleModel,
  wishes: readonly Wish[],
): readonly string[] | null {
  const codes: string[] = [];
  for (const { line, base } of chosen(sale, wishes)) {
    if (line.article !== 'gift card') continue;
    const whole = line.cards.filter((code) => (vouchers.get(code) ?? 0) >= GIFT_CARD.minor);
    if (whole.length < base) return null;
    codes.push(...whole.slice(0, base));
  }
  return codes;
}

const wishesOf = (sale: SaleModel, parts: readonly number[]): Wish[] =>
  sale.lines.map(({ saleLineId, base, backBase }, i) => {
    const percent = parts[i % parts.length] ?? 0;
    const left = base - backBase;
    const qtyBase = percent > 100 ? left + 1 : Math.floor((left * percent) / 100);
    return { saleLineId, qtyBase, place: 'shelf' };
  });

const chosen = (sale: SaleModel, wishes: readonly Wish[]) =>
  sale.lines.flatMap((line) =>
    wishes.flatMap(({ saleLineId, qtyBase: base, place }) =>
      saleLineId === line.saleLineId && base > 0 ? [{ line, base, place }] : [],
    ),
  );

/** What so many more units of a line bring: of all that are back now, less what was given for those before. */
function cumulative(line: SaleLineModel, base: number): { amountMinor: number; taxMinor: number } {
  const worth = (minor: number) => nearest(minor * (line.backBase + base), line.base);
  return {
    amountMinor: worth(line.amountMinor) - line.backAmountMinor,
    taxMinor: worth(line.taxMinor) - line.backTaxMinor,
  };
}

export const worthOf = ({ taxOnTop }: Model, sale: SaleModel, wishes: readonly Wish[]): number =>
  sum(
    chosen(sale, wishes).map(({ line, base }) => {
      const { amountMinor, taxMinor } = cumulative(line, base);
      return amountMinor + (taxOnTop ? taxMinor : 0);
    }),
  );
