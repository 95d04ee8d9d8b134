import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tillContract } from '#shared/contract.ts';
import { customerInput } from '#shared/sales/customer-views.ts';
import { tableFacts } from '#shared/schema.ts';
import {
  cartOf,
  commandId,
  type OpenShop,
  openShop,
  payCash,
  scanPack,
  signIn,
} from '../../build/proof/open-shop.ts';
import { people } from '../../build/proof/shop.ts';
import { createCounterDevices } from '../hosts/counter-devices.ts';
import { createReceiptDesk } from '../hosts/receipt-desk.ts';

/**
 * Every call of the till that a right can be missing for leaves a trace with a name, or has a reason here why it leaves
 * none. A new call stands in none of these lists, and this test fails until somebody has said what becomes of it.
 */
const leavesNothing: Readonly<Record<string, readonly string[]>> = {
  'only reads': [
    ...[
      'auth.audit.list',
      'auth.audit.choices',
      'auth.audit.csv',
      'auth.audit.verify',
      'auth.badges.preview',
    ],
    ...['catalog.substitutes', 'catalog.search', 'catalog.quickKeys', 'catalog.labels.preview'],
    ...['catalog.labels.template', 'inventory.elsewhere', 'inventory.oversold', 'inventory.batches'],
    ...['sales.account', 'sales.voucher', 'sales.cards.state', 'sales.foreignCash', 'sales.held'],
    ...['sales.priceCheck', 'sales.invoices.of', 'sales.weigh', 'sales.returns.find', 'sales.returns.sale'],
    ...[
      'sales.returns.quote',
      'sales.returns.refundedBy',
      'sales.returns.article',
      'sales.returns.quoteBlind',
    ],
    ...['sales.returns.besideExchange', 'sales.returns.exchangeWaiting', 'sales.returns.preview'],
    ...['sales.customerDisplay', 'sales.receiptDesign', 'sales.previewReceiptDesign'],
    ...['sales.receiptFiles.sample', 'sales.customers.find', 'sales.customers.get', 'sales.customers.alike'],
    ...[
      'sales.shift.state',
      'sales.shift.x',
      'sales.shift.reports',
      'sales.shift.reportPreview',
      'sales.cart',
    ],
    ...[
      'sales.secondRefunds.list',
      'sales.sales',
      'sales.receiptPreview',
      'sales.printJobs',
      'sales.dayTotals',
    ],
    ...['reports.read', 'reports.print', 'reports.csv'],
  ],
  'the sale in progress: what comes of it stands in the sale with the names of who agreed': [
    ...['sales.setDiscount', 'sales.setCustomer', 'sales.setTypedPrice', 'sales.setNote', 'sales.setCoupon'],
    ...['sales.redeemPoints', 'sales.scan', 'sales.add', 'sales.addUnlisted', 'sales.setQuantity'],
    ...['sales.swapPack', 'sales.removeLine', 'sales.undo', 'sales.clear'],
    ...['sales.returns.exchange', 'sales.returns.dropExchange'],
  ],
  'needs no right but a session, and shows only what hangs on every shelf': ['catalog.labels.print'],
  'gives a lent right back': ['reports.leave'],
};

/** Acts whose trace needs more around them than this shop has: their own tests look at it. */
const lookedAtElsewhere: Readonly<Record<string, string>> = {
  'auth.badges.print': 'auth/badges.test.ts',
  'auth.training.begin': 'training.test.ts',
  'inventory.swapBatch': 'inventory/oversell.test.ts',
  'inventory.undoSwap': 'inventory/oversell.test.ts',
  'sales.cards.charge': 'sales/card-desk.test.ts',
  'sales.cards.ask': 'sales/card-desk.test.ts',
  'sales.cards.settle': 'sales/card-desk.test.ts',
  'sales.cards.giveBack': 'sales/card-desk.test.ts',
  'sales.invoices.make': 'sales/invoices.test.ts',
  'sales.receiptFiles.save': 'sales/receipt-files.test.ts',
  'auth.confirmTime': 'auth/till-time.test.ts',
  'sales.secondRefunds.settle': 'sales/second-refunds.test.ts',
};

type Act = (shop: OpenShop, so: Made) => Promise<unknown>;
/** What earlier acts made, for later ones to be about. */
type Made = Record<'saleId' | 'heldId' | 'returnId' | 'customerId' | 'closeId', string>;

const folder = mkdtempSync(join(tmpdir(), 'pestle-privileged-'));
const id = () => ({ commandId: commandId() });
const nora = { name: 'Nora Keller', phone: '', email: '', address: '', note: '', consent: false };
const person = customerInput.parse(nora);

/** In the order of a day; each is done by the manager, and its trace is looked at at once. */
const acts: Readonly<Record<string, Act>> = {
  'auth.changeCounterSettings': ({ client }) =>
    client.auth.changeCounterSettings({ idleLockMinutes: 3, signOutMinutes: 30 }),
  'auth.planBackups': ({ client }) => client.auth.planBackups({ folder, everyHours: 4, keep: 14 }),
  'auth.printers.choose': async ({ client: { auth } }) => {
    const { chosen } = await auth.printers.report();
    if (chosen) await auth.printers.choose({ ...chosen, drawer: 2 });
  },
  'auth.printers.testDrawer': ({ client }) => client.auth.printers.testDrawer(id()),
  'auth.devices.choose': async ({ client: { auth } }) => {
    const { chosen } = await auth.devices.report();
    if (chosen) await auth.devices.choose({ ...chosen, terminal: { address: 'simulated' } });
  },
  'auth.storeSettings.change': ({ client }) =>
    client.auth.storeSettings.change({ ...id(), key: 'sales.discount-limit', value: 15_000 }),
  'catalog.labels.saveTemplate': ({ client }) =>
    client.catalog.labels.saveTemplate({ ...id(), template: 'label 50 x 30\nrule 1 1' }),
  'sales.saveReceiptDesign': async ({ client: { sales } }) =>
    sales.saveReceiptDesign({
      ...id(),
      design: { ...(await sales.receiptDesign()), header: ['open daily'] },
    }),
  'sales.shift.open': ({ client }) => client.sales.shift.open({ ...id(), floatMinor: 10_000 }),
  'sales.pay': async (shop, made) => {
    made.saleId = (await payCash(shop, (await scanPack(shop, 'dolorane')).cart)).saleId;
  },
  'sales.reprint': ({ client }, { saleId }) => client.sales.reprint({ ...id(), saleId }),
  'auth.printers.printAgain': async (shop, { saleId }) =>
    shop.client.auth.printers.printAgain({ jobId: fatelessJob(shop, saleId) }),
  'auth.printers.cameOut': async (shop, { saleId }) =>
    shop.client.auth.printers.cameOut({ jobId: fatelessJob(shop, saleId) }),
  'sales.hold': async (shop, made) => {
    await scanPack(shop, 'syrup');
    await shop.client.sales.hold({ ...id(), name: 'Blue coat' });
    made.heldId = await heldNow(shop);
  },
  'sales.recall': ({ client }, { heldId }) => client.sales.recall({ ...id(), heldId }),
  'sales.discardHeld': async (shop) => {
    await shop.client.sales.clear(id());
    await scanPack(shop, 'syrup');
    await shop.client.sales.hold({ ...id(), name: 'Green hat' });
    const heldId = await heldNow(shop);
    before(shop);
    await shop.client.sales.discardHeld({ ...id(), heldId });
  },
  'sales.returns.make': async ({ client: { sales } }, made) => {
    const { lines } = await sales.returns.sale({ saleId: made.saleId });
    const [line] = lines;
    if (!line) throw new Error('a sale has a line');
    const wanted = [{ saleLineId: line.saleLineId, qtyBase: 1, place: 'quarantine' as const }];
    const { totalMinor } = await sales.returns.quote({ saleId: made.saleId, lines: wanted });
    const what = { saleId: made.saleId, kind: 'return', lines: wanted, totalMinor } as const;
    made.returnId = (await sales.returns.make({ ...id(), ...what, reason: 'changed-mind' })).returnId;
  },
  'sales.returns.makeBlind': async ({ client: { sales } }) => {
    const { packId } = await sales.returns.article({ code: '2030000000005' });
    const line = { packId, packs: 1, place: 'destruction' } as const;
    const { totalMinor } = await sales.returns.quoteBlind({ lines: [line], as: 'cash' });
    await sales.returns.makeBlind({ ...id(), lines: [line], as: 'cash', totalMinor, reason: 'other' });
  },
  'sales.returns.reprint': ({ client }, { returnId }) => client.sales.returns.reprint({ ...id(), returnId }),
  'sales.customers.create': async ({ client }, made) => {
    made.customerId = (await client.sales.customers.create({ ...id(), customer: person })).customerId;
  },
  'sales.customers.edit': ({ client }, { customerId }) =>
    client.sales.customers.edit({ ...id(), customerId, customer: { ...person, phone: '0612345678' } }),
  'sales.setAccount': ({ client }, { customerId }) =>
    client.sales.setAccount({ ...id(), customerId, limitMinor: 5_000, taxExemption: '' }),
  'sales.payAccount': ({ client }, { customerId }) =>
    client.sales.payAccount({ ...id(), customerId, amountMinor: 100, tenderKind: 'cash', reason: '' }),
  'sales.customers.merge': async (shop, { customerId: intoId }) => {
    const other = { ...id(), customer: person, anyway: true };
    const { customerId } = await shop.client.sales.customers.create(other);
    before(shop);
    await shop.client.sales.customers.merge({ ...id(), customerId, intoId });
  },
  'sales.customers.erase': async (shop) => {
    const other = { ...id(), customer: { ...person, name: 'Otto Brand' }, anyway: true };
    const { customerId } = await shop.client.sales.customers.create(other);
    before(shop);
    await shop.client.sales.customers.erase({ ...id(), customerId, reason: 'asked' });
  },
  'sales.shift.printX': ({ client }) => client.sales.shift.printX(id()),
  'sales.shift.move': ({ client }) =>
    client.sales.shift.move({ ...id(), kind: 'pay-out', amountMinor: 500, reason: 'stamps' }),
  'sales.shift.noSale': ({ client }) => client.sales.shift.noSale({ ...id(), reason: 'change' }),
  'sales.shift.compare': async ({ client: { sales } }) => {
    const { shiftId } = (await sales.shift.x()).open;
    await sales.shift.compare({ ...id(), shiftId, count: nothingCounted });
  },
  'sales.shift.close': async ({ client }, made) => {
    const { shiftId } = (await client.sales.shift.x()).open;
    const close = { ...id(), shiftId, count: nothingCounted, reason: 'a test', leftMinor: 0 };
    made.closeId = (await client.sales.shift.close(close)).closeId;
  },
  'sales.shift.reprint': ({ client }, { closeId }) => client.sales.shift.reprint({ ...id(), closeId }),
  'reports.open': async (shop) => {
    await signIn(shop, 'cashier');
    await shop.client.reports.open({ inPlace: people.manager });
  },
};
const nothingCounted = { denominations: [], otherCashMinor: 0, others: [] };

test('every call that wants a right is known: its trace is looked at, or there is a reason for none', () => {
  const known = [
    ...Object.values(leavesNothing).flat(),
    ...Object.keys(lookedAtElsewhere),
    ...Object.keys(acts),
  ];
  expect([...known].toSorted()).toEqual([...new Set(callsWithARight(tillContract))].toSorted());
});

test.each(Object.entries(lookedAtElsewhere))('%s has its trace looked at in %s', (call, file) => {
  expect(readFileSync(`desktop/till/${file}`, 'utf8')).toContain(call.split('.').at(-1));
});

test('a manager’s day: each act leaves a fact or an audit entry with the name of who did it', async () => {
  const file = join(folder, 'devices.json');
  const fonts = 'node_modules/@expo-google-fonts';
  const { setup } = createReceiptDesk({ file, fonts, find: async () => [] });
  const devices = createCounterDevices({ file, fonts, find: async () => [] });
  const printer = {
    ...{ name: 'paper', print: async () => ({ state: 'printed' as const }) },
    ...{ openDrawer: async () => ({ state: 'printed' as const }), ...(setup && { setup }) },
    preview: async () => ({ svg: '', text: '' }),
  };
  const shop = await openShop({ signedIn: 'manager', printer, devices });
  const made: Made = { saleId: '', heldId: '', returnId: '', customerId: '', closeId: '' };
  const silent: string[] = [];
  for (const [call, act] of Object.entries(acts)) {
    before(shop);
    await act(shop, made);
    const traces = tracesOf(shop);
    if (!traces.some(({ actor, kinds }) => actor === people.manager.personId && kinds.length > 0))
      silent.push(`${call}: ${JSON.stringify(traces)}`);
  }
  expect(silent).toEqual([]);
  expect((await cartOf(shop)).lines).toEqual([]);
  await shop.close();
});

/** Names of the calls whose refusals can be a missing right. */
function callsWithARight(at: object, path: readonly string[] = []): string[] {
  return Object.entries(at).flatMap(([name, call]) => {
    if (typeof call !== 'object' || call === null) return [];
    const here = [...path, name];
    if (!('~orpc' in call)) return callsWithARight(call, here);
    const { errorMap } = call['~orpc'] as { readonly errorMap: object };
    return 'MISSING_RIGHT' in errorMap ? [here.join('.')] : [];
  });
}

const marks = new WeakMap<OpenShop, number>();
const journalEnd = ({ till }: OpenShop): number =>
  Number(till.enrolled().counter.db.prepare(`SELECT coalesce(max(dseq), 0) FROM journal`).pluck().get());

/** What is written from here on is the act's. */
function before(shop: OpenShop): void {
  marks.set(shop, journalEnd(shop));
}

type Envelope = {
  readonly actor: string;
  readonly body: { readonly changes: readonly { readonly t: string }[] };
};

/** What was journaled since `before`: who did it, and in which tables. */
function tracesOf(shop: OpenShop): { readonly actor: string; readonly kinds: readonly string[] }[] {
  const rows = shop.till
    .enrolled()
    .counter.db.prepare<[number], string>(`SELECT text FROM journal WHERE dseq > ? ORDER BY dseq`)
    .pluck()
    .all(marks.get(shop) ?? 0);
  return rows.map((text) => {
    const { actor, body }: Envelope = JSON.parse(text);
    return { actor, kinds: body.changes.map(({ t }) => t).filter(isTrace) };
  });
}

/**
 * A register says what is, not who made it so. Of customers alone the signed changeset with its actor is the trace: an
 * audit entry could say no more without what is personal.
 */
const isTrace = (table: string): boolean =>
  tableFacts.get(table)?.policy === 'append' || table === 'customer';

async function heldNow({ client }: OpenShop): Promise<string> {
  for await (const [held] of await client.sales.held()) if (held) return held.heldId;
  throw new Error('a sale is held');
}

/** The job of the sale's receipt, whose fate nobody knows. */
function fatelessJob({ till }: OpenShop, saleId: string): string {
  const { db } = till.enrolled().counter;
  db.prepare(`UPDATE print_job SET state = 'unknown' WHERE sale_id = ?`).run(saleId);
  return String(db.prepare(`SELECT id FROM print_job WHERE sale_id = ?`).pluck().get(saleId));
}
