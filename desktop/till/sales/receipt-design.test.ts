import { afterEach, expect, test } from 'vitest';
import { receiptDesign } from '#shared/auth/receipt-design.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import {
  commandId,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
} from '../../../build/proof/open-shop.ts';
import { paper } from '../../hosts/test.ts';

let shop: OpenShop;
afterEach(() => shop.close());

/** One white pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';
const design = receiptDesign.parse({ logo: `data:image/png;base64,${pixel}`, footer: ['Open every day'] });

async function openWithPaper(signedIn: 'cashier' | 'manager') {
  const docs: ReceiptDoc[] = [];
  const printer = {
    ...paper(),
    print: async (doc: ReceiptDoc) => {
      docs.push(doc);
      return { state: 'printed' as const };
    },
    preview: async (doc: ReceiptDoc) => ({ svg: '<svg/>', text: textOf(doc) }),
  };
  shop = await openShop({ signedIn, printer });
  return docs;
}
const textOf = ({ nodes }: ReceiptDoc) =>
  nodes
    .flatMap((node) =>
      node.kind === 'text' ? [node.text] : node.kind === 'logo' ? [`logo ${node.image}`] : [],
    )
    .join('\n');

test('a design is seen on a sample before it is kept, and printed on every receipt from then on', async () => {
  const docs = await openWithPaper('manager');
  const { client } = shop;
  expect(await client.sales.receiptDesign()).toEqual(receiptDesign.parse({}));
  const { text } = await client.sales.previewReceiptDesign(design);
  for (const part of ['Paracetamol 500 mg', 'Open every day', `logo ${pixel}`]) expect(text).toContain(part);
  expect(await client.sales.receiptDesign()).toEqual(receiptDesign.parse({}));
  const command = { commandId: commandId(), design };
  await client.sales.saveReceiptDesign(command);
  await client.sales.saveReceiptDesign(command);
  expect(await client.sales.receiptDesign()).toEqual(design);
  await payCash(shop, (await scanPack(shop, 'syrup')).cart);
  await expect.poll(() => docs.length).toBe(1);
  expect(docs.map(textOf)[0]).toContain(`logo ${pixel}`);
  expect(docs.map(textOf)[0]).toContain('Open every day');
  const kept = shop.till.enrolled().counter.db.prepare(`SELECT doc FROM print_job`).pluck().get();
  expect(kept).not.toContain(pixel);
});

test('who may not edit settings may look at a design and not keep it; what is no logo goes nowhere', async () => {
  await openWithPaper('cashier');
  const { client } = shop;
  expect((await client.sales.previewReceiptDesign(design)).svg).toBe('<svg/>');
  expect(await refusalOf(client.sales.saveReceiptDesign({ commandId: commandId(), design }))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.settings.edit' } },
  });
  const bad = { ...design, logo: 'https://example.com/logo.png' };
  await expect(client.sales.previewReceiptDesign(bad)).rejects.toThrow();
});
