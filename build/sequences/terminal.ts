import type { Database } from 'better-sqlite3';
import type { CardAnswer, CardOrder, CardTerminal } from '../../desktop/till/ports.ts';
import { rowsOf } from '../proof/rows.ts';
import type { Manner } from './moves.ts';

type Order = CardOrder & { readonly kind: 'charge' | 'refund'; readonly life: number };

/** A card terminal with a customer at it, and what its bank would say of it. */
export type TerminalInHand = CardTerminal & {
  /** How it takes what it is told from now on. */
  readonly behave: (manner: Manner) => void;
  /** Carries out and answers what it kept waiting. */
  readonly speak: () => void;
  /** What waits is never answered: the line, or the till at its other end, is gone. */
  readonly hangUp: () => void;
  readonly orders: () => readonly Order[];
  /** How often it was hung up: an order with fewer was given by a till that has died since. */
  readonly life: () => number;
  /** By attempt: what was taken, negative what was given; 0: refused for good. */
  readonly moved: ReadonlyMap<string, number>;
  /** What no till may ask a terminal. */
  readonly faults: () => readonly string[];
  readonly forget: () => void;
};

/**
 * It moves money once for each attempt, whatever it says of it: `late` and `breaks` carry out and do not say so, `deaf`
 * never hears, `slow` waits with both until it is told to speak. The tills' side of its port, without the wire.
 */
export function createTerminal(db: () => Database): TerminalInHand {
  const moved = new Map<string, number>();
  let orders: Order[] = [];
  let faults: string[] = [];
  let manner: Manner = 'prompt';
  let waiting: { carryOut: () => CardAnswer; resolve: (answer: CardAnswer) => void }[] = [];
  let life = 0;

  const stateOf = (attemptId: string): CardAnswer => {
    const minor = moved.get(attemptId);
    if (minor === undefined) return { code: 'no-answer' };
    if (minor === 0) return { code: 'not-charged', reason: 'never heard of' };
    return { code: 'approved', reference: `slip ${attemptId.slice(-6)}` };
  };
  function hear(order: Order): Promise<CardAnswer> {
    const { attemptId, kind, amountMinor } = order;
    const written = rowsOf(db(), ON_DISK, attemptId, kind, amountMinor).length;
    if (written !== 1) faults.push(`asked to ${kind} ${amountMinor} that is not on the disk`);
    if (orders.some((one) => one.attemptId === attemptId)) faults.push(`told ${attemptId} twice`);
    orders.push(order);
    const carryOut = (): CardAnswer => {
      moved.set(attemptId, kind === 'charge' ? amountMinor : -amountMinor);
      return stateOf(attemptId);
    };
    return answer(attemptId, carryOut);
  }
  async function answer(attemptId: string, carryOut: () => CardAnswer): Promise<CardAnswer> {
    switch (manner) {
      case 'prompt':
        return carryOut();
      case 'declines':
        moved.set(attemptId, 0);
        return { code: 'declined', reason: 'no funds' };
      case 'late':
        carryOut();
        return { code: 'no-answer' };
      case 'breaks':
        carryOut();
        throw new Error('the line is gone');
      case 'deaf':
        return { code: 'no-answer' };
      case 'slow':
        return new Promise((resolve) => {
          waiting.push({ carryOut, resolve });
        });
    }
  }
  return {
    name: 'in hand',
    charge: (order) => hear({ ...order, kind: 'charge', life }),
    refund: (order) => hear({ ...order, kind: 'refund', life }),
    async ask(attemptId) {
      if (manner === 'breaks') throw new Error('the line is gone');
      if (manner !== 'prompt' && manner !== 'declines') return { code: 'no-answer' };
      if (!moved.has(attemptId)) moved.set(attemptId, 0);
      return stateOf(attemptId);
    },
    behave(next) {
      manner = next;
    },
    speak() {
      for (const { carryOut, resolve } of waiting.splice(0)) resolve(carryOut());
    },
    hangUp() {
      for (const { resolve } of waiting.splice(0)) resolve({ code: 'no-answer' });
      life += 1;
    },
    orders: () => orders,
    life: () => life,
    moved,
    faults: () => faults,
    forget() {
      moved.clear();
      [orders, faults, waiting, manner] = [[], [], [], 'prompt'];
    },
  };
}

const ON_DISK = `SELECT 1 FROM card_attempt WHERE id = ? AND kind = ? AND amount_minor = ?`;
