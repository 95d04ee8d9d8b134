import { cartOf } from '../proof/open-shop.ts';
import { dataMatrix, ean, packId } from '../proof/shop.ts';
import { ask, charge, giveBack, settle, terminalSpeaks } from './act-card.ts';
import { pay, payAccount } from './act-pay.ts';
import { dropExchange, exchangeGoods, returnGoods } from './act-returns.ts';
import { closeShift, moveCash, openShift } from './act-shift.ts';
import { attempt, must } from './attempt.ts';
import { manager, type SequenceCounter } from './counter.ts';
import {
  articles,
  change,
  emptyCart,
  type Model,
  packIdOf,
  pointsOf,
  type Sold,
  take,
  undo,
} from './model.ts';
import type { Move, Step } from './moves.ts';
import { COUPON } from './terms.ts';
import { isOverLimit } from './verdict.ts';
import { crash, type Doing, showsCart, type World, wants } from './world.ts';

/** Does one step at the till and in the model; throws a Fault where they differ. */
export async function doStep(world: World, step: Step): Promise<void> {
  const { counter } = world;
  const give: Doing<Move['do']>['give'] = (call) =>
    attempt({ ...counter, crash: () => crash(world) }, step, (id) => call(counter.client(), id));
  const said =
    step.move.do === 'terminal speaks'
      ? await terminalSpeaks(world, step.dies)
      : await dispatch(world, step.move, give);
  must(counter.terminal.faults().length === 0, 'the terminal was', counter.terminal.faults());
  const what = `${step.move.do}: ${said}`;
  world.seen.set(what, (world.seen.get(what) ?? 0) + 1);
}

type Given = Doing<Move['do']>['give'];

/** What came of it: a refusal's code, 'done', or 'nothing' where there was nothing to do it with. */
async function dispatch(world: World, move: Move, give: Given): Promise<string> {
  switch (move.do) {
    case 'scan':
    case 'loose':
    case 'unlisted':
    case 'gift card':
      return addGoods(world, move, give);
    case 'quantity':
    case 'remove':
      return changeLine(world, move, give);
    case 'undo':
    case 'clear':
      return takeBack(world, move, give);
    case 'discount':
      return discount(world, { move, give });
    case 'coupon':
    case 'customer':
    case 'points':
      return terms(world, move, give);
    case 'hold':
    case 'recall':
    case 'discard':
      return putAside(world, move, give);
    case 'pay':
      return pay(world, { move, give });
    case 'return':
    case 'void':
      return returnGoods(world, { move, give });
    case 'charge':
      return charge(world, { move, give });
    case 'give back':
      return giveBack(world, { move, give });
    case 'ask':
      return ask(world, { move, give });
    case 'settle':
      return settle(world, { move, give });
    case 'terminal speaks':
      return terminalSpeaks(world);
    case 'exchange':
      return exchangeGoods(world, move);
    case 'drop exchange':
      return dropExchange(world);
    case 'pay account':
      return payAccount(world, { move, give });
    case 'open shift':
      return openShift(world, { move, give });
    case 'move cash':
    case 'no sale':
      return moveCash(world, move, give);
    case 'close shift':
      return closeShift(world, { move, give });
    case 'wait':
      world.counter.pass(move.minutes * 60_000);
      return 'done';
    case 'crash':
      await crash(world);
      showsCart(world, await cartOf({ client: world.counter.client() }));
      return 'done';
  }
}

type AnyOf<M extends Move['do']> = Extract<Move, { readonly do: M }>;

async function addGoods(
  world: World,
  move: AnyOf<'scan' | 'loose' | 'unlisted' | 'gift card'>,
  give: Given,
): Promise<string> {
  const { model } = world;
  const article = articleOf(move);
  const base = move.do === 'loose' ? move.base : move.packs * articles[article].packSize;
  const made = await give(({ sales }, commandId) => {
    if (move.do === 'loose') return sales.add({ commandId, packId: packId('dolorane'), quantity: { base } });
    if (move.do === 'gift card')
      return sales.add({ commandId, packId: packIdOf(article), quantity: { packs: move.packs } });
    if (move.do === 'unlisted')
      return sales.addUnlisted({
        ...{ commandId, packId: packId('gauze'), quantity: { base } },
        ...{ batchCode: 'X1', expiresOn: '2029-01-31' },
      });
    const code =
      move.box && move.article === 'dolorane'
        ? dataMatrix('dolorane', 'D2', '2027-06-30')
        : ean(move.article);
    return sales.scan({ commandId, code, packs: move.packs });
  });
  const present = model.cart.lines.find((line) => line.article === article);
  if (!made.ok) return shortOf(model, article, { code: made.code, base: base + (present?.base ?? 0) });
  const lines = present
    ? model.cart.lines.map((line) => (line === present ? { ...line, base: line.base + base } : line))
    : [...model.cart.lines, { article, base, reduction: null }];
  change(model, { lines });
  return showsCart(world, made.value.cart);
}

const articleOf = (move: AnyOf<'scan' | 'loose' | 'unlisted' | 'gift card'>): Sold => {
  if (move.do === 'scan') return move.article;
  if (move.do === 'gift card') return move.do;
  return move.do === 'loose' ? 'dolorane' : 'gauze';
};

/** Goods are refused only where the books hold fewer than are wanted. */
function shortOf(model: Model, article: Sold, { code, base }: { code: string; base: number }): string {
  must(code === 'NONE_ON_HAND', 'not refused for want of goods but with', code);
  const onSale = stocked[article] - (model.gone.get(article) ?? 0) - (model.aside.get(article) ?? 0);
  must(base > onSale, 'refused though there is enough of', article);
  return code;
}
/** Base units that may be sold when the shop opens. */
const stocked: Readonly<Record<Sold, number>> = {
  ...{ dolorane: 112, syrup: 100_000, drops: 100, gauze: 0 },
  'gift card': Number.POSITIVE_INFINITY,
};

async function changeLine(world: World, move: AnyOf<'quantity' | 'remove'>, give: Given): Promise<string> {
  const { model, counter } = world;
  const { lines } = model.cart;
  const line = lines[move.line % lines.length];
  if (!line) return 'nothing';
  const lineId = await lineIdAt(counter, lines.indexOf(line));
  const base = move.do === 'remove' ? 0 : move.packs * articles[line.article].packSize;
  const made = await give(({ sales }, commandId) =>
    move.do === 'remove'
      ? sales.removeLine({ commandId, lineId })
      : sales.setQuantity({ commandId, lineId, quantity: { packs: move.packs } }),
  );
  if (!made.ok) {
    if (move.do === 'quantity' && base === 0) return wants(made.code, 'BAD_QUANTITY');
    return shortOf(model, line.article, { code: made.code, base });
  }
  const changed = lines.map((one) => (one === line ? { ...one, base } : one));
  change(model, { lines: changed.filter((one) => one.base > 0) });
  return showsCart(world, made.value.cart);
}

export async function lineIdAt(counter: SequenceCounter, n: number): Promise<string> {
  const cart = await cartOf({ client: counter.client() });
  return cart.lines[n]?.lineId ?? '';
}

async function takeBack(world: World, move: AnyOf<'undo' | 'clear'>, give: Given): Promise<string> {
  const { model } = world;
  if (move.do === 'clear' && model.cart.lines.length === 0) return 'nothing';
  const made = await give(({ sales }, commandId) =>
    move.do === 'undo' ? sales.undo({ commandId }) : sales.clear({ commandId }),
  );
  if (!made.ok) return wants(made.code, 'nothing that can be refused');
  if (move.do === 'undo') undo(model);
  else change(model, emptyCart);
  return showsCart(world, made.value.cart);
}

async function discount(world: World, { move, give }: Doing<'discount'>): Promise<string> {
  const { model, counter } = world;
  const { lines } = model.cart;
  const line = move.line === null ? null : lines[move.line % lines.length];
  if (line === undefined) return 'nothing';
  const lineId = line && (await lineIdAt(counter, lines.indexOf(line)));
  const made = await give(({ sales }, commandId) =>
    sales.setDiscount({
      ...{ commandId, lineId, given: move.off && { discount: move.off, reason: 'regular' } },
      ...(move.pin && { inPlace: manager }),
    }),
  );
  const over = move.off !== null && isOverLimit(move.off, line ? [line] : lines);
  if (!made.ok) return wants(made.code, over && !move.pin ? 'MISSING_RIGHT' : 'no refusal');
  must(!over || move.pin, 'a cashier gave more than a cashier may');
  const reduction = move.off && { ...move.off, agreed: over };
  if (line === null) change(model, { reduction });
  else change(model, { lines: lines.map((one) => (one === line ? { ...one, reduction } : one)) });
  return showsCart(world, made.value.cart);
}

async function terms(
  world: World,
  move: AnyOf<'coupon' | 'customer' | 'points'>,
  give: Given,
): Promise<string> {
  const { model, counter } = world;
  const made = await give(({ sales }, commandId) => {
    if (move.do === 'coupon') return sales.setCoupon({ commandId, code: COUPON, taken: move.taken });
    if (move.do === 'points') return sales.redeemPoints({ commandId, points: move.points });
    return sales.setCustomer({ commandId, customerId: move.who && counter.customers[move.who] });
  });
  const over = move.do === 'points' && move.points > 0 && move.points > pointsOf(model);
  if (!made.ok) return wants(made.code, over ? 'POINTS_BALANCE' : 'no refusal');
  must(!over, 'more points are used than there are');
  if (move.do === 'coupon') change(model, { coupon: move.taken });
  else if (move.do === 'points') change(model, { points: move.points });
  else change(model, { customer: move.who, points: 0 });
  return showsCart(world, made.value.cart);
}

async function putAside(
  world: World,
  move: AnyOf<'hold' | 'recall' | 'discard'>,
  give: Given,
): Promise<string> {
  const { model, counter } = world;
  if (move.do === 'hold') {
    const made = await give(({ sales }, commandId) => sales.hold({ commandId, name: '' }));
    if (!made.ok) return wants(made.code, model.cart.lines.length === 0 ? 'EMPTY_CART' : 'no refusal');
    const [fresh] = (await heldAt(counter)).filter((id) => !model.held.some(({ heldId }) => heldId === id));
    model.held.push({ heldId: fresh ?? '', cart: model.cart });
    take(model, emptyCart);
    return showsCart(world, made.value.cart);
  }
  const held = model.held[move.nth % model.held.length];
  if (!held) return 'nothing';
  const { heldId } = held;
  if (move.do === 'discard') {
    const made = await give(({ sales }, commandId) => sales.discardHeld({ commandId, heldId }));
    if (!made.ok) return wants(made.code, 'no refusal');
  } else {
    const made = await give(({ sales }, commandId) => sales.recall({ commandId, heldId }));
    if (!made.ok) return wants(made.code, model.cart.lines.length > 0 ? 'SALE_IN_PROGRESS' : 'no refusal');
    must(model.cart.lines.length === 0, 'a sale in progress was lost');
    take(model, held.cart);
    showsCart(world, made.value.cart);
  }
  model.held = model.held.filter((one) => one !== held);
  return 'done';
}

/** The sales put aside, as the till lists them. */
export async function heldAt(counter: SequenceCounter): Promise<readonly string[]> {
  for await (const held of await counter.client().sales.held()) return held.map(({ heldId }) => heldId);
  return [];
}
