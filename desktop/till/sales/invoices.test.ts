import { expect, test } from 'vitest';
import type { InvoiceDoc } from '#shared/sales/invoice.ts';
import {
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';

const buyer = { name: 'Clinique Haute', address: ['2 rue Haute', ''], taxNumber: 'FR2' };

/** Keeps what it is given to draw. */
function openWithPapers() {
  const drawn: InvoiceDoc[] = [];
  const papers = {
    invoice: async (doc: InvoiceDoc) => {
      drawn.push(doc);
      return new TextEncoder().encode(doc.title);
    },
  };
  return openShop({ devices: { papers } }).then((shop) => ({ shop, drawn }));
}

async function sell(shop: OpenShop): Promise<string> {
  await scanPack(shop, 'syrup', 2);
  return (await payCash(shop, (await scanPack(shop, 'dolorane')).cart)).saleId;
}

const make = (shop: OpenShop, saleId: string, id = commandId()) =>
  shop.client.sales.invoices.make({ commandId: id, saleId, buyer });

test('a sale has one invoice: the command repeated gives the same paper, another one a copy', async () => {
  const { shop, drawn } = await openWithPapers();
  const saleId = await sell(shop);
  expect(await shop.client.sales.invoices.of({ saleId })).toMatchObject({ customerId: null, invoice: null });
  const id = commandId();
  const first = await make(shop, saleId, id);
  expect(first).toMatchObject({
    ...{ invoiceNo: 'S01-T01AI-000001', copy: false, fileName: 'S01-T01AI-000001.pdf' },
    base64: Buffer.from('TAX INVOICE').toString('base64'),
  });
  expect(await make(shop, saleId, id)).toEqual(first);
  expect(await make(shop, saleId)).toEqual({ ...first, copy: true });
  expect(drawn.map(({ copy }) => copy)).toEqual([null, null, 'COPY']);
  expect(drawn[2]?.buyer.lines).toEqual(['2 rue Haute', 'Tax no. FR2']);
  expect(await shop.client.sales.invoices.of({ saleId })).toMatchObject({
    invoice: { invoiceNo: first.invoiceNo, buyer: { name: 'Clinique Haute', address: ['2 rue Haute'] } },
  });
  expect(kinds(shop)).toEqual(['sale', 'tax-invoice', 'reprint']);
  await shop.close();
});

test('the numbers have no gap, whatever is refused or asked for at once', async () => {
  const { shop } = await openWithPapers();
  const [one, two] = [await sell(shop), await sell(shop)];
  expect((await refusalOf(make(shop, 'no such sale'))).code).toBe('NOT_FOUND');
  const id = commandId();
  const numbers = await Promise.all([make(shop, one, id), make(shop, one, id), make(shop, two)]);
  expect(numbers.map(({ invoiceNo }) => invoiceNo.slice(-6))).toEqual(['000001', '000001', '000002']);
  await shop.close();
  const again = shop.reopen();
  await signIn(again, 'cashier');
  const rows = again.till.enrolled().counter.db.prepare(`SELECT invoice_n FROM tax_invoice ORDER BY 1`);
  expect(rows.pluck().all()).toEqual([1, 2]);
  await again.close();
});

test('who may not sell makes none, who may not reprint no copy; without a drawer of papers nothing is written', async () => {
  const { shop } = await openWithPapers();
  const saleId = await sell(shop);
  await signIn(shop, 'auditor');
  expect(await refusalOf(make(shop, saleId))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'sales.sell' } },
  });
  await signIn(shop, 'cashier');
  await make(shop, saleId);
  hearFromHq(shop, [takeReprintFrom(shop)]);
  expect(await refusalOf(make(shop, saleId))).toMatchObject({ data: { permission: 'sales.reprint' } });
  await shop.close();

  const bare = await openShop();
  expect((await refusalOf(make(bare, await sell(bare)))).code).toBe('NO_PAPER_MAKER');
  expect(kinds(bare)).toEqual(['sale']);
  await bare.close();
});

/** The journal's types since the shop opened, in order; the shift is opened with the first sale. */
const kinds = ({ till }: OpenShop) =>
  till
    .enrolled()
    .counter.db.prepare(`SELECT type FROM journal ORDER BY dseq`)
    .pluck()
    .all()
    .filter((type) => type !== 'shift');

function takeReprintFrom({ till }: OpenShop) {
  const role = till
    .enrolled()
    .counter.db.prepare<[], { id: string }>(`SELECT id FROM role WHERE name = 'cashier'`)
    .get();
  return { t: 'role', op: 'set' as const, id: role?.id ?? '', cols: { permissions: ['sales.sell'] } };
}
