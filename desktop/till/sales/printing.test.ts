import { expect, test } from 'vitest';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { commandId, openShop, payCash, refusalOf, scanPack, signIn } from '../../../build/proof/open-shop.ts';
import type { PrintOutcome, ReceiptPrinter } from '../ports.ts';
import { createPrintQueue } from './print-queue.ts';

/** A printer whose every job ends when the test says so. */
function slowPrinter() {
  const docs: ReceiptDoc[] = [];
  const waiting: ((outcome: PrintOutcome | Error) => void)[] = [];
  const printer: ReceiptPrinter = {
    name: 'slow',
    print: (doc) => {
      docs.push(doc);
      return new Promise((resolve, reject) => {
        waiting.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
      });
    },
    openDrawer: async () => ({ state: 'printed' }),
    preview: async () => ({ svg: '', text: '' }),
  };
  return { printer, docs, end: (outcome: PrintOutcome | Error) => waiting.shift()?.(outcome) };
}

async function sell(shop: Pick<Awaited<ReturnType<typeof openShop>>, 'client'>) {
  const { cart } = await scanPack(shop, 'syrup');
  return payCash(shop, cart);
}

/** The states of the print jobs, the latest first, once they are as they should be. */
async function jobsBecome(
  { client }: Pick<Awaited<ReturnType<typeof openShop>>, 'client'>,
  states: string[],
) {
  for await (const jobs of await client.sales.printJobs()) {
    if (JSON.stringify(jobs.map((job) => job.state)) === JSON.stringify(states)) return jobs;
  }
  throw new Error('the list of jobs never ends');
}

test.each<[string, PrintOutcome | Error, string, string | null]>([
  ['prints', { state: 'printed' }, 'printed', null],
  ['has no paper', { state: 'failed', reason: 'paper-out' }, 'failed', 'paper-out'],
  ['dies half way', { state: 'unknown', reason: 'lost' }, 'unknown', 'lost'],
  ['throws', new Error('no such device'), 'failed', 'error'],
])('a printer that %s leaves the sale as it is and the job saying so', async (_, outcome, state, error) => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: slow.printer });
  const sale = await sell(shop);
  await jobsBecome(shop, ['printing']);
  slow.end(outcome);
  expect(await jobsBecome(shop, [state])).toEqual([
    { id: sale.printJobId, saleId: sale.saleId, kind: 'receipt', state, error, printer: 'slow', first: null },
  ]);
  expect(await shop.client.sales.sales({})).toHaveLength(1);
  await shop.close();
});

test('a printer that hangs holds up no sale; receipts wait for it in order', async () => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: slow.printer });
  await sell(shop);
  await sell(shop);
  await sell(shop);
  await jobsBecome(shop, ['waiting', 'waiting', 'printing']);
  for (let i = 0; i < 3; i++) {
    slow.end({ state: 'printed' });
    await jobsBecome(
      shop,
      ['waiting', 'waiting', 'waiting'].map((_, k) => state(k, i)),
    );
  }
  expect(slow.docs).toHaveLength(3);
  await shop.close();
});
/** After the job number `done` (from 0, the oldest) was printed: how the k-th of the three in the list stands. */
const state = (k: number, done: number): string => {
  const age = 2 - k;
  if (age <= done) return 'printed';
  return age === done + 1 ? 'printing' : 'waiting';
};

test('a printer that answers too late is left: the job is unknown and the next one goes out', async () => {
  const slow = slowPrinter();
  const shop = await openShop();
  const { counter } = shop.till.enrolled();
  const warnings: string[] = [];
  const queue = createPrintQueue(
    counter,
    { printer: slow.printer, log: { warn: (event) => warnings.push(event) } },
    { printMs: 20, stopMs: 20 },
  );
  const doc = shop.till.enrolled().completing.receipt((await sell(shop)).saleId, { copy: false });
  await jobsBecome(shop, ['printed']);
  counter.transact('test', () => queue.add({ saleId: 'a', kind: 'receipt', doc }));
  queue.kick();
  const [job] = await jobsBecome(shop, ['unknown', 'printed']);
  expect(job).toMatchObject({ state: 'unknown', error: 'timeout' });
  await queue.stop();
  expect(warnings).toEqual([]);
  await shop.close();
});

test('a till that dies while printing calls the job unknown, and does not print it again by itself', async () => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: slow.printer });
  await sell(shop);
  await sell(shop);
  await jobsBecome(shop, ['waiting', 'printing']);
  const other = slowPrinter();
  const again = shop.reopen({ printer: other.printer });
  again.till.start();
  const jobs = await jobsBecome(again, ['printing', 'unknown']);
  expect(jobs[1]).toMatchObject({ error: 'till-stopped' });
  expect(other.docs.map((doc) => JSON.stringify(doc).includes('000002'))).toEqual([true]);
  other.end({ state: 'printed' });
  await jobsBecome(again, ['printed', 'unknown']);
  slow.end({ state: 'printed' });
  await again.close();
});

test('a till closes although its printer hangs', async () => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: slow.printer });
  const { counter } = shop.till.enrolled();
  const queue = createPrintQueue(
    counter,
    { printer: slow.printer, log: { warn: () => {} } },
    { printMs: 60_000, stopMs: 5 },
  );
  const doc = { blocks: [] } as unknown as ReceiptDoc;
  counter.transact('test', () => queue.add({ saleId: 'a', kind: 'receipt', doc }));
  queue.kick();
  await jobsBecome(shop, ['printing']);
  await queue.stop();
  slow.end({ state: 'printed' });
  expect(await jobsBecome(shop, ['printing'])).toHaveLength(1);
  await shop.close();
});

test('F5 on a receipt that certainly left no paper prints that receipt: no copy, no pulse, no second job', async () => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: slow.printer });
  const { saleId, printJobId } = await sell(shop);
  await jobsBecome(shop, ['printing']);
  slow.end({ state: 'failed', reason: 'paper-out' });
  await jobsBecome(shop, ['failed']);
  const command = { commandId: commandId(), saleId };
  expect(await shop.client.sales.reprint(command)).toEqual({ printJobId });
  await jobsBecome(shop, ['printing']);
  slow.end({ state: 'printed' });
  expect(await jobsBecome(shop, ['printed'])).toMatchObject([
    { id: printJobId, kind: 'receipt', error: null },
  ]);
  expect(await shop.client.sales.reprint(command)).toEqual({ printJobId });
  const [paidFor, atLast] = slow.docs.map(({ nodes }) => nodes.map(({ kind }) => kind));
  expect(paidFor?.filter((kind) => kind === 'pulse')).toHaveLength(1);
  expect(atLast).toEqual(paidFor?.filter((kind) => kind !== 'pulse'));
  expect(slow.docs.map((doc) => JSON.stringify(doc).includes('COPY'))).toEqual([false, false]);
  await shop.close();
});

test('a job whose fate is unknown waits for a person: seen, it is printed; not seen, it is printed again', async () => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: slow.printer });
  const printers = shop.client.auth.printers;
  const first = await sell(shop);
  await jobsBecome(shop, ['printing']);
  slow.end({ state: 'unknown', reason: 'stalled' });
  await jobsBecome(shop, ['unknown']);
  await printers.cameOut({ jobId: first.printJobId });
  await jobsBecome(shop, ['printed']);
  const second = await sell(shop);
  await jobsBecome(shop, ['printing', 'printed']);
  slow.end({ state: 'unknown', reason: 'reset' });
  await jobsBecome(shop, ['unknown', 'printed']);
  await printers.printAgain({ jobId: second.printJobId });
  await jobsBecome(shop, ['printing', 'printed']);
  slow.end({ state: 'printed' });
  await jobsBecome(shop, ['printed', 'printed']);
  for (const call of [printers.cameOut, printers.printAgain])
    expect(await refusalOf(call({ jobId: second.printJobId }))).toMatchObject({ code: 'NOT_FOUND' });
  await shop.close();
});

test.each<[PrintOutcome, object]>([
  [
    { state: 'printed', because: 'paper-out' },
    { state: 'printed', error: null, printer: 'spare', first: { printer: 'slow', reason: 'paper-out' } },
  ],
  [
    { state: 'failed', reason: 'offline', because: 'cover-open' },
    { state: 'failed', error: 'offline', printer: 'spare', first: { printer: 'slow', reason: 'cover-open' } },
  ],
  [
    { state: 'unknown', reason: 'reset' },
    { state: 'unknown', error: 'reset', printer: 'slow', first: null },
  ],
])('%o says which printer had the job, and why not the first', async (outcome, view) => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: { ...slow.printer, secondName: 'spare' } });
  await sell(shop);
  await jobsBecome(shop, ['printing']);
  slow.end(outcome);
  const jobs = await jobsBecome(shop, [outcome.state]);
  expect(jobs).toMatchObject([view]);
  await shop.close();
});

test('the drawer is tried by who may open it, once for one command, and audited first', async () => {
  const slow = slowPrinter();
  let opened = 0;
  const openDrawer = async () => {
    opened += 1;
    return { state: 'printed' } as const;
  };
  const shop = await openShop({ printer: { ...slow.printer, openDrawer } });
  const { testDrawer } = shop.client.auth.printers;
  await signIn(shop, 'cashier');
  expect(await refusalOf(testDrawer({ commandId: commandId() }))).toMatchObject({ code: 'MISSING_RIGHT' });
  expect(opened).toBe(0);
  await signIn(shop, 'manager');
  const command = { commandId: commandId() };
  expect(await testDrawer(command)).toEqual({ state: 'printed', reason: null });
  expect(await testDrawer(command)).toEqual({ state: 'printed', reason: null });
  expect(opened).toBe(1);
  const audits = shop.till.enrolled().counter.db.prepare(`SELECT action FROM audit_entry`).all();
  expect(audits).toContainEqual({ action: 'drawer.tested' });
  await shop.close();
});

test('a reprint says COPY, is audited, and is done once for one command', async () => {
  const slow = slowPrinter();
  const shop = await openShop({ printer: slow.printer });
  const { saleId } = await sell(shop);
  await jobsBecome(shop, ['printing']);
  slow.end({ state: 'printed' });
  await jobsBecome(shop, ['printed']);
  const command = { commandId: commandId(), saleId };
  const { printJobId } = await shop.client.sales.reprint(command);
  expect(await shop.client.sales.reprint(command)).toEqual({ printJobId });
  await jobsBecome(shop, ['printing', 'printed']);
  slow.end({ state: 'printed' });
  const jobs = await jobsBecome(shop, ['printed', 'printed']);
  expect(jobs.map(({ id, kind }) => [id, kind])[0]).toEqual([printJobId, 'copy']);
  expect(slow.docs.map((doc) => JSON.stringify(doc).includes('COPY'))).toEqual([false, true]);
  const audits = shop.till
    .enrolled()
    .counter.db.prepare(`SELECT action, subject_id AS saleId FROM audit_entry`)
    .all();
  expect(audits).toEqual([{ action: 'sales.reprint', saleId }]);
  expect(
    await refusalOf(shop.client.sales.reprint({ commandId: commandId(), saleId: 'none' })),
  ).toMatchObject({
    ...{ code: 'NOT_FOUND', defined: true },
  });
  await signIn(shop, 'auditor');
  expect(await refusalOf(shop.client.sales.reprint({ commandId: commandId(), saleId }))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', defined: true },
  });
  await shop.close();
});
