import type { Dice } from '../simulate/dice.ts';
import type { Reduction } from './arithmetic.ts';

/** What hands do at a counter. Numbers pick among what there is then, so that any part of a sequence is one as well. */
export type Move =
  | { readonly do: 'scan'; readonly article: ArticleName; readonly packs: number; readonly box: boolean }
  | { readonly do: 'loose'; readonly base: number }
  | { readonly do: 'unlisted'; readonly packs: number }
  | { readonly do: 'gift card'; readonly packs: number }
  | { readonly do: 'quantity'; readonly line: number; readonly packs: number }
  | { readonly do: 'remove'; readonly line: number }
  | { readonly do: 'undo' }
  | { readonly do: 'clear' }
  | {
      readonly do: 'discount';
      readonly line: number | null;
      readonly off: Reduction | null;
      readonly pin: boolean;
    }
  | { readonly do: 'coupon'; readonly taken: boolean }
  | { readonly do: 'customer'; readonly who: CustomerName | null }
  | { readonly do: 'points'; readonly points: number }
  | { readonly do: 'hold' }
  | { readonly do: 'recall'; readonly nth: number }
  | { readonly do: 'discard'; readonly nth: number }
  | {
      readonly do: 'pay';
      /** Percent of the total by each; a voucher at most what is left of it unless `beyond`. */
      readonly shares: Readonly<Record<'card' | 'mobile' | 'account' | 'voucher', number>>;
      /** Which of the vouchers there are. */
      readonly voucher: number;
      readonly cash: 'exact' | 'over' | 'short' | 'none';
      /** In dollars, for what they are worth or a cent more. */
      readonly foreign: 'no' | 'right' | 'wrong';
      /** Of what the terminal took without a sale: all that fits, or the last it was told to take whatever came of it. */
      readonly held: 'none' | 'open' | 'last';
      readonly exchange: boolean;
      readonly manner: Manner;
      readonly beyond: boolean;
      readonly pin: boolean;
      readonly offTotal: number;
    }
  | ({
      readonly do: 'return';
      readonly sale: number;
      readonly parts: readonly number[];
      readonly place: Place;
    } & Refunding)
  | ({ readonly do: 'void'; readonly sale: number } & Refunding)
  | { readonly do: 'charge'; readonly percent: number; readonly manner: Manner }
  | { readonly do: 'give back'; readonly nth: number; readonly manner: Manner }
  | { readonly do: 'ask'; readonly nth: number; readonly manner: Manner }
  | { readonly do: 'settle'; readonly nth: number }
  | { readonly do: 'terminal speaks' }
  | { readonly do: 'exchange'; readonly sale: number; readonly parts: readonly number[] }
  | { readonly do: 'drop exchange' }
  | { readonly do: 'pay account'; readonly minor: number; readonly by: 'cash' | 'card' }
  | { readonly do: 'open shift'; readonly floatMinor: number }
  | { readonly do: 'move cash'; readonly kind: 'pay-in' | 'pay-out'; readonly minor: number }
  | { readonly do: 'no sale' }
  | { readonly do: 'close shift'; readonly wrongBy: number; readonly leave: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'crash' };
/** `slip`: the card's money was given back by hand. */
type Refunding = { readonly manner: Manner; readonly slip: boolean };
/** How the terminal takes what it is told (terminal.ts). */
export type Manner = 'prompt' | 'declines' | 'late' | 'breaks' | 'deaf' | 'slow';
/** The consulate pays no tax. */
export type CustomerName = 'nora' | 'consulate';
export type ArticleName = 'dolorane' | 'syrup' | 'drops';
export type Place = 'shelf' | 'quarantine' | 'destruction';

/** `dies`: the till loses its power at the first row it adds to this table, and does the same again once it is up. */
export type Step = { readonly move: Move; readonly again: boolean; readonly dies: DiesAt | null };
export type DiesAt = (typeof tables)[number];
const tables = [
  ...['cart', 'journal', 'done_command', 'counter', 'print_job', 'sale', 'tender', 'stock_movement', 'shift'],
  ...['sale_return', 'refund_tender', 'held_sale', 'held_end', 'shift_close', 'cash_movement'],
  ...['account_entry', 'voucher_entry', 'audit_entry', 'discount_note', 'sale_tax'],
  ...['card_attempt', 'card_outcome'],
] as const;

/** A sequence of at least three steps and not many more than `most` that these dice throw. */
export function anySteps(dice: Dice, most: number): readonly Step[] {
  const length = 3 + dice.below(most - 2);
  const moves: Move[] = [];
  while (moves.length < length) moves.push(...anyMoves(dice));
  return moves.map((move) => ({
    move,
    again: dice.chance(0.12),
    dies: dice.chance(0.03) ? dice.pick(tables) : null,
  }));
}

function anyMoves(dice: Dice): readonly Move[] {
  if (dice.chance(0.3)) return wholeSale(dice);
  if (dice.chance(0.05)) return byCardAndBack(dice);
  return dice.chance(0.03) ? giftCardSpent(dice) : [dice.pick(odds)(dice)];
}

/** A gift card pays while its own money may be on its way back, or comes back when it has paid. */
function giftCardSpent(dice: Dice): readonly Move[] {
  const charge: Move = { do: 'charge', percent: 100, manner: 'prompt' };
  const payment: Move = { ...plainCash, held: 'open' };
  const spend: Move = {
    ...payment,
    shares: { ...plainCash.shares, voucher: dice.pick([50, 100]) },
    voucher: 1,
  };
  const back = (): Move => ({ do: 'void', sale: dice.below(4), manner: anyManner(dice), slip: false });
  const first = dice.chance(0.5) ? [back()] : [];
  const cards: Move = { do: 'gift card', packs: 1 + dice.below(2) };
  return [cards, ...(dice.chance(0.6) ? [charge] : []), payment, ...first, anyScan(dice), spend, back()];
}

/** Paid at the terminal, and some of it comes back from there. */
function byCardAndBack(dice: Dice): readonly Move[] {
  const charge: Move = { do: 'charge', percent: dice.pick([50, 100, 100]), manner: 'prompt' };
  const payment: Move = { ...plainCash, held: 'open', cash: 'exact' };
  const back = dice.pick([anyReturn, anyReturn, anyVoid, anyExchange])(dice);
  const swap: Move[] = [anyScan(dice), { ...plainCash, exchange: true, manner: anyManner(dice) }];
  const after = dice.chance(0.5) ? [dice.pick([anyAsk, anySettle])(dice)] : [];
  return [anyScan(dice), charge, payment, back, ...(back.do === 'exchange' ? swap : []), ...after];
}

/** Goods and the money for them, so that most sequences sell something. */
function wholeSale(dice: Dice): readonly Move[] {
  const goods = Array.from({ length: 1 + dice.below(3) }, () => anyScan(dice));
  const customer: readonly Move[] = dice.chance(0.5) ? [anyCustomer(dice)] : [];
  const charged: readonly Move[] = dice.chance(0.3) ? [anyCharge(dice)] : [];
  const points: readonly Move[] = dice.chance(0.15) ? [anyPoints(dice)] : [];
  return [...goods, ...customer, ...points, ...charged, anyPayment(dice)];
}

const anyCharge: Throw = (dice) => ({
  ...{ do: 'charge', percent: dice.pick([33, 50, 100, 100]), manner: anyManner(dice) },
});
const anyManner = (dice: Dice): Manner =>
  dice.chance(0.6) ? 'prompt' : dice.pick(['declines', 'late', 'breaks', 'deaf', 'slow']);
const anyRefunding = (dice: Dice) => ({ manner: anyManner(dice), slip: dice.chance(0.1) });

const anyAsk: Throw = (dice) => ({ do: 'ask', nth: dice.below(3), manner: anyManner(dice) });
const anySettle: Throw = (dice) => ({ do: 'settle', nth: dice.below(3) });
const anyReturn: Throw = (dice) => ({
  ...{ do: 'return', sale: dice.below(4), parts: anyParts(dice) },
  ...{ place: dice.pick(['shelf', 'quarantine', 'destruction']), ...anyRefunding(dice) },
});
const anyVoid: Throw = (dice) => ({ do: 'void', sale: dice.below(4), ...anyRefunding(dice) });
const anyExchange: Throw = (dice) => ({ do: 'exchange', sale: dice.below(4), parts: anyParts(dice) });

const anyCustomer: Throw = (dice) => ({ do: 'customer', who: dice.chance(0.8) ? 'nora' : 'consulate' });
const anyPoints: Throw = (dice) => ({ do: 'points', points: dice.pick([0, 1, 5, 10, 20, 40]) });
const anyScan: Throw = (dice) => ({
  ...{ do: 'scan', article: dice.pick(['dolorane', 'syrup', 'drops']) },
  ...{ packs: 1 + dice.below(4), box: dice.chance(0.2) },
});

type Throw = (dice: Dice) => Move;
const throws: readonly (readonly [number, Throw])[] = [
  [12, anyScan],
  [4, (d) => ({ do: 'loose', base: 1 + d.below(40) })],
  [2, (d) => ({ do: 'unlisted', packs: 1 + d.below(3) })],
  [3, (d) => ({ do: 'gift card', packs: 1 + d.below(2) })],
  [4, (d) => ({ do: 'quantity', line: d.below(3), packs: d.below(12) })],
  [2, (d) => ({ do: 'remove', line: d.below(3) })],
  [4, () => ({ do: 'undo' })],
  [1, () => ({ do: 'clear' })],
  [
    7,
    (d) => ({
      do: 'discount',
      line: d.chance(0.4) ? null : d.below(3),
      off: anyReduction(d),
      pin: d.chance(0.7),
    }),
  ],
  [4, (d) => ({ do: 'coupon', taken: d.chance(0.8) })],
  [4, anyCustomer],
  [1, () => ({ do: 'customer', who: null })],
  [3, anyPoints],
  [4, () => ({ do: 'hold' })],
  [5, (d) => ({ do: 'recall', nth: d.below(3) })],
  [1, (d) => ({ do: 'discard', nth: d.below(3) })],
  [7, anyPayment],
  [8, anyReturn],
  [2, anyVoid],
  [3, anyCharge],
  [1, (d) => ({ do: 'give back', nth: d.below(3), manner: anyManner(d) })],
  [3, anyAsk],
  [3, anySettle],
  [2, () => ({ do: 'terminal speaks' })],
  [3, anyExchange],
  [1, () => ({ do: 'drop exchange' })],
  [2, (d) => ({ do: 'pay account', minor: 1 + d.below(1_500), by: d.pick(['cash', 'card']) })],
  [2, (d) => ({ do: 'open shift', floatMinor: d.below(20_000) })],
  [3, (d) => ({ do: 'move cash', kind: d.pick(['pay-in', 'pay-out']), minor: 1 + d.below(5_000) })],
  [1, () => ({ do: 'no sale' })],
  [3, (d) => ({ do: 'close shift', wrongBy: d.pick([0, 0, 1, -7, 900]), leave: d.below(101) })],
  [1, (d) => ({ do: 'wait', minutes: 1 + d.below(9) })],
  [3, () => ({ do: 'crash' })],
];
const odds: readonly Throw[] = throws.flatMap(([weight, one]) => Array<Throw>(weight).fill(one));

function anyReduction(dice: Dice): Reduction | null {
  if (dice.chance(0.15)) return null;
  return dice.chance(0.5)
    ? { kind: 'percent', ratePct3: dice.pick([1_000, 5_000, 10_000, 12_345, 33_333, 50_000, 100_000]) }
    : { kind: 'amount', minor: 1 + dice.below(400) };
}

/** Exactly what is to be paid, in cash. */
export const plainCash = {
  ...{ do: 'pay', shares: { card: 0, mobile: 0, account: 0, voucher: 0 }, cash: 'exact', held: 'none' },
  ...{ voucher: 0, foreign: 'no' },
  ...{ exchange: false, manner: 'prompt', beyond: false, pin: false, offTotal: 0 },
} as const satisfies Move;

function anyPayment(dice: Dice): Move {
  const share = (odds: number) => (dice.chance(odds) ? dice.pick([10, 33, 50, 100]) : 0);
  const usual = dice.chance(0.45);
  return {
    do: 'pay',
    shares: usual
      ? plainCash.shares
      : { card: share(0.4), mobile: share(0.15), account: share(0.35), voucher: share(0.35) },
    cash: dice.pick(['exact', 'exact', 'exact', 'over', 'over', 'short', 'none']),
    voucher: dice.chance(0.4) ? 0 : dice.below(4),
    foreign: dice.chance(0.9) ? 'no' : dice.pick(['right', 'right', 'wrong']),
    held: dice.chance(0.85) ? 'open' : dice.pick(['none', 'last']),
    exchange: dice.chance(0.5),
    manner: anyManner(dice),
    beyond: dice.chance(0.1),
    pin: dice.chance(0.3),
    offTotal: dice.chance(0.05) ? 1 : 0,
  };
}

/** How much of each line, in percent of what is left; above 100 is more than there is. */
const anyParts = (dice: Dice): readonly number[] =>
  Array.from({ length: 4 }, () => dice.pick([0, 25, 50, 100, 100, 130]));
