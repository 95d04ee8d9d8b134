import { z } from 'zod';
import type { Change } from '#shared/replica/changeset.ts';
import { type HeldView, heldChange } from '#shared/sales/calls-held.ts';
import * as carts from '#shared/sales/cart.ts';
import { firstEnd, type HeldChange, heldChanges, type LineToday } from '#shared/sales/held.ts';
import type { HeldContent } from '#shared/sales/held-content.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter, Today } from '../counter.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { CartChanged, CartDesk } from './cart-desk.ts';
import type { CartPricer } from './cart-pricer.ts';
import { heldContent } from './cart-store.ts';
import { createHeldEnds } from './held-ends.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly desk: CartDesk;
  readonly pricer: CartPricer;
};

/**
 * Sales put aside: facts, so that every counter of the store has them, whatever becomes of the till that held them.
 * Taking one up is a fact too. Prices, stock and stops are looked up anew, as for every cart.
 */
export function createHeldSales({ counter, sessions, desk, pricer }: Deps) {
  const { db, storeId } = counter;
  const waiting = db.prepare<[string], HeldView>(
    `SELECT h.id AS heldId, h.name, h.at, h.line_count AS lineCount, h.total_minor AS totalMinor,
            coalesce(t.name, '') AS tillName, coalesce(p.name, '') AS personName
     FROM held_sale h LEFT JOIN till t ON t.id = h.till_id LEFT JOIN person p ON p.id = h.actor_id
     WHERE h.store_id = ? AND NOT EXISTS (SELECT 1 FROM held_end e WHERE e.held_id = h.id) ORDER BY h.at DESC, h.id DESC`,
  );
  const one = db.prepare<[string, string], { content: string }>(
    `SELECT content FROM held_sale WHERE id = ? AND store_id = ?`,
  );
  const endsOf = createHeldEnds(counter);

  function fact(actorId: string, today: Today) {
    const { nowMs: at, business: businessDate } = today;
    return { id: counter.ids.next(), storeId, tillId: counter.tillId, at, businessDate, actorId };
  }

  function hold(name: string, actorId: string, { cart, today }: { cart: carts.Cart; today: Today }): void {
    const { lines, totals } = desk.price(cart, today);
    const head = carts.headOf(cart);
    const row: RowOf<'held_sale'> = {
      ...fact(actorId, today),
      name,
      content: {
        lines: cart.lines,
        head: { ...head, heldId: undefined },
        shown: lines.map(({ lineId, pack }) => ({ lineId, packPriceMinor: pack.priceMinor })),
      },
      lineCount: lines.length,
      totalMinor: totals.totalMinor,
      customerId: head.customerId ?? null,
    };
    record('held-sale', actorId, { t: 'held_sale', op: 'insert', row });
  }

  function end(heldId: string, kind: 'recalled' | 'discarded', by: { actorId: string; today: Today }): void {
    const row: RowOf<'held_end'> = { ...fact(by.actorId, by.today), heldId, kind };
    record('held-end', by.actorId, { t: 'held_end', op: 'insert', row });
  }

  function record(type: 'held-sale' | 'held-end', actor: string, change: Change): void {
    counter.replica.record({ type, actor, subjectId: null, changes: [change] });
  }

  /** What waits: refuses what is not here, and what somebody else has taken up. */
  function open(heldId: string) {
    const row = one.get(heldId, storeId) ?? refuse({ code: 'NOT_FOUND' });
    const ended = firstEnd(endsOf(heldId));
    if (ended) refuse({ code: 'ALREADY_RECALLED', data: { tillName: ended.tillName, at: ended.at } });
    return heldContent.parse(JSON.parse(row.content));
  }

  /** How each of its lines stands today, priced by itself. */
  function lineToday({ lines }: HeldContent, today: Today): (lineId: string) => LineToday {
    const gone: LineToday = { ok: false, error: { code: 'NOT_FOUND' } };
    return (lineId) => {
      const line = lines.find((one) => one.lineId === lineId);
      const priced = pricer.price({ ...carts.emptyCart, lines: line ? [line] : [] }, today);
      if (!priced.ok) return 'name' in priced.error ? { ok: false, error: priced.error } : gone;
      const [value] = priced.value.lines;
      return value ? { ok: true, value } : gone;
    };
  }

  return {
    waiting: (): HeldView[] => waiting.all(storeId),

    hold(commandId: string, name: string): CartChanged {
      const { personId } = sessions.require(counter, 'sales.sell');
      return announced(
        desk.change(commandId, (cart, today) => {
          if (cart.lines.length === 0) refuse({ code: 'EMPTY_CART' });
          hold(name, personId, { cart, today });
          return { ok: true, value: carts.nextCart(cart) };
        }),
      );
    },

    /** Asked again after a lost answer it says again what was no longer as it had been. */
    recall(commandId: string, heldId: string): CartChanged & { readonly changes: HeldChange[] } {
      const { personId } = sessions.require(counter, 'sales.sell');
      const { answer: changes } = counter.once.run(
        { what: 'recall', commandId, answer: z.array(heldChange) },
        () => {
          let found: readonly HeldChange[] = [];
          desk.change(commandId, (cart, today) => {
            if (cart.lines.length > 0) refuse({ code: 'SALE_IN_PROGRESS' });
            const content = open(heldId);
            found = heldChanges(content, lineToday(content, today));
            end(heldId, 'recalled', { actorId: personId, today });
            const leftOut = new Set(found.filter((c) => c.kind === 'left-out').map((c) => c.lineId));
            const lines = content.lines.filter((line) => !leftOut.has(line.lineId));
            return { ok: true, value: carts.takeUp(cart, { lines, head: { ...content.head, heldId } }) };
          });
          return [...found];
        },
      );
      const cart = desk.view();
      return announced({ cart, lineId: cart.lastLineId, changes });
    },

    discard(heldId: string): void {
      const { personId } = sessions.require(counter, 'sales.sell');
      counter.transact('discard held', () => {
        one.get(heldId, storeId) ?? refuse({ code: 'NOT_FOUND' });
        // Given up already, here or elsewhere: there is nothing left to do.
        if (endsOf(heldId).length === 0)
          end(heldId, 'discarded', { actorId: personId, today: counter.today() });
      });
      counter.live.changed('held');
    },
  };

  function announced<T>(answer: T): T {
    counter.live.changed('held');
    counter.live.changed('sync');
    return answer;
  }
}
