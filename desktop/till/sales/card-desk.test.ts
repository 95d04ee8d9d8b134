import { expect, test } from 'vitest';
import { commandId, openShop, refusalOf, scanPack, signIn } from '../../../build/proof/open-shop.ts';
import type { CardAnswer, CardOrder, CardTerminal } from '../ports.ts';

/** A terminal in hand: it books what it is told to charge, and says what it is set to. */
function terminalInHand(first: CardAnswer | 'hangs' = { code: 'no-answer' }) {
  let says: CardAnswer | 'hangs' | 'throws' = first;
  const booked: CardOrder[] = [];
  const asked: string[] = [];
  const answer = (): Promise<CardAnswer> => {
    if (says === 'throws') return Promise.reject(new Error('the cable was pulled'));
    return says === 'hangs' ? new Promise(() => {}) : Promise.resolve(says);
  };
  const terminal: CardTerminal = {
    name: 'in hand',
    charge: (order) => {
      booked.push(order);
      return answer();
    },
    refund: (order) => {
      booked.push({ ...order, amountMinor: -order.amountMinor });
      return answer();
    },
    ask: (attemptId) => {
      asked.push(attemptId);
      return answer();
    },
  };
  return {
    devices: { terminal },
    booked: () => booked.map(({ amountMinor }) => amountMinor),
    asked: () => asked.length,
    set: (next: typeof says) => {
      says = next;
    },
  };
}
type InHand = ReturnType<typeof terminalInHand>;
const ok: CardAnswer = { code: 'approved', reference: '000042' };

async function open(inHand: InHand) {
  const shop = await openShop({ devices: inHand.devices });
  const { cart } = await scanPack(shop, 'syrup');
  return { shop, totalMinor: cart.totalMinor };
}
type Shop = Pick<Awaited<ReturnType<typeof openShop>>, 'client' | 'till'>;
const charge = ({ client }: Shop, amountMinor: number, id = commandId(), holding: string[] = []) =>
  client.sales.cards.charge({ commandId: id, amountMinor, holding });
const pay = ({ client }: Shop, totalMinor: number, attemptId?: string) =>
  client.sales.pay({
    ...{ commandId: commandId(), totalMinor },
    tenders: [{ kind: 'card', amountMinor: totalMinor, ...(attemptId && { attemptId }) }],
  });
async function openOnes({ client }: Shop) {
  for await (const { attempts } of await client.sales.cards.state())
    return attempts.map(({ kind, state, amountMinor }) => `${kind} ${state} ${amountMinor}`);
  return [];
}
const rows = ({ till }: Shop, sql: string) => till.enrolled().counter.db.prepare(sql).all();

test('an approved attempt pays the sale with the terminal’s own reference and time, and one sale only', async () => {
  const inHand = terminalInHand(ok);
  const { shop, totalMinor } = await open(inHand);
  const taken = await charge(shop, totalMinor);
  expect(taken).toMatchObject({ state: 'approved', reference: '000042', amountMinor: totalMinor });
  expect(await openOnes(shop)).toEqual([`charge approved ${totalMinor}`]);
  shop.clock.pass(60_000);
  await pay(shop, totalMinor, taken.attemptId);
  expect(await openOnes(shop)).toEqual([]);
  expect(rows(shop, `SELECT id, reference, authorised_at AS at FROM tender`)).toEqual([
    { id: taken.attemptId, reference: '000042', at: taken.at },
  ]);
  await scanPack(shop, 'syrup');
  expect(await refusalOf(pay(shop, totalMinor, taken.attemptId))).toMatchObject({ code: 'CARD_NOT_TAKEN' });
  await shop.close();
});

test('the attempt is on disk before the terminal hears of it, and goes to HQ', async () => {
  const seen: unknown[] = [];
  const inHand = terminalInHand(ok);
  const { shop, totalMinor } = await open(inHand);
  const { terminal } = inHand.devices;
  const ordered = terminal.charge;
  Object.assign(terminal, {
    charge: (order: CardOrder) => {
      seen.push(...rows(shop, `SELECT id, terminal, amount_minor AS minor, currency FROM card_attempt`));
      return ordered(order);
    },
  });
  const { attemptId } = await charge(shop, totalMinor);
  expect(seen).toEqual([{ id: attemptId, terminal: 'in hand', minor: totalMinor, currency: 'EUR' }]);
  const types = rows(shop, `SELECT type FROM journal ORDER BY dseq`);
  expect(types).toEqual([{ type: 'card-attempt' }, { type: 'card-outcome' }]);
  await shop.close();
});

test('a declined card takes nothing and may be tried again; the reason is said', async () => {
  const inHand = terminalInHand({ code: 'declined', reason: 'no funds' });
  const { shop, totalMinor } = await open(inHand);
  const declined = await charge(shop, totalMinor);
  expect(declined).toMatchObject({ state: 'declined', reason: 'no funds', reference: null });
  expect(await openOnes(shop)).toEqual([]);
  expect(await refusalOf(pay(shop, totalMinor, declined.attemptId))).toMatchObject({
    code: 'CARD_NOT_TAKEN',
  });
  inHand.set(ok);
  expect(await charge(shop, totalMinor)).toMatchObject({ state: 'approved' });
  await shop.close();
});

test('without an answer the same amount is neither charged again nor typed by hand until it is settled', async () => {
  const inHand = terminalInHand();
  const { shop, totalMinor } = await open(inHand);
  const id = commandId();
  const unknown = await charge(shop, totalMinor, id);
  expect(unknown.state).toBe('unknown');
  expect(await charge(shop, totalMinor, id)).toEqual(unknown);
  const inTheWay = {
    code: 'CARD_UNSETTLED',
    data: { attemptId: unknown.attemptId, amountMinor: totalMinor },
  };
  expect(await refusalOf(charge(shop, totalMinor))).toMatchObject(inTheWay);
  expect(await refusalOf(pay(shop, totalMinor))).toMatchObject(inTheWay);
  expect(await refusalOf(pay(shop, totalMinor, unknown.attemptId))).toMatchObject({ code: 'CARD_NOT_TAKEN' });
  inHand.set('throws');
  expect(await shop.client.sales.cards.ask(unknown)).toMatchObject({ state: 'unknown' });
  inHand.set(ok);
  expect(await shop.client.sales.cards.ask(unknown)).toMatchObject({ state: 'approved' });
  expect([inHand.booked(), inHand.asked()]).toEqual([[totalMinor], 2]);
  await pay(shop, totalMinor, unknown.attemptId);
  await shop.close();
});

test('who has read the slip settles it; what anybody says later changes nothing', async () => {
  const inHand = terminalInHand();
  const { shop, totalMinor } = await open(inHand);
  const { cards } = shop.client.sales;
  const { attemptId } = await charge(shop, totalMinor);
  const settle = { attemptId, outcome: 'not-charged' as const, reference: '' };
  expect(await cards.settle(settle)).toMatchObject({ state: 'not-charged' });
  inHand.set(ok);
  expect(await cards.ask({ attemptId })).toMatchObject({ state: 'not-charged' });
  expect(await cards.settle({ ...settle, outcome: 'approved', reference: '7' })).toMatchObject({
    state: 'not-charged',
  });
  expect(inHand.asked()).toBe(0);
  inHand.set({ code: 'no-answer' });
  const second = await charge(shop, totalMinor);
  await cards.settle({ attemptId: second.attemptId, outcome: 'approved', reference: ' 0099 ' });
  await pay(shop, totalMinor, second.attemptId);
  expect(rows(shop, `SELECT outcome, by, reference FROM card_outcome ORDER BY id`)).toEqual([
    { outcome: 'not-charged', by: 'person', reference: null },
    { outcome: 'approved', by: 'person', reference: '0099' },
  ]);
  await shop.close();
});

test('while the terminal is asked nobody settles it or asks for more; two questions at once are one', async () => {
  const inHand = terminalInHand('hangs');
  const { shop, totalMinor } = await open(inHand);
  const id = commandId();
  void charge(shop, totalMinor, id).catch(() => {});
  void charge(shop, totalMinor, id).catch(() => {});
  await expect.poll(() => openOnes(shop)).toEqual([`charge asking ${totalMinor}`]);
  expect(await refusalOf(charge(shop, totalMinor + 1))).toMatchObject({ code: 'CARD_UNSETTLED' });
  const [row] = rows(shop, `SELECT id AS attemptId FROM card_attempt`);
  const { attemptId } = row as { attemptId: string };
  const settle = { attemptId, outcome: 'not-charged' as const, reference: '' };
  expect(await refusalOf(shop.client.sales.cards.settle(settle))).toMatchObject({ code: 'CARD_UNSETTLED' });
  expect(inHand.booked()).toEqual([totalMinor]);
  await shop.close();
});

test('a charge without a sale is given back by an attempt of its own, which may fail and be tried again', async () => {
  const inHand = terminalInHand(ok);
  const { shop, totalMinor } = await open(inHand);
  const { attemptId } = await charge(shop, totalMinor);
  const back = (id = commandId()) => shop.client.sales.cards.giveBack({ commandId: id, attemptId });
  inHand.set({ code: 'declined', reason: 'card removed' });
  const id = commandId();
  expect(await back(id)).toMatchObject({ kind: 'refund', state: 'declined' });
  await back(id);
  expect(await openOnes(shop)).toEqual([`charge approved ${totalMinor}`]);
  inHand.set({ code: 'no-answer' });
  const unknown = await back();
  expect(await openOnes(shop)).toEqual([`refund unknown ${totalMinor}`]);
  expect(await refusalOf(back())).toMatchObject({ code: 'CARD_NOT_TAKEN' });
  expect(await refusalOf(pay(shop, totalMinor, attemptId))).toMatchObject({ code: 'CARD_NOT_TAKEN' });
  inHand.set(ok);
  expect(await shop.client.sales.cards.ask(unknown)).toMatchObject({ state: 'approved' });
  expect(await openOnes(shop)).toEqual([]);
  expect(inHand.booked()).toEqual([totalMinor, -totalMinor, -totalMinor]);
  await shop.close();
});

test('while the terminal is asked for one thing it is not told to give another back', async () => {
  const inHand = terminalInHand(ok);
  const { shop, totalMinor } = await open(inHand);
  const { attemptId } = await charge(shop, totalMinor);
  inHand.set('hangs');
  void charge(shop, totalMinor + 1).catch(() => {});
  await expect.poll(() => inHand.booked()).toEqual([totalMinor, totalMinor + 1]);
  const back = shop.client.sales.cards.giveBack({ commandId: commandId(), attemptId });
  expect(await refusalOf(back)).toMatchObject({ code: 'CARD_UNSETTLED', defined: true });
  expect(inHand.booked()).toEqual([totalMinor, totalMinor + 1]);
  await shop.close();
});

test.each([
  ['before the terminal was asked', 'hangs', { code: 'not-charged', reason: '' }, 'not-charged'],
  ['before it answered', 'hangs', ok, 'approved'],
  ['after it did not answer', { code: 'no-answer' }, ok, 'approved'],
  [
    'after it did not answer, and it declined',
    { code: 'no-answer' },
    { code: 'declined', reason: '' },
    'declined',
  ],
] as const)('killed %s, the till knows of the attempt and asks about it', async (_, first, later, state) => {
  const inHand = terminalInHand(first);
  const { shop, totalMinor } = await open(inHand);
  const under = charge(shop, totalMinor);
  if (first === 'hangs') void under.catch(() => {});
  else await under;
  await expect.poll(() => inHand.booked()).toEqual([totalMinor]);
  await shop.close();
  const again = shop.reopen();
  await signIn(again, 'cashier');
  expect(await openOnes(again)).toEqual([`charge unknown ${totalMinor}`]);
  const [row] = rows(again, `SELECT id AS attemptId FROM card_attempt`);
  expect(await refusalOf(charge(again, totalMinor))).toMatchObject({ code: 'CARD_UNSETTLED' });
  inHand.set(later);
  const settled = await again.client.sales.cards.ask(row as { attemptId: string });
  expect(settled.state).toBe(state);
  if (state === 'approved') await pay(again, totalMinor, settled.attemptId);
  expect(await openOnes(again)).toEqual([]);
  expect(inHand.booked()).toEqual([totalMinor]);
  await again.close();
});

test('killed between the approval and the sale, the money is there to be used once', async () => {
  const inHand = terminalInHand(ok);
  const { shop, totalMinor } = await open(inHand);
  const { attemptId } = await charge(shop, totalMinor);
  await shop.close();
  const again = shop.reopen();
  await signIn(again, 'cashier');
  expect(await openOnes(again)).toEqual([`charge approved ${totalMinor}`]);
  expect(await refusalOf(charge(again, totalMinor))).toMatchObject({ code: 'CARD_UNSETTLED' });
  await pay(again, totalMinor, attemptId);
  expect(await openOnes(again)).toEqual([]);
  expect(inHand.booked()).toEqual([totalMinor]);
  await again.close();
});

test('where slips are typed by hand there is no terminal to ask', async () => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  expect(await refusalOf(charge(shop, cart.totalMinor))).toMatchObject({ code: 'NO_TERMINAL' });
  await pay(shop, cart.totalMinor);
  expect(rows(shop, `SELECT count(*) AS n FROM card_attempt`)).toEqual([{ n: 0 }]);
  await shop.close();
});
