import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { LabelLayout } from '#shared/catalog/label-layout.ts';
import type { InvoiceDoc } from '#shared/sales/invoice.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { receiptText } from '#shared/sales/receipt-layout.ts';
import {
  cartOf,
  commandId,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../build/proof/open-shop.ts';
import { ean, openingMs, packId, people } from '../../build/proof/shop.ts';
import { paper } from '../hosts/test.ts';
import type { CardTerminal, FiscalProvider, LabelPrinter, PaperMaker, ReceiptPrinter } from './ports.ts';
import { createPreferences } from './store/preferences.ts';

const MARK = 'TRAINING – NOT A RECEIPT';

/** Everything that hangs on the counter, and what each was told. */
function devicesInHand() {
  const told = {
    papers: [] as ReceiptDoc[],
    labels: [] as LabelLayout[],
    invoices: [] as InvoiceDoc[],
    pulses: 0,
    terminal: 0,
    fiscal: 0,
  };
  const printer: ReceiptPrinter = {
    ...paper(),
    print: async (doc) => {
      told.papers.push(doc);
      return { state: 'printed' };
    },
    openDrawer: async () => {
      told.pulses += 1;
      return { state: 'printed' };
    },
    preview: async (doc) => ({ svg: '', text: receiptText(doc, 48) }),
    file: async (doc) => Buffer.from(receiptText(doc, 48)),
  };
  const labels: LabelPrinter = {
    ...{ name: 'labels', dotsPerMm: 8, preview: async () => ({ svg: '', text: '' }) },
    print: async (wanted) => {
      told.labels.push(...wanted.map(({ layout }) => layout));
      return { state: 'printed' };
    },
  };
  const papers: PaperMaker = {
    invoice: async (doc) => {
      told.invoices.push(doc);
      return new Uint8Array();
    },
  };
  const answer = async () => {
    told.terminal += 1;
    return { code: 'no-answer' } as const;
  };
  const terminal: CardTerminal = { name: 'terminal', charge: answer, refund: answer, ask: answer };
  const fiscal: FiscalProvider = {
    name: 'signer',
    sign: async () => {
      told.fiscal += 1;
      return { state: 'failed', reason: 'offline' };
    },
  };
  return { told, printer, devices: { labels, papers, terminal, fiscal } };
}

async function openManaged() {
  const { told, ...hung } = devicesInHand();
  const shop = await openShop({ signedIn: 'manager', ...hung });
  return { ...shop, told };
}
type Open = Pick<OpenShop, 'client' | 'till'>;

const begin = async ({ client }: Open, trainingId: string = commandId()) => {
  await client.auth.training.begin({ trainingId });
  return trainingId;
};
const isOn = async ({ client }: Open): Promise<boolean> => {
  for await (const { on } of await client.auth.training.state()) return on !== null;
  throw new Error('a training always says whether it is on');
};
const phaseOf = ({ till }: Open) => till.state().phase;
const audits = ({ till }: Open) =>
  till
    .enrolled()
    .counter.db.prepare<[], { action: string; actorId: string; details: string | null }>(
      `SELECT action, actor_id AS actorId, details FROM audit_entry WHERE action LIKE 'training.%' ORDER BY id`,
    )
    .all()
    .map(({ details, ...rest }) => ({ ...rest, details: details === null ? null : JSON.parse(details) }));

/** Every row of every table, and the bytes of the files. */
function everythingIn(db: Database, folder: string) {
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all();
  const rows = Object.fromEntries(tables.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]));
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return { rows, files: ['till.db', 'till.db-wal'].map(hashOf) };
}

/** Opens a shift, sells, gives an invoice, prints labels, takes a return, pays by card, moves cash, counts and closes. */
async function trainingDay({ client: { practice } }: Open) {
  await practice.sales.shift.open({ commandId: commandId(), floatMinor: 10_000 });
  const pay = async (kind: 'cash' | 'card', attemptId?: string) => {
    const { cart } = await practice.sales.scan({ commandId: commandId(), code: ean('syrup'), packs: 2 });
    const tender = { kind, amountMinor: cart.totalMinor, ...(attemptId && { attemptId }) };
    return practice.sales.pay({ commandId: commandId(), totalMinor: cart.totalMinor, tenders: [tender] });
  };
  const sold = await pay('cash');
  const { saleId } = sold;
  const charged = await practice.sales.cards.charge({
    commandId: commandId(),
    amountMinor: 998,
    holding: [],
  });
  expect(charged).toMatchObject({ state: 'approved', reference: 'TRAINING' });
  await pay('card', charged.attemptId);
  const buyer = { name: 'A buyer', address: [], taxNumber: '' };
  const invoice = await practice.sales.invoices.make({ commandId: commandId(), saleId, buyer });
  await practice.catalog.labels.print({
    commandId: commandId(),
    labels: [{ packId: packId('syrup'), copies: 1 }],
  });
  const { lines: [line] = [] } = await practice.sales.returns.sale({ saleId });
  const lines = [{ saleLineId: line?.saleLineId ?? '', qtyBase: 1, place: 'shelf' as const }];
  const { totalMinor } = await practice.sales.returns.quote({ saleId, lines });
  const back = { commandId: commandId(), saleId, kind: 'return' as const, lines, totalMinor };
  const returned = await practice.sales.returns.make({ ...back, reason: 'changed-mind' });
  await practice.sales.shift.noSale({ commandId: commandId(), reason: 'change' });
  await practice.sales.reprint({ commandId: commandId(), saleId });
  await practice.sales.shift.printX({ commandId: commandId() });
  const { open } = await first(practice.sales.shift.state());
  const count = { denominations: [], otherCashMinor: 10_499, others: [] };
  const close = { commandId: commandId(), shiftId: open?.shiftId ?? '', count, leftMinor: 0 };
  await practice.sales.shift.close(close);
  return { sold, invoice, returned };
}

/** At its head and its foot at least; and no drawer opens. */
function expectMarked(doc: ReceiptDoc): void {
  const text = receiptText(doc, 48);
  expect(text.trimStart().startsWith('*** TRAINING ***')).toBe(true);
  expect(text.match(/NOT A RECEIPT/g)?.length).toBeGreaterThanOrEqual(2);
  expect(doc.nodes.map(({ kind }) => kind)).not.toContain('pulse');
}

async function first<T>(iterator: Promise<AsyncIterable<T>>): Promise<T> {
  for await (const value of await iterator) return value;
  throw new Error('it always shows itself');
}

test('a whole training day leaves the real till as it was: every row, every byte, its cart, its numbers; and every paper of it is marked', async () => {
  const shop = await openManaged();
  const { client, till, folder, told } = shop;
  await payCash(shop, (await scanPack(shop, 'syrup')).cart);
  await scanPack(shop, 'dolorane', 2);
  const cart = await cartOf(shop);
  await printed(told.papers, 1);
  const realPapers = told.papers.length;
  const asked = { terminal: told.terminal, fiscal: told.fiscal, pulses: told.pulses };
  const trainingId = await begin(shop);
  const before = everythingIn(till.enrolled().counter.db, folder);

  const { sold, invoice, returned } = await trainingDay(shop);
  await printed(told.papers, realPapers + 6);

  expect(everythingIn(till.enrolled().counter.db, folder)).toEqual(before);
  expect({ terminal: told.terminal, fiscal: told.fiscal, pulses: told.pulses }).toEqual(asked);
  expect(sold.receiptNo).toBe('TRAIN-T01A-000001');
  expect([invoice.invoiceNo, returned.returnNo]).toEqual(['TRAIN-T01AI-000001', 'TRAIN-T01AR-000001']);
  expect(phaseOf(shop)).toBe('sign-in');
  for (const doc of told.papers.slice(realPapers)) expectMarked(doc);
  expect(told.invoices.map(({ mark }) => mark)).toEqual([MARK]);
  expect(told.labels.map(({ items }) => items[0])).toMatchObject([{ kind: 'text', text: MARK }]);
  const { text } = await client.practice.sales.receiptPreview({ saleId: sold.saleId });
  expect(text).toContain(MARK);
  const wish = { commandId: commandId(), documentId: sold.saleId, format: 'pdf' as const };
  const { base64 } = await client.practice.sales.receiptFiles.save(wish);
  expect(Buffer.from(base64, 'base64').toString()).toContain(MARK);

  await client.auth.training.end({ trainingId });
  expect(await cartOf(shop)).toEqual(cart);
  expect(phaseOf(shop)).toBe('ready');
  const { receiptNo } = await payCash(shop, cart);
  expect(receiptNo).toBe('S01-T01A-000002');
  expect(existsSync(join(folder, 'training.db'))).toBe(false);
  const actorId = people.manager.personId;
  expect(audits(shop)).toEqual([
    { action: 'training.begun', actorId, details: null },
    { action: 'training.ended', actorId, details: { how: 'left' } },
  ]);
  await shop.close();
});

test('the till of a training is another device without an HQ and without anybody’s data', async () => {
  const shop = await openManaged();
  await payCash(shop, (await scanPack(shop, 'syrup')).cart);
  await begin(shop);
  const { counter, link } = shop.till.training.current()?.till.enrolled() ?? shop.till.enrolled();
  const real = shop.till.enrolled().counter.identity.read();
  expect(counter.identity.read()).toMatchObject({ tillId: real.tillId, dseq: 0, inc: 1 });
  expect(counter.identity.read().device).not.toBe(real.device);
  expect(counter.identity.read().hqUrl).not.toBe(real.hqUrl);
  const count = (table: string) => counter.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(['journal', 'sale', 'stock_movement', 'customer', 'shift', 'cart', 'cursor'].map(count)).toEqual(
    Array(7).fill(0),
  );
  const onHand = `SELECT batch_id, qty_base FROM on_hand ORDER BY batch_id`;
  expect(counter.db.prepare(onHand).all()).toEqual(shop.till.enrolled().counter.db.prepare(onHand).all());
  await trainingDay(shop);
  expect(link.state()).toMatchObject({ link: 'off', waiting: 0, scopes: [] });
  const { practice } = shop.client;
  await practice.auth.setLink({ on: true });
  await practice.auth.syncNow();
  expect(link.state().link).toBe('off');
  expect(await practice.auth.syncReport()).toMatchObject({ kinds: [], refusedCount: 0 });
  expect(await refusalOf(practice.auth.saveUnsent())).toMatchObject({ code: 'NOTHING_WAITING' });
  expect(await refusalOf(practice.auth.backUpNow())).toMatchObject({ code: 'NO_BACKUP_FOLDER' });
  expect(readFileSync(join(shop.folder, 'training.db')).includes('SQLite format 3')).toBe(false);
  await shop.close();
});

test('outside of a training nothing meant for one does anything, and what was watched in it is over', async () => {
  const shop = await openManaged();
  const scan = () =>
    shop.client.practice.sales.scan({ commandId: commandId(), code: ean('syrup'), packs: 1 });
  expect(await refusalOf(scan())).toMatchObject({ code: 'NOT_ENROLLED' });
  const trainingId = await begin(shop);
  const seen: number[] = [];
  const watching = (async () => {
    for await (const cart of await shop.client.practice.sales.cart()) seen.push(cart.lines.length);
  })();
  await scan();
  expect((await cartOf(shop)).lines).toEqual([]);
  await expect.poll(() => seen).toContain(1);
  await shop.client.auth.training.end({ trainingId });
  await watching;
  expect(await refusalOf(scan())).toMatchObject({ code: 'NOT_ENROLLED' });
  expect((await cartOf(shop)).lines).toEqual([]);
  await shop.close();
});

test('a till killed in training comes up as the real one, with its cart, and the audit says that it was cut off', async () => {
  const shop = await openManaged();
  await scanPack(shop, 'syrup');
  await begin(shop);
  const folder = mkdtempSync(join(tmpdir(), 'pestle-killed-'));
  cpSync(shop.folder, folder, { recursive: true });
  await shop.close();
  expect(existsSync(join(folder, 'training.db'))).toBe(true);
  const again = shop.reopen({ folder });
  expect(await isOn(again)).toBe(false);
  expect(phaseOf(again)).toBe('sign-in');
  expect(existsSync(join(folder, 'training.db'))).toBe(false);
  await signIn(again, 'manager');
  expect((await cartOf(again)).lines).toHaveLength(1);
  // Of two processes within one millisecond: their ids are in no order.
  const told = audits(again).find(({ action }) => action === 'training.ended');
  expect(told).toMatchObject({ actorId: people.manager.personId, details: { how: 'cut-off' } });
  await again.close();
});

test('a till that is stopped in training says so, once', async () => {
  const shop = await openManaged();
  await begin(shop);
  await shop.close();
  const again = shop.reopen();
  expect(audits(again).map(({ details }) => details)).toEqual([null, { how: 'till-closed' }]);
  await again.close();
});

test('a till that HQ revokes in training is out of it at once, with nobody signed in', async () => {
  const shop = await openManaged();
  await begin(shop);
  const { counter } = shop.till.enrolled();
  createPreferences(counter.db).set('revoked');
  counter.live.changed('state');
  expect(await isOn(shop)).toBe(false);
  expect(phaseOf(shop)).toBe('revoked');
  expect(audits(shop).at(-1)).toMatchObject({ details: { how: 'till-changed' } });
  await shop.close();
});

test('a cashier is lent the right in place, and the audit has both names', async () => {
  const shop = await openShop();
  const trainingId = commandId();
  const { training } = shop.client.auth;
  expect(await refusalOf(training.begin({ trainingId }))).toEqual({
    ...{ code: 'MISSING_RIGHT', defined: true, data: { permission: 'auth.training' } },
  });
  const wrong = { personId: people.manager.personId, pin: '000000' };
  expect(await refusalOf(training.begin({ trainingId, inPlace: wrong }))).toMatchObject({
    code: 'WRONG_PIN',
  });
  const view = await training.begin({ trainingId, inPlace: people.manager });
  expect(view.on).toMatchObject({ trainingId, since: openingMs });
  expect(audits(shop)).toEqual([
    {
      action: 'training.begun',
      actorId: people.cashier.personId,
      details: { authorisedBy: people.manager.personId },
    },
  ]);
  await shop.close();
});

test('asked for again after a lost answer it is the same training; another is refused', async () => {
  const shop = await openManaged();
  const { training } = shop.client.auth;
  const trainingId = commandId();
  const [one, two] = await Promise.all([training.begin({ trainingId }), training.begin({ trainingId })]);
  expect(two).toEqual(one);
  expect(await training.begin({ trainingId })).toEqual(one);
  expect(await refusalOf(training.begin({ trainingId: commandId() }))).toMatchObject({
    code: 'NOT_SIGNED_IN',
  });
  await training.end({ trainingId: commandId() });
  expect(await isOn(shop)).toBe(true);
  await training.end({ trainingId });
  expect(await training.end({ trainingId })).toEqual({ on: null });
  expect(audits(shop)).toHaveLength(2);
  await shop.close();
});

test('money that may have moved at the terminal is seen to before anybody practises', async () => {
  const shop = await openManaged();
  await scanPack(shop, 'syrup');
  await shop.client.sales.cards.charge({ commandId: commandId(), amountMinor: 499, holding: [] });
  expect(await refusalOf(begin(shop))).toEqual({
    ...{ code: 'CARD_UNSETTLED', defined: true, data: { attempts: 1 } },
  });
  expect(audits(shop)).toEqual([]);
  await shop.close();
});

test('PINs count where they always do, and who sits there in the end is not taken for who began', async () => {
  const shop = await openManaged();
  const trainingId = await begin(shop);
  const guess = { ...people.pharmacist, pin: '111111' };
  await refusalOf(shop.client.practice.auth.signIn(guess));
  await shop.client.practice.auth.signIn({ ...people.cashier });
  await shop.client.auth.training.end({ trainingId });
  expect(phaseOf(shop)).toBe('sign-in');
  expect(audits(shop).at(-1)).toMatchObject({ actorId: people.cashier.personId });
  const { code, data } = await refusalOf(shop.client.auth.signIn(guess));
  expect({ code, data }).toEqual({ code: 'WRONG_PIN', data: { failures: 2 } });
  await shop.close();
});

async function printed(papers: readonly unknown[], count: number): Promise<void> {
  await expect.poll(() => papers.length, { timeout: 3_000 }).toBeGreaterThanOrEqual(count);
}
