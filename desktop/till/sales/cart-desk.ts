import { parseScan } from '#shared/catalog/scan.ts';
import { asksPrice } from '#shared/catalog/sold-as.ts';
import { asSchemes } from '#shared/catalog/weighed.ts';
import { isSoldByWeight, soldByLabel, type WeighedLabel } from '#shared/catalog/weighed-sale.ts';
import { batchId as nameBatch, normaliseBatchCode } from '#shared/inventory/batch.ts';
import { type FefoBatch, isSellableOn, type SaleDay, skipReason } from '#shared/inventory/fefo.ts';
import { plainDate } from '#shared/kernel/calendar.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import * as carts from '#shared/sales/cart.ts';
import {
  asPrinted,
  firstToGo,
  type PricedCart,
  type PricedPack,
  type StopReason,
  sellableBase,
} from '#shared/sales/cart-pricing.ts';
import { type CartCustomer, viewOfCart } from '#shared/sales/cart-view.ts';
import { firstEnd } from '#shared/sales/held.ts';
import type { Counter, Today } from '../counter.ts';
import { orRefuse, refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { sha256 } from '../store/crypto.ts';
import type { CartPricer } from './cart-pricer.ts';
import { createCartStore } from './cart-store.ts';
import { createHeldEnds } from './held-ends.ts';

export type Quantity = { readonly packs: number } | { readonly base: number };
export type CartChanged = { readonly cart: CartView; readonly lineId: string | null };

export type CartDesk = ReturnType<typeof createCartDesk>;

type Deps = {
  readonly sessions: Sessions;
  readonly pricer: CartPricer;
  /** A customer's name, where this replica can read it. */
  readonly nameOf: (customerId: string) => string | null;
};

/** What hands do to the sale in progress. Every change is on disk when its answer goes out. */
export function createCartDesk(counter: Counter, { sessions, pricer, nameOf }: Deps) {
  const store = createCartStore(counter);

  const price = (cart: carts.Cart, today: Today): PricedCart => orRefuse(pricer.price(cart, today));

  function customerOf(cart: carts.Cart): CartCustomer | null {
    const { customerId } = carts.headOf(cart);
    if (customerId === undefined) return null;
    const { taxExemption } = pricer.standingOf(customerId);
    return { customerId, name: nameOf(customerId), taxExemption };
  }

  const view = (cart: carts.Cart, priced: PricedCart): CartView => {
    const rights = new Set(sessions.read(counter)?.permissions);
    return viewOfCart(cart, priced, {
      cashStepMinor: counter.shop().cashStepMinor,
      policy: counter.setting('sales.prescription-policy'),
      rights,
      customer: customerOf(cart),
      takenUpTwice: takenUpTwice(cart),
    });
  };

  const endsOf = createHeldEnds(counter);

  /** Another till that was apart has taken up the same held sale: known once both have met. */
  function takenUpTwice(cart: carts.Cart): CartView['takenUpTwice'] {
    const { heldId } = carts.headOf(cart);
    const other =
      heldId === undefined ? null : firstEnd(endsOf(heldId).filter((e) => e.tillId !== counter.tillId));
    return other && { tillName: other.tillName, at: other.at };
  }

  type Step = (cart: carts.Cart, today: Today) => Result<carts.Cart, carts.CartError>;

  /** Carries out one command once, and answers with the cart as it then stands. */
  function change(commandId: string, step: Step, check: typeof refuseShortage | null = null): CartChanged {
    sessions.require(counter, 'sales.sell');
    const today = counter.today();
    const { cart, priced } = counter.transact('cart', () => {
      const before = store.read();
      if (carts.wasDone(before, commandId)) return { cart: before, priced: price(before, today) };
      const cart = carts.markDone(orRefuse(step(before, today)), commandId);
      const priced = price(cart, today);
      check?.(before, { cart, priced, today });
      store.write(cart);
      return { cart, priced };
    });
    counter.live.changed('cart');
    return { cart: view(cart, priced), lineId: cart.lastLineId };
  }

  /** A command that adds is refused where the shelves cannot give it. */
  const grow = (commandId: string, step: Step): CartChanged => change(commandId, step, refuseShortage);

  /**
   * What is taken freely must be there to hand over. What became short by itself, or comes back by undo, is shown and
   * stops payment only; a batch in the hand is there whatever the books say.
   */
  function refuseShortage(
    before: carts.Cart,
    { cart, priced, today }: { cart: carts.Cart; priced: PricedCart; today: Today },
  ): void {
    const freeIn = ({ lines }: carts.Cart, lineId: string) =>
      lines.find((l) => l.lineId === lineId)?.freeBase ?? 0;
    for (const { lineId, shortBase, pack, qtyBase } of priced.lines) {
      if (shortBase === 0 || freeIn(before, lineId) >= freeIn(cart, lineId)) continue;
      const onHandBase = sellableBase(counter.batches.ofPack(pack.packId), fefoDay(counter, today));
      refuse({ code: 'NONE_ON_HAND', packId: pack.packId, name: pack.name, wantBase: qtyBase, onHandBase });
    }
  }

  function addPack(
    cart: carts.Cart,
    pack: PricedPack,
    {
      qtyBase,
      batch,
      typedPriceMinor,
    }: { qtyBase: number; batch: carts.PickedBatch | null; typedPriceMinor?: number | undefined },
  ) {
    refuseUnpriced(pack);
    const lineId = counter.ids.next();
    return carts.addToCart(cart, { packId: pack.packId, qtyBase, batch, lineId, typedPriceMinor });
  }

  /** What was asked for in base units. A count of packs is no weight: it is asked for. */
  function wanted(pack: PricedPack, quantity: Quantity): number {
    if ('packs' in quantity && isSoldByWeight(pack)) {
      refuseUnpriced(pack);
      refuse({ code: 'TO_WEIGH', packId: pack.packId, name: pack.name });
    }
    return toBase(pack, quantity);
  }

  return {
    price,
    change,
    read: store.read,
    write: store.write,
    /** Whom the sale in progress is for. */
    customerId: (): string | undefined => carts.headOf(store.read()).customerId,
    view(): CartView {
      const cart = store.read();
      return view(cart, price(cart, counter.today()));
    },

    /** `packs` of it, or `base` where it was weighed. */
    scan: (
      commandId: string,
      { code, packs, base }: { code: string; packs: number; base?: number | undefined },
    ): CartChanged =>
      grow(commandId, (cart, today) => {
        const scanned = readScan(counter, code, today);
        const pack = findPack(counter, scanned.packId, today);
        if (scanned.label) return addPack(cart, pack, labelled(counter, pack, scanned.label, packs));
        const batch = scannedBatch(counter, pack, { ...scanned, today });
        const qtyBase = wanted(pack, base === undefined ? { packs } : { base });
        return addPack(cart, pack, { qtyBase, batch });
      }),

    add: (
      commandId: string,
      { packId, quantity, batchId }: { packId: string; quantity: Quantity; batchId?: string | undefined },
    ): CartChanged =>
      grow(commandId, (cart, today) => {
        const pack = findPack(counter, packId, today);
        return addPack(cart, pack, {
          qtyBase: wanted(pack, quantity),
          batch: batchId === undefined ? null : chosenBatch(counter, sessions, { pack, batchId, today }),
        });
      }),

    addUnlisted: (
      commandId: string,
      {
        packId,
        quantity,
        batchCode,
        expiresOn,
      }: { packId: string; quantity: Quantity; batchCode: string; expiresOn: string },
    ): CartChanged =>
      grow(commandId, (cart, today) => {
        const pack = findPack(counter, packId, today);
        const batch = scannedBatch(counter, pack, { batch: batchCode, expiresOn, today });
        return addPack(cart, pack, { qtyBase: toBase(pack, quantity), batch });
      }),

    setQuantity: (commandId: string, lineId: string, quantity: Quantity): CartChanged =>
      grow(commandId, (cart, today) => {
        const line = cart.lines.find((l) => l.lineId === lineId);
        if (!line) refuse({ code: 'NOT_FOUND' });
        return carts.setLineQuantity(cart, lineId, toBase(findPack(counter, line.packId, today), quantity));
      }),

    /** Another pack in the line's place, in one step. */
    swapPack: (
      commandId: string,
      { lineId, packId, quantity }: { lineId: string; packId: string; quantity: Quantity },
    ): CartChanged =>
      grow(commandId, (cart, today) => {
        const pack = findPack(counter, packId, today);
        refuseUnpriced(pack);
        return carts.swapPack(cart, lineId, {
          ...{ packId, qtyBase: toBase(pack, quantity), lineId: counter.ids.next() },
        });
      }),

    removeLine: (commandId: string, lineId: string): CartChanged =>
      change(commandId, (cart) => carts.removeFromCart(cart, lineId)),
    undo: (commandId: string): CartChanged =>
      change(commandId, (cart) => ({ ok: true, value: carts.undoCart(cart) })),
    clear: (commandId: string): CartChanged =>
      change(commandId, (cart) => ({ ok: true, value: carts.clearCart(cart) })),
  };
}

export const fefoDay = (counter: Counter, today: Today) => ({
  on: today.date,
  minShelfLifeDays: counter.shop().minShelfLifeDays,
});

function findPack(counter: Counter, packId: string, today: Today): PricedPack {
  return counter.packs.find(packId, today.business) ?? refuse({ code: 'NOT_FOUND' });
}

/** What is sold without a price: one that somebody types. */
function refuseUnpriced(pack: PricedPack): void {
  if (pack.priceMinor === null && !asksPrice(pack))
    refuse({ code: 'NO_PRICE', packId: pack.packId, name: pack.name });
}

/** What a label of the store's own scale stands for: so much of the article, or one at the label's price. */
function labelled(counter: Counter, pack: PricedPack, label: WeighedLabel, packs: number) {
  const sold = soldByLabel(label, { ...pack, minorDigits: counter.shop().minorDigits });
  if (!sold.ok) return refuse({ code: 'BAD_CODE', reason: sold.error.code, position: null });
  const { qtyBase, typedPriceMinor } = sold.value;
  return { qtyBase: packs * qtyBase, typedPriceMinor, batch: null };
}

/** Packs, or loose base units where the medicine says that its packs may be broken. */
function toBase(pack: PricedPack, quantity: Quantity): number {
  if ('packs' in quantity) return quantity.packs * pack.packSize;
  if (!pack.breakable && quantity.base % pack.packSize !== 0)
    refuse({ code: 'NOT_BREAKABLE', packId: pack.packId, name: pack.name });
  return quantity.base;
}

export type ScannedPack = {
  readonly packId: string;
  readonly batch?: string | undefined;
  readonly expiresOn?: string | undefined;
};
/** `label`: read off a label of the store's own scale; it must not be charged as a whole pack at the usual price. */
type Scanned = ScannedPack & { readonly label?: WeighedLabel | undefined };

/** The pack a code stands for, where a label of the store's own scale is none: what it says cannot be kept to. */
export function readCode(counter: Counter, code: string, today: Today): ScannedPack {
  const scanned = readScan(counter, code, today);
  return scanned.label
    ? refuse({ code: 'BAD_CODE', reason: 'weighed-label', position: null })
    : { packId: scanned.packId, batch: scanned.batch, expiresOn: scanned.expiresOn };
}

/** The pack a code stands for, with what else the code says; refuses with BAD_CODE and UNKNOWN_CODE. */
export function readScan(counter: Counter, code: string, today: Today): Scanned {
  const parsed = parseScan(code, {
    todayYear: Number(today.date.slice(0, 4)),
    weighedSchemes: asSchemes(counter.setting('catalog.weighed-schemes')),
    ownSkus: true,
  });
  if (!parsed.ok)
    return refuse({ code: 'BAD_CODE', reason: parsed.error.code, position: parsed.error.position });
  const { codes, batch, expiresOn, scheme } = parsed.value;
  const packId = counter.packs.idByCodes(codes);
  if (packId === null) return refuse({ code: 'UNKNOWN_CODE', data: { code: codes[0] ?? code } });
  return { packId, batch, expiresOn, label: scheme === 'weighed' ? parsed.value : undefined };
}

/**
 * The batch in the customer's hand, when code or typing says which it is. Expired, recalled or quarantined it is
 * refused; unknown to the books it may be sold by what is printed on it (RULES.md §2).
 */
function scannedBatch(
  counter: Counter,
  pack: PricedPack,
  { batch, expiresOn, today }: Omit<ScannedPack, 'packId'> & { today: Today },
): carts.PickedBatch | null {
  const day = fefoDay(counter, today);
  const printed = expiresOn === undefined ? null : plainDate(expiresOn);
  if (batch === undefined) {
    const box = { ...unknownBatch, expiresOn: printed ?? noExpiry };
    const why = stopReason(box, day);
    if (why) stopBatch(counter, pack, { batch: { ...box, batchId: null }, why, today });
    return null;
  }
  const normal = normaliseBatchCode(batch);
  if (!normal.ok) return refuse({ code: 'BAD_CODE', reason: normal.error.code, position: null });
  const code = normal.value;
  const id = nameBatch(sha256, { storeId: counter.storeId, packId: pack.packId, code });
  const known = counter.batches.find(id);
  const books = known ?? { ...unknownBatch, batchId: id, code, status: counter.batches.status(id) };
  const facts = asPrinted({ ...books, expiresOn: known?.expiresOn ?? printed ?? noExpiry }, printed);
  const why = stopReason(facts, day);
  if (why) stopBatch(counter, pack, { batch: { ...facts, batchId: known ? id : null }, why, today });
  if (known) return { kind: 'scanned', batchId: id, expiresOn: printed };
  // A batch the books do not have and whose expiry nobody has told yet says nothing: FEFO decides.
  return printed && { kind: 'unlisted', batchId: id, code, expiresOn: printed };
}

const noExpiry = plainDate('9999-12-31');
const unknownBatch = { batchId: '', code: '', receivedAt: 0, status: 'sellable' as const, onHandBase: 0 };

function stopReason(batch: FefoBatch, day: SaleDay): StopReason | null {
  const why = skipReason(batch, day);
  return why === 'none-on-hand' ? null : why;
}

/** A batch a person picked from the list against FEFO: a right of its own. */
function chosenBatch(
  counter: Counter,
  sessions: Sessions,
  { pack, batchId, today }: { pack: PricedPack; batchId: string; today: Today },
): carts.PickedBatch | null {
  const batches = counter.batches.ofPack(pack.packId);
  const day = fefoDay(counter, today);
  const batch = batches.find((b) => b.batchId === batchId) ?? refuse({ code: 'NOT_FOUND' });
  const why = stopReason(batch, day);
  if (why) stopBatch(counter, pack, { batch, why, today });
  if (firstToGo(batches, day)?.batchId !== batchId) sessions.require(counter, 'inventory.batch.choose');
  return { kind: 'scanned', batchId, expiresOn: null };
}

type Stop = {
  readonly batch: { readonly batchId: string | null; readonly code: string; readonly expiresOn: string };
  readonly why: StopReason;
  readonly today: Today;
};

function stopBatch(
  counter: Counter,
  pack: PricedPack,
  { batch: { batchId, code, expiresOn }, why, today }: Stop,
): never {
  const day = fefoDay(counter, today);
  const first = firstToGo(
    counter.batches.ofPack(pack.packId).filter((b) => isSellableOn(b, day)),
    day,
  );
  const instead = first && { batchId: first.batchId, code: first.code, expiresOn: first.expiresOn };
  return refuse({
    code: 'BATCH_STOPPED',
    packId: pack.packId,
    name: pack.name,
    batch: { batchId, code, expiresOn },
    why,
    instead,
  });
}
