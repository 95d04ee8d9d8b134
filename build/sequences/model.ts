import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { packId } from '../proof/shop.ts';
import { type Article, type HandTotals, type Reduction, totalsByHand } from './arithmetic.ts';
import type { ArticleName, CustomerName, Place } from './moves.ts';
import { GIFT_CARD, POINTS, VOUCHER } from './terms.ts';

/** What a person with paper and pencil would keep of a counter, to hold against its books. */
export type Model = {
  readonly taxOnTop: boolean;
  cart: CartModel;
  past: CartModel[];
  held: { heldId: string; cart: CartModel }[];
  readonly sales: SaleModel[];
  exchange: { saleId: string; wishes: readonly Wish[]; worthMinor: number } | null;
  shift: ShiftModel | null;
  /** What the last close left in the drawer. */
  leftMinor: number;
  closes: number;
  returns: number;
  grandTotalMinor: number;
  /** Base units that went over the counter less those that came back to stock, by article. */
  readonly gone: Map<Sold, number>;
  /** Of those that came back: set aside, and not on sale. */
  readonly aside: Map<Sold, number>;
  readonly owed: Map<CustomerName, number>;
  readonly points: Map<CustomerName, number>;
  /** What is left of each voucher and gift card. */
  readonly vouchers: Map<string, number>;
  /** Dollars in the drawer. */
  foreignMinor: number;
  readonly day: {
    sales: number;
    returns: number;
    totalMinor: number;
    taxMinor: number;
    roundingMinor: number;
  };
  readonly dayTenders: Map<TenderKind, number>;
  /** In the order in which the terminal heard of them. */
  readonly attempts: AttemptModel[];
};
/** An order at the card terminal. */
export type AttemptModel = {
  readonly id: string;
  readonly kind: 'charge' | 'refund';
  readonly amountMinor: number;
  state: 'asking' | 'unknown' | 'approved' | 'declined' | 'not-charged';
  /** A charge: the sale that has it. A refund: the sale whose goods come back for it. */
  saleId: string | null;
  /** A refund of a charge that no sale has. */
  readonly chargeId: string | null;
  /** A refund: a return has it. */
  written: boolean;
  /** The goods that are back as soon as their money is. */
  waits: Back | null;
};
export type Sold = ArticleName | 'gauze' | 'gift card';
export type CartModel = {
  readonly lines: readonly {
    readonly article: Sold;
    readonly base: number;
    readonly reduction: Reduction | null;
  }[];
  readonly reduction: Reduction | null;
  readonly coupon: boolean;
  readonly customer: CustomerName | null;
  /** As many as the customer wants to use. */
  readonly points: number;
};
/** What must be there by means of payment, the float with the cash. */
export type ShiftModel = { readonly money: Map<TenderKind, number> };
export type SaleModel = {
  readonly saleId: string;
  readonly customer: CustomerName | null;
  /** What the customer got for it and gave. */
  readonly points: { readonly earned: number; readonly used: number };
  readonly totalMinor: number;
  readonly cashKeptMinor: number;
  readonly paid: ReadonlyMap<TenderKind, number>;
  /** The voucher that paid of it. */
  readonly voucher: string | null;
  readonly back: Map<TenderKind, number>;
  backMinor: number;
  readonly lines: SaleLineModel[];
};
export type SaleLineModel = {
  readonly saleLineId: string;
  readonly article: Sold;
  readonly base: number;
  readonly amountMinor: number;
  readonly taxMinor: number;
  /** The gift cards that were sold with it. */
  readonly cards: readonly string[];
  backBase: number;
  backAmountMinor: number;
  backTaxMinor: number;
};
/** What comes back, and which gift cards pay nothing from then on. */
export type Back = { readonly wishes: readonly Wish[]; readonly cancelled: readonly string[] };
export type Wish = { readonly saleLineId: string; readonly qtyBase: number; readonly place: Place };

/** The test shop's price list (build/proof/shop.ts) with the offers of build/sequences/counter.ts. */
export const articles: Readonly<Record<Sold, Article>> = {
  dolorane: { packSize: 16, priceMinor: 218, taxPct3: [2_100], offer: 'three-for-two' },
  syrup: { packSize: 1, priceMinor: 499, taxPct3: [20_000], offer: 'half-with-coupon' },
  drops: { packSize: 10, priceMinor: 333, taxPct3: [2_500, 2_500], offer: null },
  gauze: { packSize: 10, priceMinor: 350, taxPct3: [2_100], offer: null },
  'gift card': { packSize: 1, priceMinor: GIFT_CARD.minor, taxPct3: [0], offer: null },
};

export const packIdOf = (article: Sold): string =>
  article === 'gift card' ? GIFT_CARD.packId : packId(article);

export const emptyCart: CartModel = {
  ...{ lines: [], reduction: null, coupon: false, customer: null, points: 0 },
};

export const newModel = (taxOnTop: boolean): Model => ({
  ...{ taxOnTop, cart: emptyCart, past: [], held: [], sales: [], exchange: null, shift: null, leftMinor: 0 },
  ...{
    closes: 0,
    returns: 0,
    grandTotalMinor: 0,
    gone: new Map(),
    aside: new Map(),
    owed: new Map(),
    points: new Map([['nora', POINTS]]),
    vouchers: new Map([[VOUCHER.code, VOUCHER.minor]]),
    foreignMinor: 0,
  },
  day: { sales: 0, returns: 0, totalMinor: 0, taxMinor: 0, roundingMinor: 0 },
  dayTenders: new Map(),
  attempts: [],
});

export const cartTotals = (model: Model): HandTotals => {
  const { cart, taxOnTop } = model;
  return totalsByHand({
    lines: cart.lines.map(({ article, ...line }) => ({ ...line, article: articles[article] })),
    ...{ reduction: cart.reduction, coupon: cart.coupon, taxOnTop, isExempt: cart.customer === 'consulate' },
    points: { wanted: cart.points, balance: pointsOf(model) },
  });
};

/** Nobody's are none. */
export const pointsOf = ({ cart, points }: Model): number =>
  cart.customer === null ? 0 : (points.get(cart.customer) ?? 0);

/** The cart after a change that can be undone. */
export function change(model: Model, next: Partial<CartModel>): void {
  model.past.push(model.cart);
  model.cart = { ...model.cart, ...next };
}

export function undo(model: Model): void {
  model.cart = model.past.pop() ?? model.cart;
}

/** Another cart, which nothing can be undone of. */
export function take(model: Model, cart: CartModel): void {
  model.cart = cart;
  model.past = [];
}

export const add = <K>(to: Map<K, number>, key: K, n: number): void =>
  void to.set(key, (to.get(key) ?? 0) + n);

/** The shift that money moves in: opened by the first of it, with what the last close left. */
export function shiftOf(model: Model): ShiftModel {
  model.shift ??= { money: new Map([['cash', model.leftMinor]]) };
  return model.shift;
}
