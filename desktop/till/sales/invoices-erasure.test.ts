import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { InvoiceDoc } from '#shared/sales/invoice.ts';
import {
  commandId,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { plainImage } from '../../../build/proof/plain-image.ts';

let shop: OpenShop;
let drawn: InvoiceDoc[];
afterEach(() => shop.close());

async function open() {
  drawn = [];
  const papers = {
    invoice: async (doc: InvoiceDoc) => {
      drawn.push(doc);
      return new Uint8Array(1);
    },
  };
  shop = await openShop({ signedIn: 'manager', devices: { papers } });
}

const zenobie = { name: 'Zénobie Quatrefages', phone: '06 98 41 27 53', email: '', address: '', note: '' };
const buyer = { name: zenobie.name, address: ['3 impasse des Fauvettes', ''], taxNumber: null };
const planted = [buyer.name, 'impasse des Fauvettes'];

async function createCustomer(name = zenobie.name): Promise<string> {
  const { customerId } = await shop.client.sales.customers.create({
    ...{ commandId: commandId(), anyway: true },
    customer: { ...zenobie, name, consent: true },
  });
  return customerId;
}

async function sellTo(customerId: string | null): Promise<string> {
  await scanPack(shop, 'syrup', 2);
  const cart = await shop.client.sales.setCustomer({ commandId: commandId(), customerId });
  return (await payCash(shop, cart.cart)).saleId;
}

const make = (saleId: string, of: Parameters<typeof shop.client.sales.invoices.make>[0]['buyer'] = buyer) =>
  shop.client.sales.invoices.make({ commandId: commandId(), saleId, buyer: of });
const stateOf = async (saleId: string) => (await shop.client.sales.invoices.of({ saleId })).invoice;
const erase = (customerId: string) =>
  shop.client.sales.customers.erase({ commandId: commandId(), customerId, reason: 'asked' });
const onDisk = () => {
  const image = plainImage(join(shop.folder, 'till.db'), shop.vault.get('database-key') ?? '');
  return planted.filter((text) => image.includes(text));
};

test('a customer’s invoice names them on paper and nowhere on disk; erased, it keeps the sale without them', async () => {
  await open();
  const customerId = await createCustomer();
  const saleId = await sellTo(customerId);
  const { invoiceNo } = await make(saleId);
  expect(drawn[0]?.buyer).toMatchObject({ name: buyer.name, lines: ['3 impasse des Fauvettes'] });
  expect(await stateOf(saleId)).toMatchObject({ gone: null, buyer: { name: buyer.name, taxNumber: null } });
  await make(saleId);
  expect(drawn[1]).toMatchObject({ copy: 'COPY', buyer: { name: buyer.name } });
  expect(onDisk()).toEqual([]);

  await erase(customerId);
  expect(await stateOf(saleId)).toEqual({ invoiceNo, buyer: null, gone: 'erased' });
  expect((await make(saleId)).invoiceNo).toBe(invoiceNo);
  const [before, after] = [drawn[1], drawn[2]];
  expect(after?.buyer).toMatchObject({ name: 'Private person, details erased on request', lines: [] });
  // The number, what was sold, the sums and the tax are what they were.
  expect({ ...after, buyer: null }).toEqual({ ...before, buyer: null });
  expect(onDisk()).toEqual([]);
});

test('a business stays named for as long as its invoice is kept', async () => {
  await open();
  const customerId = await createCustomer();
  const saleId = await sellTo(customerId);
  await make(saleId, { name: 'Clinique Haute', address: ['2 rue Haute'], taxNumber: 'FR2' });
  await erase(customerId);
  await make(saleId);
  expect(drawn[1]?.buyer).toMatchObject({ name: 'Clinique Haute', lines: ['2 rue Haute', 'Tax no. FR2'] });
});

test('who was merged into a customer is erased with them, and so are the invoices of both', async () => {
  await open();
  const [first, second] = [await createCustomer(), await createCustomer('Z. Quatrefages')];
  const [before, after] = [await sellTo(first), await sellTo(second)];
  await make(before);
  await make(after);
  await shop.client.sales.customers.merge({ commandId: commandId(), customerId: first, intoId: second });
  await erase(second);
  for (const saleId of [before, after]) expect(await stateOf(saleId)).toMatchObject({ gone: 'erased' });
  expect((await refusalOf(shop.client.sales.customers.get({ customerId: first }))).code).toBe('ERASED');
});

test('a key that has not come is waited for; a new invoice of such a customer does not name them as one', async () => {
  await open();
  const customerId = await createCustomer();
  const [made, sold] = [await sellTo(customerId), await sellTo(customerId)];
  await make(made);
  // As after a restored backup: the rows are there, the keys come with the next contact.
  const folder = shop.folder;
  await shop.close();
  rmSync(join(folder, 'keys.db'));
  shop = { ...shop, ...shop.reopen() };
  await signIn(shop, 'manager');
  expect(await stateOf(made)).toMatchObject({ buyer: null, gone: 'key-missing' });
  expect(await refusalOf(make(made))).toMatchObject({ code: 'KEY_MISSING', defined: true });
  await make(sold);
  expect(await stateOf(sold)).toMatchObject({ gone: null, buyer: { name: buyer.name } });
  const { db } = shop.till.enrolled().counter;
  const named = db.prepare(`SELECT customer_id FROM tax_invoice WHERE sale_id = ?`).pluck().get(sold);
  expect(named).toBeNull();
});
