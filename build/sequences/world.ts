import type { CartView } from '#shared/sales/calls-cart.ts';
import { toStep } from './arithmetic.ts';
import { must, type Outcome } from './attempt.ts';
import type { Client, SequenceCounter } from './counter.ts';
import { cartTotals, type Model, packIdOf } from './model.ts';
import type { Move } from './moves.ts';
import { CASH_STEP } from './terms.ts';

/** A till, the model beside it, and how often each kind of move was carried out or refused. */
export type World = {
  readonly counter: SequenceCounter;
  readonly model: Model;
  readonly seen: Map<string, number>;
  /** Commands that the terminal keeps waiting: what is done with their answers. */
  readonly waiting: (() => Promise<string>)[];
};

/** The till loses its power and comes up again; what it had asked its terminal is not answered to it any more. */
export async function crash({ counter, model, waiting }: World): Promise<void> {
  await counter.crash();
  waiting.length = 0;
  for (const attempt of model.attempts) if (attempt.state === 'asking') attempt.state = 'unknown';
}

export type Doing<M extends Move['do']> = {
  readonly move: Extract<Move, { readonly do: M }>;
  /** Gives the command as its step says. */
  readonly give: <T>(call: (client: Client, commandId: string) => Promise<T>) => Promise<Outcome<T>>;
};

/** The screen has what the model has. */
export function showsCart({ model }: World, view: CartView): 'done' {
  const totals = cartTotals(model);
  const shown = view.lines.map((line) => [line.packId, line.qtyBase, line.amountMinor]);
  const meant = model.cart.lines.map((line, i) => [
    packIdOf(line.article),
    line.base,
    totals.lines[i]?.amountMinor,
  ]);
  must(
    JSON.stringify(shown) === JSON.stringify(meant),
    `the cart should be ${JSON.stringify(meant)} and is`,
    shown,
  );
  must(
    view.totalMinor === totals.totalMinor,
    `the total should be ${totals.totalMinor} and is`,
    view.totalMinor,
  );
  must(view.cashDueMinor === toStep(totals.totalMinor, CASH_STEP), 'in cash it cannot be', view.cashDueMinor);
  const used = view.points?.used ?? 0;
  must(used === totals.pointsUsed, `points used should be ${totals.pointsUsed} and are`, used);
  const taxMinor = view.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0);
  must(taxMinor === totals.taxMinor, `the tax should be ${totals.taxMinor} and is`, taxMinor);
  return 'done';
}

export function wants(code: string, wanted: string): string {
  must(code === wanted, `expected ${wanted}, refused with`, code);
  return code;
}
