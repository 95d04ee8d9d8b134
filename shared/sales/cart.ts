import { isPositiveQty } from '#shared/kernel/quantity.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Discount } from './totals-input.ts';

/**
 * The sale in progress, as it lies on disk. It holds what the hands did (which pack, how many, which batch was in
 * hand); names, prices, taxes and FEFO are looked up anew for every view, so a cart never shows a stale price.
 */
export type Cart = {
  readonly revision: number;
  readonly lines: readonly CartLine[];
  /** What concerns the sale as a whole; none while there is nothing of the kind. */
  readonly head?: CartHead | undefined;
  readonly lastLineId: string | null;
  /** What undo takes back, the latest last. */
  readonly past: readonly Undo[];
  /** Commands carried out lately: one repeated after a lost answer changes nothing. */
  readonly done: readonly string[];
};

/**
 * The difference to the lines as they were: `count` lines from `at` on were `lines` before. Whole states would make a
 * cart of a hundred lines half a megabyte at every key.
 */
export type Undo = {
  readonly at: number;
  readonly count: number;
  readonly lines: readonly CartLine[];
  /** What was set for the whole sale before; left out where that did not change. */
  readonly head?: CartHead | undefined;
};

/** What was set for the whole sale: for whom, with what reduction, on which coupons. */
export type CartHead = {
  readonly customerId?: string | undefined;
  readonly note?: string | undefined;
  readonly discount?: GivenDiscount | undefined;
  readonly coupons?: readonly string[] | undefined;
  /** Loyalty points the customer wants to use, beside any discount: as many of them as can be are (loyalty.ts). */
  readonly points?: number | undefined;
  /** The held sale this one was taken up from. */
  readonly heldId?: string | undefined;
};

/** A reduction somebody gave, why, and who answers for it where it was more than a cashier may give alone. */
export type GivenDiscount = {
  readonly discount: Discount;
  readonly reason: string;
  readonly authorisedBy: string | null;
};

export type CartLine = {
  readonly lineId: string;
  readonly packId: string;
  /** Base units for FEFO to choose batches for. */
  readonly freeBase: number;
  /** Base units whose batch is decided: it was scanned, or the books do not have it. */
  readonly picks: readonly Pick[];
  readonly discount?: GivenDiscount | undefined;
  /** The price of one pack, typed, of an article that has none of its own. */
  readonly typedPriceMinor?: number | undefined;
  readonly note?: string | undefined;
};

export type Pick = { readonly batch: PickedBatch; readonly qtyBase: number };
export type PickedBatch =
  /** `expiresOn` is what the box says; where box and books disagree the sooner one counts. */
  | { readonly kind: 'scanned'; readonly batchId: string; readonly expiresOn: string | null }
  /** In the customer's hand but not on the books; its batch row is made when the sale is. */
  | {
      readonly kind: 'unlisted';
      readonly batchId: string;
      readonly code: string;
      readonly expiresOn: string;
    };

export const emptyCart: Cart = { revision: 0, lines: [], lastLineId: null, past: [], done: [] };

export const quantityOf = (line: CartLine): number =>
  line.freeBase + line.picks.reduce((sum, pick) => sum + pick.qtyBase, 0);

export type CartError =
  | { readonly code: 'NOT_FOUND' }
  | { readonly code: 'BAD_QUANTITY'; readonly reason: 'zero' | 'too-many' };

/** No counter hands over more than this of one article; a scanner that reads a wrong field does. */
export const MOST_BASE = 1_000_000;
const UNDO_DEPTH = 50;
const DONE_DEPTH = 64;

/**
 * Adds to the line of the same pack, or makes a new one. A typed price is its line's own: what comes with one, or after
 * one, is a line by itself.
 */
export function addToCart(
  cart: Cart,
  {
    packId,
    qtyBase,
    batch,
    lineId,
    typedPriceMinor,
  }: {
    packId: string;
    qtyBase: number;
    batch: PickedBatch | null;
    lineId: string;
    typedPriceMinor?: number | undefined;
  },
): Result<Cart, CartError> {
  const priced = typedPriceMinor !== undefined;
  const present = priced ? undefined : cart.lines.find(isUnpricedLineOf(packId));
  const line = present ?? { lineId, packId, freeBase: 0, picks: [], ...(priced && { typedPriceMinor }) };
  const added = batch
    ? { ...line, picks: addPick(line.picks, { batch, qtyBase }) }
    : { ...line, freeBase: line.freeBase + qtyBase };
  const fault = quantityFault(qtyBase) ?? quantityFault(quantityOf(added));
  if (fault) return err(fault);
  const lines = present ? cart.lines.map((l) => (l === present ? added : l)) : [...cart.lines, added];
  return ok(changed(cart, lines, added.lineId));
}

const isUnpricedLineOf = (packId: string) => (line: CartLine) =>
  line.packId === packId && line.typedPriceMinor === undefined;

/** Sets what a line holds in all: grown, FEFO chooses the rest; shrunk, its free part goes first, then the last pick. */
export function setLineQuantity(cart: Cart, lineId: string, qtyBase: number): Result<Cart, CartError> {
  const line = cart.lines.find((l) => l.lineId === lineId);
  if (!line) return err({ code: 'NOT_FOUND' });
  const fault = quantityFault(qtyBase);
  if (fault) return err(fault);
  const picks = firstPicks(line.picks, qtyBase);
  const picked = picks.reduce((sum, pick) => sum + pick.qtyBase, 0);
  const next = { ...line, picks, freeBase: qtyBase - picked };
  return ok(
    changed(
      cart,
      cart.lines.map((l) => (l === line ? next : l)),
      lineId,
    ),
  );
}

/**
 * Puts another pack in a line's place, in one step that undo takes back as one; what was set on the line goes with it.
 * Where the sale has that pack already, its line grows.
 */
export function swapPack(
  cart: Cart,
  lineId: string,
  { packId, qtyBase, lineId: newLineId }: { packId: string; qtyBase: number; lineId: string },
): Result<Cart, CartError> {
  const index = cart.lines.findIndex((l) => l.lineId === lineId);
  if (index < 0) return err({ code: 'NOT_FOUND' });
  const present = cart.lines.find((l) => isUnpricedLineOf(packId)(l) && l.lineId !== lineId);
  const line = present ?? { lineId: newLineId, packId, freeBase: 0, picks: [] };
  const added = { ...line, freeBase: line.freeBase + qtyBase };
  const fault = quantityFault(qtyBase) ?? quantityFault(quantityOf(added));
  if (fault) return err(fault);
  const lines = present
    ? cart.lines.flatMap((l) => (l.lineId === lineId ? [] : [l === present ? added : l]))
    : cart.lines.with(index, added);
  return ok(changed(cart, lines, added.lineId));
}

export function removeFromCart(cart: Cart, lineId: string): Result<Cart, CartError> {
  const index = cart.lines.findIndex((l) => l.lineId === lineId);
  if (index < 0) return err({ code: 'NOT_FOUND' });
  const lines = cart.lines.toSpliced(index, 1);
  return ok(changed(cart, lines, lines[Math.min(index, lines.length - 1)]?.lineId ?? null));
}

/** Empties the sale, what was set for the whole of it too; undo brings all of it back. */
export function clearCart(cart: Cart): Cart {
  const nothing = cart.lines.length === 0 && headOf(cart) === noHead;
  return nothing ? cart : changed(cart, [], null, noHead);
}

/** What was set for the whole sale; nothing where nothing was. */
export const headOf = (cart: Cart): CartHead => cart.head ?? noHead;
const noHead: CartHead = {};

/** Sets something for the whole sale: the customer, a note, a discount, coupons. `undefined` takes it away. */
export function setHead(cart: Cart, change: CartHead): Cart {
  const head = { ...headOf(cart), ...change };
  return changed(cart, cart.lines, cart.lastLineId, head);
}

/** Sets a line's discount, typed price or note; `undefined` takes it away. */
export function setOnLine(
  cart: Cart,
  lineId: string,
  change: { [K in 'discount' | 'typedPriceMinor' | 'note']?: CartLine[K] },
): Result<Cart, CartError> {
  if (!cart.lines.some((l) => l.lineId === lineId)) return err({ code: 'NOT_FOUND' });
  const lines = cart.lines.map((l) => (l.lineId === lineId ? { ...l, ...change } : l));
  return ok(changed(cart, lines, lineId));
}

/** Brings back the lines as they were before the last change; an emptied cart comes back too. */
export function undoCart(cart: Cart): Cart {
  const undo = cart.past.at(-1);
  if (!undo) return cart;
  const lines = cart.lines.toSpliced(undo.at, undo.count, ...undo.lines);
  return {
    ...cart,
    revision: cart.revision + 1,
    lines,
    past: cart.past.slice(0, -1),
    lastLineId: lines.at(-1)?.lineId ?? null,
    ...(undo.head !== undefined && { head: undo.head }),
  };
}

export const wasDone = (cart: Cart, commandId: string): boolean => cart.done.includes(commandId);
export const markDone = (cart: Cart, commandId: string): Cart => ({
  ...cart,
  done: [...cart.done, commandId].slice(-DONE_DEPTH),
});

/** The cart with what was put aside in it; there is nothing to undo. */
export const takeUp = (
  cart: Cart,
  { lines, head }: { lines: readonly CartLine[]; head: CartHead },
): Cart => ({
  ...nextCart(cart),
  lines,
  head,
  lastLineId: lines.at(-1)?.lineId ?? null,
});

/** The cart after its sale: empty, with nothing to undo, remembering which commands were carried out. */
export const nextCart = (cart: Cart): Cart => ({
  ...emptyCart,
  revision: cart.revision + 1,
  done: cart.done,
});

function changed(
  cart: Cart,
  lines: readonly CartLine[],
  lastLineId: string | null,
  head: CartHead = headOf(cart),
): Cart {
  const before = headOf(cart);
  const undo = { ...undoOf(cart.lines, lines), ...(head !== before && { head: before }) };
  return {
    ...cart,
    revision: cart.revision + 1,
    lines,
    lastLineId,
    ...(head !== before && { head }),
    past: [...cart.past, undo].slice(-UNDO_DEPTH),
  };
}

/** Lines that did not change are the same objects, so what lies between them at both ends is the difference. */
function undoOf(before: readonly CartLine[], after: readonly CartLine[]): Undo {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { at: head, count: after.length - tail - head, lines: before.slice(head, before.length - tail) };
}

function quantityFault(qtyBase: number): CartError | null {
  if (qtyBase > MOST_BASE) return { code: 'BAD_QUANTITY', reason: 'too-many' };
  return isPositiveQty(qtyBase) ? null : { code: 'BAD_QUANTITY', reason: 'zero' };
}

function addPick(picks: readonly Pick[], added: Pick): readonly Pick[] {
  const same = picks.find((p) => p.batch.batchId === added.batch.batchId);
  if (!same) return [...picks, added];
  const batch = withSooner(added.batch, same.batch);
  return picks.map((p) => (p === same ? { batch, qtyBase: p.qtyBase + added.qtyBase } : p));
}

/** Two boxes of one batch with different expiries: the sooner one counts for both. */
function withSooner(batch: PickedBatch, { expiresOn }: PickedBatch): PickedBatch {
  if (expiresOn === null || (batch.expiresOn !== null && batch.expiresOn <= expiresOn)) return batch;
  return { ...batch, expiresOn };
}

function firstPicks(picks: readonly Pick[], most: number): Pick[] {
  const kept: Pick[] = [];
  let left = most;
  for (const pick of picks) {
    const qtyBase = Math.min(pick.qtyBase, left);
    if (qtyBase > 0) kept.push({ ...pick, qtyBase });
    left -= qtyBase;
  }
  return kept;
}
