import { setImmediate as nextTurn } from 'node:timers/promises';
import { commandId } from '../proof/open-shop.ts';
import { must, type Outcome, outcomeOf } from './attempt.ts';
import type { Client } from './counter.ts';
import type { AttemptModel } from './model.ts';
import type { Manner, Move } from './moves.ts';
import type { Doing, World } from './world.ts';

type Order<T> = {
  readonly manner: Manner;
  readonly of: Partial<Pick<AttemptModel, 'saleId' | 'chargeId' | 'waits'>>;
  readonly give: Doing<Move['do']>['give'];
  /** With the attempt that the terminal heard of, if it did. */
  readonly finish: (outcome: Outcome<T>, attempt: AttemptModel | null) => Promise<string>;
};
type Call<T> = (client: Client, commandId: string) => Promise<T>;

/** Gives a command that may make the till ask its terminal. A slow one is finished when the terminal speaks. */
export async function atTerminal<T>(world: World, call: Call<T>, order: Order<T>): Promise<string> {
  const { counter } = world;
  const { terminal } = counter;
  const { manner, give, finish } = order;
  const before = terminal.orders().length;
  terminal.behave(manner);
  if (manner !== 'slow') {
    const outcome = await give(call);
    return finish(outcome, heard(world, before, order.of));
  }
  let answered = false;
  const outcome = outcomeOf(call(counter.client(), commandId())).finally(() => {
    answered = true;
  });
  while (!answered && terminal.orders().length === before) await nextTurn();
  const attempt = heard(world, before, order.of);
  if (attempt === null) return finish(await outcome, null);
  must(!answered, 'answered before the terminal did');
  attempt.state = 'asking';
  world.waiting.push(async () => finish(await outcome, attempt));
  return 'waits';
}

/** The attempt of the order that came, as the terminal and the till know it by now. */
function heard({ counter, model }: World, before: number, of: Order<unknown>['of']): AttemptModel | null {
  const [order, more] = counter.terminal.orders().slice(before);
  must(more === undefined, 'one command asked the terminal twice', more);
  if (!order) return null;
  const { attemptId: id, kind, amountMinor } = order;
  const attempt: AttemptModel = {
    ...{ id, kind, amountMinor, state: 'unknown', saleId: null, chargeId: null, written: false, waits: null },
    ...of,
  };
  model.attempts.push(attempt);
  return attempt;
}

/** What the till must know of an order that it gave and lived to hear of; one that died does not know. */
export function stateBy({ counter: { terminal } }: World, attempt: AttemptModel, manner: Manner) {
  const order = terminal.orders().find(({ attemptId }) => attemptId === attempt.id);
  if (order?.life !== terminal.life()) return 'unknown';
  if (manner === 'prompt' || manner === 'slow') return 'approved';
  return manner === 'declines' ? 'declined' : 'unknown';
}
