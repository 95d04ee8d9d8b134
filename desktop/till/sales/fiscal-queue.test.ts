import { afterEach, beforeEach, expect, test } from 'vitest';
import { fiscalStanding } from '#shared/sales/fiscal.ts';
import { commandId, type OpenShop, openShop, payCash, scanPack } from '../../../build/proof/open-shop.ts';
import { createExternalFiscal } from '../../devices/fiscal/external.ts';
import { type SimulatedFiscal, startSimulatedFiscal } from '../../devices/fiscal/simulated.ts';
import type { FiscalAnswer, FiscalDocument, FiscalProvider, ReceiptPrinter } from '../ports.ts';
import { createFiscalQueue } from './fiscal-queue.ts';

let device: SimulatedFiscal;
beforeEach(async () => {
  device = await startSimulatedFiscal();
});
afterEach(() => device.close());

const quick = { signMs: 200, lateMs: 10_000, firstMs: 5, mostMs: 20 };
const log = { warn: () => {} };
const external = (port = device.port): FiscalProvider =>
  createExternalFiscal({ address: { host: '127.0.0.1', port }, answerMs: 60 });

function queueAt(shop: Pick<OpenShop, 'till'>, provider: FiscalProvider | null = external()) {
  const { counter } = shop.till.enrolled();
  const queue = createFiscalQueue({ counter, provider: provider ?? undefined, log, patience: quick });
  queue.start();
  return queue;
}
async function sell(shop: OpenShop): Promise<string> {
  const { cart } = await scanPack(shop, 'syrup');
  return (await payCash(shop, cart)).saleId;
}
type Fact = {
  id: string;
  state: 'signed' | 'failed';
  signature: string | null;
  reason: string | null;
  at: number;
};
const factsOf = ({ till }: Pick<OpenShop, 'till'>, documentId: string) =>
  till
    .enrolled()
    .counter.db.prepare<[string], Fact>(
      `SELECT id, state, signature, reason, at FROM fiscal_signature WHERE document_id = ? ORDER BY id`,
    )
    .all(documentId);
const told = (shop: Pick<OpenShop, 'till'>, documentId: string) =>
  factsOf(shop, documentId).map(({ state, signature, reason }) => [
    state,
    signature ?? reason,
    signature && reason,
  ]);
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 10 });
const wordsOf = (doc: object) => JSON.stringify(doc);
const blank = { direction: 'ltr', nodes: [{ kind: 'cut' }] } as const;

test('without a device nothing is written, and a receipt has the hash of its own changeset', async () => {
  const shop = await openShop();
  const saleId = await sell(shop);
  const queue = queueAt(shop, null);
  const { db } = shop.till.enrolled().counter;
  const hash = String(db.prepare(`SELECT hash FROM journal WHERE subject_id = ?`).pluck().get(saleId));
  const text = wordsOf(queue.marked(blank, saleId)).replaceAll(' ', '');
  expect(text).toContain(`Signature${hash.slice(0, 16)}`);
  expect(queue.marked(blank, 'another till’s')).toBe(blank);
  expect([queue.state(), factsOf(shop, saleId)]).toEqual([null, []]);
  await shop.close();
});

test('sale, return and Z are signed in the order of the chain, after the sale is done; what came before is the chain’s', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const before = await sell(shop);
  const queue = queueAt(shop);
  const saleId = await sell(shop);
  expect(factsOf(shop, saleId)).toEqual([]);
  const { lines } = await shop.client.sales.returns.sale({ saleId });
  const wish = {
    saleId,
    lines: [{ saleLineId: lines[0]?.saleLineId ?? '', qtyBase: 1, place: 'shelf' as const }],
  };
  const { returnId } = await shop.client.sales.returns.make({
    ...{ commandId: commandId(), kind: 'return', reason: 'changed-mind', totalMinor: 499 },
    ...wish,
  });
  const { counter } = shop.till.enrolled();
  const shiftId = String(counter.db.prepare(`SELECT id FROM shift`).pluck().get());
  const z = await shop.client.sales.shift.close({
    ...{ commandId: commandId(), shiftId, leftMinor: 0, unapproved: true, reason: 'test' },
    count: { denominations: [], otherCashMinor: 499, others: [] },
  });
  await soon(() => told(shop, z.closeId)).toHaveLength(1);
  expect(device.heard()).toEqual([
    'sale S01-T01A-000002 499',
    'return S01-T01AR-000001 499',
    `z ${z.zNo} 499`,
  ]);
  expect([told(shop, saleId), told(shop, returnId), told(shop, z.closeId), told(shop, before)]).toEqual([
    ...[1, 2, 3].map((n) => [['signed', `SIG-${n}`, null]]),
    [],
  ]);
  expect(wordsOf(queue.marked(blank, saleId))).toContain('Signature SIG-1');
  queue.stop();
  await shop.close();
});

test.each([
  ['refuses', 'refused'],
  ['garbage', 'bad-answer'],
  ['silent', 'no-answer'],
  ['breaks', 'bad-answer'],
] as const)(
  'a device that %s fails once in the books; the sale is signed late when it is well',
  async (manner, reason) => {
    const shop = await openShop();
    const queue = queueAt(shop);
    device.behave(manner);
    const saleId = await sell(shop);
    await soon(() => told(shop, saleId)).toEqual([['failed', reason, null]]);
    await soon(() => device.heard().length).toBeGreaterThan(2);
    expect(told(shop, saleId)).toHaveLength(1);
    expect(wordsOf(queue.marked(blank, saleId))).toContain('Fiscal device failed');
    device.behave('prompt');
    await expect
      .poll(() => told(shop, saleId))
      .toEqual([
        ['failed', reason, null],
        ['signed', 'SIG-1', 'late'],
      ]);
    expect(queue.state()).toMatchObject({ waiting: 0, trouble: null });
    queue.stop();
    await shop.close();
  },
);

test('one document refused does not hold up the next', async () => {
  const shop = await openShop();
  const asked: string[] = [];
  const picky: FiscalProvider = {
    name: 'picky',
    sign: async ({ number }: FiscalDocument): Promise<FiscalAnswer> => {
      asked.push(number);
      return number.endsWith('1')
        ? { state: 'failed', reason: 'refused' }
        : { state: 'signed', signature: number };
    },
  };
  const queue = queueAt(shop, picky);
  const [refused, next] = [await sell(shop), await sell(shop)];
  await soon(() => told(shop, next)).toEqual([['signed', 'S01-T01A-000002', null]]);
  expect(fiscalStanding(factsOf(shop, refused))).toEqual({ state: 'failed', reason: 'refused' });
  expect(queue.state()).toMatchObject({ waiting: 1, trouble: null });
  queue.stop();
  await shop.close();
});

test('down at the print: said on the receipt; sales go on; all are signed late, after a restart too', async () => {
  const printed: string[] = [];
  const printer: ReceiptPrinter = {
    name: 'paper',
    print: async (doc) => {
      printed.push(wordsOf(doc));
      return { state: 'printed' };
    },
    openDrawer: async () => ({ state: 'printed' }),
    preview: async () => ({ svg: '', text: '' }),
  };
  const { port } = device;
  // Nobody listens there; a port that was closed might be another test's by now.
  const shop = await openShop({ printer, devices: { fiscal: external(1) } });
  shop.till.start();
  const first = await sell(shop);
  await soon(() => told(shop, first)).toEqual([['failed', 'offline', null]]);
  const second = await sell(shop);
  await soon(() => printed).toHaveLength(2);
  expect(printed.map((text) => text.includes('Fiscal device failed'))).toEqual([false, true]);
  await shop.close();
  const again = shop.reopen({ devices: { fiscal: external(port) } });
  again.till.start();
  await soon(() => told(again, first)).toContainEqual(['signed', 'SIG-1', 'late']);
  await soon(() => told(again, second)).toEqual([['signed', 'SIG-2', 'late']]);
  await again.close();
  const third = shop.reopen({ devices: { fiscal: external(port) } });
  third.till.start();
  expect(device.heard()).toHaveLength(2);
  await third.close();
});

test('an answer that comes after the till stopped waiting counts; a second one changes nothing', async () => {
  const shop = await openShop();
  const answers: ((answer: FiscalAnswer) => void)[] = [];
  const slow: FiscalProvider = {
    name: 'slow',
    sign: () => new Promise((resolve) => answers.push(resolve)),
  };
  const queue = queueAt(shop, slow);
  const saleId = await sell(shop);
  await soon(() => told(shop, saleId)).toEqual([['failed', 'no-answer', null]]);
  await soon(() => answers.length).toBeGreaterThan(1);
  answers[0]?.({ state: 'signed', signature: 'FIRST' });
  await soon(() => told(shop, saleId)).toHaveLength(2);
  answers[1]?.({ state: 'signed', signature: 'SECOND' });
  await soon(() => queue.state()?.waiting).toBe(0);
  expect(told(shop, saleId).at(-1)).toEqual(['signed', 'FIRST', 'late']);
  queue.stop();
  await shop.close();
});

test('a device that throws is a device that failed; one that answers twice has the first count', async () => {
  const shop = await openShop();
  const broken = queueAt(shop, { name: 'broken', sign: () => Promise.reject(new Error('no driver')) });
  const saleId = await sell(shop);
  await soon(() => told(shop, saleId)).toEqual([['failed', 'bad-answer', null]]);
  broken.stop();
  device.behave('twice');
  const queue = queueAt(shop);
  await soon(() => told(shop, saleId)).toContainEqual(['signed', 'SIG-1', 'late']);
  expect(told(shop, saleId)).toHaveLength(2);
  queue.stop();
  await shop.close();
});
