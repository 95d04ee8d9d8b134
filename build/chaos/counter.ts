import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import type { SaleView } from '#shared/sales/calls.ts';
import type { TillClient } from '../clients.ts';
import { type Cashier, type SignInOf, signIn } from '../demo/cashier.ts';
import type { Seeded } from '../demo-data/random.ts';
import type { Kept, Running } from './kept.ts';

type Payment = Awaited<ReturnType<Cashier['payment']>>;
/** What is driven here is the till's contract over loopback; no network lies between. */
export type TillAtWork = { readonly till: TillClient };

export type CounterDeps = {
  readonly name: string;
  readonly till: Kept<TillAtWork>;
  readonly cashier: Cashier;
  readonly person: SignInOf;
  readonly draw: Seeded;
  /** Between two customers, at most. */
  readonly restMs: number;
};

export type Counter = ReturnType<typeof openCounter>;

/**
 * A cashier who sells on whatever happens to the till. A payment whose answer was lost with the till is made again by
 * the same command until the till says what became of it: so every sale there is was acknowledged to somebody.
 */
export function openCounter({ name, till, cashier, person, draw, restMs }: CounterDeps) {
  const acknowledged: SaleView[] = [];
  let open = true;
  let paying: Payment | null = null;
  let signedInAt: Running<TillAtWork> | null = null;
  /** Calls that failed without a reason the contract knows: the till died under them, or could not write. */
  let failed = 0;
  let lastProblem = '';

  async function serve(at: Running<TillAtWork>, isOver: () => boolean): Promise<void> {
    const { till: client } = at.value;
    if (signedInAt !== at) {
      await signIn(client, person);
      signedInAt = at;
    }
    const command = paying ?? (await cashier.payment(client, await cashier.fill(client)));
    if (isOver()) return;
    paying = command;
    try {
      const sale = await client.sales.pay(command);
      if (isOver()) return;
      acknowledged.push(sale);
    } catch (problem) {
      if (isOver() || !(problem instanceof ORPCError && problem.defined)) throw problem;
      // Refused by name (another counter sold it first): nothing was sold.
      await client.sales.clear({ commandId: randomUUID() });
    }
    paying = null;
  }

  /** One customer; ends at once when the till dies, because calls may wait for ever on a line that is gone. */
  async function turn(): Promise<void> {
    const at = await till.up();
    let over = false;
    const gone = at.died.then(() => {
      throw new Error('the till died');
    });
    try {
      await Promise.race([serve(at, () => over), gone]);
      await pause(draw.next() * restMs);
    } catch (problem) {
      failed += 1;
      lastProblem = problem instanceof Error ? problem.message : String(problem);
      await pause(100);
    } finally {
      over = true;
      gone.catch(() => {});
    }
  }

  const work = (async (): Promise<void> => {
    while (open || paying !== null) await turn();
  })();

  return {
    name,
    acknowledged: (): readonly SaleView[] => acknowledged,
    /** The last customer is served to the end, then nobody comes any more. Answers what stands in the way, if anything. */
    close: async (withinMs: number): Promise<string | null> => {
      open = false;
      const late = pause(withinMs, 'late', { ref: false });
      if ((await Promise.race([work, late])) !== 'late') return null;
      const state = till.isUp() ? 'is up' : 'is down';
      paying = null;
      return `${name} ${state} and cannot sell: ${lastProblem} (${failed} calls failed)`;
    },
  };
}
