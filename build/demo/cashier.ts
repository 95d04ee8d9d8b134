import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { SaleView } from '#shared/sales/calls.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import type { TillClient } from '../clients.ts';
import { payBasket } from '../demo-data/payment.ts';
import type { Seeded } from '../demo-data/random.ts';
import type { DemoScan } from '../demo-data/scans.ts';

/** A pack on the shelf: what the scanner reads on it, and what the customer calls it. */
export type ShelfItem = DemoScan & { readonly packId: string; readonly words: string };
export type SignInOf = { readonly name: string; readonly pin: string };

export type CashierDeps = {
  readonly draw: Seeded;
  readonly items: readonly ShelfItem[];
  /** Who is called when a line wants a pharmacist's PIN. */
  readonly pharmacist: SignInOf;
  readonly cashStepMinor: number;
};

export type Cashier = ReturnType<typeof createCashier>;

/** A cashier who knows nothing but the till's contract: scans, searches, corrects mistakes, takes money. */
export function createCashier({ draw, items, pharmacist, cashStepMinor }: CashierDeps) {
  const refused = new Map<string, number>();
  const refuse = (code: string) => refused.set(code, (refused.get(code) ?? 0) + 1);
  const commandId = () => randomUUID();
  let pharmacistIs: string | null = null;
  const pharmacistId = async (till: TillClient): Promise<string> => {
    pharmacistIs ??= await personIdOf(till, pharmacist.name);
    return pharmacistIs;
  };

  /** Brings one pack to the cart by scanner or by name; null where the till refuses what was brought. */
  async function bring(till: TillClient): Promise<CartView | null> {
    const item = draw.pick(items);
    const way = draw.weighted([55, 25, 20]);
    const packs = draw.chance(0.85) ? 1 : draw.int(2, 3);
    const scanned = way === 1 ? (item.ean13 ?? item.dataMatrix) : item.dataMatrix;
    const brought = await attempt(
      way === 2
        ? searchAndAdd(till, item)
        : till.sales.scan({ commandId: commandId(), code: scanned, packs }),
    );
    if (brought.ok) return brought.value?.cart ?? null;
    refuse(brought.error.code);
    return null;
  }

  /** Types the name, takes the first hit; of a pack that may be broken sometimes a few loose units. */
  async function searchAndAdd(till: TillClient, { words }: ShelfItem) {
    const { hits } = await till.catalog.search({ text: words, limit: 10 });
    const hit = hits[0];
    if (hit === undefined) return null;
    const add = (quantity: { packs: number } | { base: number }) =>
      till.sales.add({ commandId: commandId(), packId: hit.packId, quantity });
    if (hit.packSize < 10 || draw.chance(0.5)) return add({ packs: 1 });
    const loose = await attempt(add({ base: draw.int(1, hit.packSize - 1) }));
    if (loose.ok) return loose.value;
    refuse(loose.error.code);
    return add({ packs: 1 });
  }

  /** Second thoughts: takes a line out, undoes the last change, corrects a quantity. */
  async function change(till: TillClient, cart: CartView): Promise<CartView> {
    const line = cart.lines.length > 0 ? draw.pick(cart.lines) : undefined;
    const way = draw.weighted([88, 4, 4, 4]);
    if (line === undefined || way === 0) return cart;
    const command = { commandId: commandId(), lineId: line.lineId };
    const changed = await attempt(
      way === 1
        ? till.sales.removeLine(command)
        : way === 2
          ? till.sales.undo({ commandId: commandId() })
          : till.sales.setQuantity({ ...command, quantity: { packs: 2 } }),
    );
    if (changed.ok) return changed.value.cart;
    refuse(changed.error.code);
    return cart;
  }

  /** Takes out what may not be sold here: what wants a prescription, and half of what wants a pharmacist. */
  async function settleBlockers(
    till: TillClient,
    cart: CartView,
  ): Promise<{ cart: CartView; called: boolean }> {
    let now = cart;
    const called = draw.chance(0.5);
    for (const { lineId, code } of cart.blockers) {
      if (code === 'PHARMACIST_REQUIRED' && called) continue;
      if (!now.lines.some((line) => line.lineId === lineId)) continue;
      refuse(code);
      now = (await till.sales.removeLine({ commandId: commandId(), lineId })).cart;
    }
    return { cart: now, called: now.blockers.length > 0 };
  }

  /** A cart with something in it that can be paid for. */
  async function fill(till: TillClient): Promise<{ cart: CartView; called: boolean }> {
    const wanted = 1 + draw.weighted([40, 30, 18, 12]);
    for (;;) {
      let cart: CartView | null = null;
      for (let tries = 0; (cart?.lines.length ?? 0) < wanted && tries < 20; tries++)
        cart = (await bring(till)) ?? cart;
      if (cart === null) throw new Error('twenty packs in a row were refused');
      const settled = await settleBlockers(till, await change(till, cart));
      if (settled.cart.lines.length > 0 && settled.cart.totalMinor > 0) return settled;
    }
  }

  /** What is handed to the till to pay this cart with, cash or card. */
  async function payment(till: TillClient, { cart, called }: { cart: CartView; called: boolean }) {
    const { tenders } = payBasket(cart.totalMinor, { draw, cashStepMinor, cardShare: 0.5 });
    return {
      commandId: commandId(),
      totalMinor: cart.totalMinor,
      tenders: tenders.map(({ kind, amountMinor, reference }) => ({
        ...{ kind, amountMinor },
        ...(reference ? { reference } : {}),
      })),
      ...(called && {
        pharmacist: { personId: await pharmacistId(till), pin: pharmacist.pin },
      }),
    };
  }

  return {
    fill,
    payment,
    /** One customer from the first scan to the receipt number. */
    async sell(till: TillClient): Promise<SaleView> {
      return till.sales.pay(await payment(till, await fill(till)));
    },
    /** How often the till has refused something, by code. */
    refused: (): ReadonlyMap<string, number> => refused,
  };
}

/** What the contract refuses by name comes back as a value; everything else is a failure of the demo. */
async function attempt<T>(call: Promise<T>): Promise<Result<T, { readonly code: string }>> {
  try {
    return ok(await call);
  } catch (problem) {
    if (problem instanceof ORPCError && problem.defined) return err({ code: String(problem.code) });
    throw problem;
  }
}

/** Signs a person in at a till, by the tile with the name. */
export async function signIn(till: TillClient, { name, pin }: SignInOf): Promise<void> {
  await till.auth.signIn({ personId: await personIdOf(till, name), pin });
}

async function personIdOf(till: TillClient, name: string): Promise<string> {
  for await (const state of await till.auth.state()) {
    if (state.phase !== 'sign-in' && state.phase !== 'ready') continue;
    const tile = state.people.find((one) => one.name === name);
    if (tile === undefined) throw new Error(`${name} does not work here`);
    return tile.personId;
  }
  throw new Error('the till has closed');
}
