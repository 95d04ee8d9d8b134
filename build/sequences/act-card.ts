import type { CardAttemptView } from '#shared/sales/calls-cards.ts';
import { takeBackGoods } from './act-returns.ts';
import { atTerminal, stateBy } from './at-terminal.ts';
import { cutOff, Fault, must } from './attempt.ts';
import { busy, isUnsettled, openOnes, standsInTheWay } from './card-model.ts';
import { type AttemptModel, cartTotals } from './model.ts';
import type { Manner, Step } from './moves.ts';
import { crash, type Doing, type World, wants } from './world.ts';

export async function charge(world: World, { move, give }: Doing<'charge'>): Promise<string> {
  const { model } = world;
  const amountMinor = Math.floor((cartTotals(model).totalMinor * move.percent) / 100);
  if (amountMinor === 0) return 'nothing';
  const refusal = busy(model) ?? (standsInTheWay(model, amountMinor, []) ? 'CARD_UNSETTLED' : null);
  return atTerminal(
    world,
    ({ sales }, id) => sales.cards.charge({ commandId: id, amountMinor, holding: [] }),
    {
      ...{ manner: move.manner, give, of: {} },
      async finish(outcome, attempt) {
        if (!outcome.ok) return wants(outcome.code, refusal ?? 'no refusal');
        must(refusal === null && attempt?.amountMinor === amountMinor, 'charged beside', attempt);
        return learn(world, { attempt, view: outcome.value, manner: move.manner });
      },
    },
  );
}

export async function giveBack(world: World, { move, give }: Doing<'give back'>): Promise<string> {
  const { model } = world;
  const charges = model.attempts.filter(({ kind }) => kind === 'charge');
  const charged = charges[move.nth % charges.length];
  if (!charged) return 'nothing';
  const isOpen = openOnes(model).includes(charged) && charged.state === 'approved';
  const refusal = isOpen ? busy(model) : 'CARD_NOT_TAKEN';
  return atTerminal(
    world,
    ({ sales }, id) => sales.cards.giveBack({ commandId: id, attemptId: charged.id }),
    {
      ...{ manner: move.manner, give, of: { chargeId: charged.id } },
      async finish(outcome, attempt) {
        if (!outcome.ok) return wants(outcome.code, refusal ?? 'no refusal');
        must(refusal === null, 'given back, though it should be refused with', refusal ?? '');
        must(attempt?.amountMinor === charged.amountMinor, 'another amount was given back:', attempt);
        return learn(world, { attempt, view: outcome.value, manner: move.manner });
      },
    },
  );
}

function learn(
  world: World,
  { attempt, view, manner }: { attempt: AttemptModel | null; view: CardAttemptView; manner: Manner },
): string {
  if (!attempt) throw new Fault(`the terminal has not heard of ${view.attemptId}`);
  const state = stateBy(world, attempt, manner);
  must(view.state === state && view.attemptId === attempt.id, `the attempt should be ${state} and is`, view);
  attempt.state = state;
  return state;
}

/** The terminal is asked what became of an attempt. */
export async function ask(world: World, { move, give }: Doing<'ask'>): Promise<string> {
  const attempt = unsettled(world, move.nth);
  if (!attempt || attempt.state === 'asking') return 'nothing';
  const { terminal } = world.counter;
  terminal.behave(move.manner);
  const made = await give(({ sales }) => sales.cards.ask({ attemptId: attempt.id }));
  if (!made.ok) return wants(made.code, 'no refusal');
  const talks = move.manner === 'prompt' || move.manner === 'declines';
  return settled(world, { attempt, view: made.value, state: talks ? truth(world, attempt) : 'unknown' });
}

/** Somebody reads the slip, and says what it says. */
export async function settle(world: World, { move, give }: Doing<'settle'>): Promise<string> {
  const attempt = unsettled(world, move.nth);
  if (!attempt) return 'nothing';
  const { id: attemptId, state } = attempt;
  const outcome = truth(world, attempt);
  const made = await give(({ sales }) => sales.cards.settle({ attemptId, outcome, reference: ' 0042 ' }));
  if (!made.ok) return wants(made.code, state === 'asking' ? 'CARD_UNSETTLED' : 'no refusal');
  must(state !== 'asking', 'settled while the terminal was asked');
  return settled(world, { attempt, view: made.value, state: outcome });
}

const unsettled = ({ model }: World, nth: number): AttemptModel | undefined => {
  const all = model.attempts.filter(isUnsettled);
  return all[nth % all.length];
};
const truth = ({ counter }: World, { id }: AttemptModel) =>
  (counter.terminal.moved.get(id) ?? 0) === 0 ? 'not-charged' : 'approved';

async function settled(
  world: World,
  { attempt, view, state }: { attempt: AttemptModel; view: CardAttemptView; state: AttemptModel['state'] },
): Promise<string> {
  must(view.state === state, `the attempt should be ${state} and is`, view.state);
  attempt.state = state;
  const { waits, saleId } = attempt;
  const { made } = await world.counter.client().sales.returns.refundedBy({ attemptId: attempt.id });
  const meant = waits !== null && saleId !== null && state === 'approved';
  must((made !== null) === meant, 'what the terminal says of a refund decides of the return:', made);
  if (made && waits && saleId !== null) takeBackGoods(world.model, { saleId, ...waits, made });
  if (state !== 'unknown') attempt.waits = null;
  return `${attempt.kind} ${state}`;
}

/** Everything that the terminal kept waiting is carried out and answered. */
export async function terminalSpeaks(world: World, dies: Step['dies'] = null): Promise<string> {
  const { counter, waiting } = world;
  if (waiting.length === 0) return 'nothing';
  const said: string[] = [];
  const listen = async () => {
    counter.terminal.speak();
    for (const finish of waiting.splice(0)) said.push(await finish());
  };
  if (dies === null) await listen();
  else if ((await cutOff(counter, dies, listen)) === 'died') {
    await crash(world);
    return 'died';
  }
  return said.join();
}
