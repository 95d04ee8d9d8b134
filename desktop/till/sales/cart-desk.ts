import { parseScan } from '#shared/catalog/scan.ts';
import { batchId as nameBatch, normaliseBatchCode } from '#shared/inventory/batch.ts';
import { isSellableOn, skipReason } from '#shared/inventory/fefo.ts';
import { type PlainDate, plainDate } from '#shared/kernel/calendar.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { CartView } from '#shared/sales/calls.ts';
import * as carts from '#shared/sales/cart.ts';
import {
  firstToGo,
  type PricedCart,
  type PricedPack,
  priceCart,
  sellableBase,
} from '#shared/sales/cart-pricing.ts';
import { viewOfCart } from '#shared/sales/cart-view.ts';
import type { Counter, Today } from '../counter.ts';
import { orRefuse, refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { sha256 } from '../store/crypto.ts';
import { createCartStore } from './cart-store.ts';

export type Quantity = { readonly packs: number } | { readonly base: number };
export type CartChanged = { readonly cart: CartView; readonly lineId: string | null };

export type CartDesk = ReturnType<typeof createCartDesk>;

/** What hands do to the sale in progress. Every change is on disk when its answer goes out. */
export function createCartDesk(counter: Counter, sessions: Sessions) {
  const store = createCartStore(counter);

  const price = (cart: carts.Cart, today: Today): PricedCart => orRefuse(tryPrice(counter, cart, today));

  const view = (cart: carts.Cart, today: Today): CartView => {
    const rights = new Set(sessions.read(counter)?.permissions);
    return viewOfCart(cart, price(cart, today), {
      cashStepMinor: counter.shop().cashStepMinor,
      policy: counter.setting('sales.prescription-policy'),
      rights,
    });
  };

  /** Carries out one command: checks that it can be sold as it would stand, then writes it. */
  function change(
    commandId: string,
    step: (cart: carts.Cart, today: Today) => Result<carts.Cart, carts.CartError>,
  ): CartChanged {
    sessions.require(counter, 'sales.sell');
    const today = counter.today();
    const after = counter.transact('cart', () => {
      const before = store.read();
      if (carts.wasDone(before, commandId)) return before;
      const next = carts.markDone(orRefuse(step(before, today)), commandId);
      refuseShortage(before, next, today);
      store.write(next);
      return next;
    });
    counter.live.changed('cart');
    return { cart: view(after, today), lineId: after.lastLineId };
  }

  /** A line that grows must be there to hand over. What became short by itself is shown, and stops payment only. */
  function refuseShortage(before: carts.Cart, after: carts.Cart, today: Today): void {
    for (const { lineId, shortBase, pack, qtyBase } of price(after, today).lines) {
      const was = before.lines.find((l) => l.lineId === lineId);
      if (shortBase === 0 || (was && carts.quantityOf(was) >= qtyBase)) continue;
      const onHandBase = sellableBase(counter.batches.ofPack(pack.packId), fefoDay(counter, today));
      refuse({ code: 'NONE_ON_HAND', packId: pack.packId, name: pack.name, wantBase: qtyBase, onHandBase });
    }
  }

  function addPack(
    cart: carts.Cart,
    pack: PricedPack,
    { qtyBase, batch }: { qtyBase: number; batch: carts.PickedBatch | null },
  ) {
    if (pack.priceMinor === null) refuse({ code: 'NO_PRICE', packId: pack.packId, name: pack.name });
    return carts.addToCart(cart, { packId: pack.packId, qtyBase, batch, lineId: counter.ids.next() });
  }

  return {
    price,
    read: store.read,
    write: store.write,
    view: (): CartView => view(store.read(), counter.today()),

    scan: (commandId: string, code: string, packs: number): CartChanged =>
      change(commandId, (cart, today) => {
        const scanned = readCode(counter, code, today);
        const pack = findPack(counter, scanned.packId, today);
        const qtyBase = packs * pack.packSize;
        return addPack(cart, pack, { qtyBase, batch: scannedBatch(counter, pack, { ...scanned, today }) });
      }),

    add: (
      commandId: string,
      { packId, quantity, batchId }: { packId: string; quantity: Quantity; batchId?: string | undefined },
    ): CartChanged =>
      change(commandId, (cart, today) => {
        const pack = findPack(counter, packId, today);
        return addPack(cart, pack, {
          qtyBase: toBase(pack, quantity),
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
      change(commandId, (cart, today) => {
        const pack = findPack(counter, packId, today);
        const batch = scannedBatch(counter, pack, { batch: batchCode, expiresOn, today });
        return addPack(cart, pack, { qtyBase: toBase(pack, quantity), batch });
      }),

    setQuantity: (commandId: string, lineId: string, quantity: Quantity): CartChanged =>
      change(commandId, (cart, today) => {
        const line = cart.lines.find((l) => l.lineId === lineId);
        if (!line) refuse({ code: 'NOT_FOUND' });
        return carts.setLineQuantity(cart, lineId, toBase(findPack(counter, line.packId, today), quantity));
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

function tryPrice(counter: Counter, cart: carts.Cart, today: Today) {
  const stock = {
    pack: (packId: string) => counter.packs.find(packId, today.business),
    batches: counter.batches.ofPack,
  };
  return priceCart(cart, stock, { ...fefoDay(counter, today), taxMode: counter.shop().taxMode });
}

function findPack(counter: Counter, packId: string, today: Today): PricedPack {
  return counter.packs.find(packId, today.business) ?? refuse({ code: 'NOT_FOUND' });
}

/** Packs, or loose base units where the medicine says that its packs may be broken. */
function toBase(pack: PricedPack, quantity: Quantity): number {
  if ('packs' in quantity) return quantity.packs * pack.packSize;
  if (!pack.breakable && quantity.base % pack.packSize !== 0)
    refuse({ code: 'NOT_BREAKABLE', packId: pack.packId, name: pack.name });
  return quantity.base;
}

type ScannedPack = {
  readonly packId: string;
  readonly batch?: string | undefined;
  readonly expiresOn?: string | undefined;
};

function readCode(counter: Counter, code: string, today: Today): ScannedPack {
  const parsed = parseScan(code, {
    todayYear: Number(today.date.slice(0, 4)),
    weighedSchemes: counter.setting('catalog.weighed-schemes').map(({ valueCheckDigit, ...scheme }) => ({
      ...scheme,
      ...(valueCheckDigit !== undefined && { valueCheckDigit }),
    })),
    ownSkus: true,
  });
  if (!parsed.ok)
    return refuse({ code: 'BAD_CODE', reason: parsed.error.code, position: parsed.error.position });
  const packId = counter.packs.idByCodes(parsed.value.codes);
  if (packId === null) return refuse({ code: 'UNKNOWN_CODE', data: { code: parsed.value.codes[0] ?? code } });
  return { packId, batch: parsed.value.batch, expiresOn: parsed.value.expiresOn };
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
  if (batch === undefined) {
    if (expiresOn !== undefined && expiresOn < today.date)
      stopBatch(counter, pack, { batch: { batchId: null, code: '', expiresOn }, why: 'expired', today });
    return null;
  }
  const normal = normaliseBatchCode(batch);
  if (!normal.ok) return refuse({ code: 'BAD_CODE', reason: normal.error.code, position: null });
  const id = nameBatch(sha256, { storeId: counter.storeId, packId: pack.packId, code: normal.value });
  const known = counter.batches.find(id);
  const printed = expiresOn === undefined ? null : plainDate(expiresOn);
  const expiry = earlier(known?.expiresOn ?? null, printed);
  if (expiry === null) return null;
  const why = skipReason(
    { ...(known ?? unknownBatch(id, normal.value)), expiresOn: expiry },
    fefoDay(counter, today),
  );
  if (why !== null && why !== 'none-on-hand')
    stopBatch(counter, pack, {
      batch: { batchId: known ? id : null, code: normal.value, expiresOn: expiry },
      why,
      today,
    });
  return known
    ? { kind: 'scanned', batchId: id }
    : { kind: 'unlisted', batchId: id, code: normal.value, expiresOn: expiry };
}

const unknownBatch = (batchId: string, code: string) => ({
  batchId,
  code,
  receivedAt: 0,
  status: 'sellable' as const,
  onHandBase: 0,
});

/** Where books and box disagree on an expiry, the stricter one counts. */
function earlier(a: PlainDate | null, b: PlainDate | null): PlainDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
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
  const why = skipReason(batch, day);
  if (why !== null && why !== 'none-on-hand') stopBatch(counter, pack, { batch, why, today });
  if (firstToGo(batches, day)?.batchId !== batchId) sessions.require(counter, 'inventory.batch.choose');
  return { kind: 'scanned', batchId };
}

type Stop = {
  readonly batch: { readonly batchId: string | null; readonly code: string; readonly expiresOn: string };
  readonly why: 'expired' | 'short-life' | 'recalled' | 'quarantined';
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
