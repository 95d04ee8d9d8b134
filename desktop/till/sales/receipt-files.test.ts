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
  signIn,
} from '../../../build/proof/open-shop.ts';
import { paper } from '../../hosts/test.ts';

let shop: OpenShop;
afterEach(() => shop.close());

/** Keeps what it prints and what it draws as a file. */
async function openWithPaper(signedIn: 'cashier' | 'manager' = 'cashier') {
  const [printed, drawn]: [ReceiptDoc[], ReceiptDoc[]] = [[], []];
  const printer = {
    ...paper(),
    print: async (doc: ReceiptDoc) => {
      printed.push(doc);
      return { state: 'printed' as const };
    },
    file: async (doc: ReceiptDoc, { title, format }: { title: string; format: string }) => {
      drawn.push(doc);
      return new TextEncoder().encode(`${format} of ${title}`);
    },
  };
  shop = await openShop({ signedIn, printer });
  return { printed, drawn };
}

const sell = async () => payCash(shop, (await scanPack(shop, 'syrup', 2)).cart);
const save = (documentId: string, id = commandId(), format: 'pdf' | 'png' = 'pdf') =>
  shop.client.sales.receiptFiles.save({ commandId: id, documentId, format });
const audited = () =>
  shop.till
    .enrolled()
    .counter.db.prepare(`SELECT subject_id FROM audit_entry WHERE action = 'sales.receipt-saved'`)
    .pluck()
    .all();
const withoutPulse = ({ direction, nodes }: ReceiptDoc) => ({
  direction,
  nodes: nodes.filter(({ kind }) => kind !== 'pulse'),
});

test('a file has what a printed copy has, with the signature of its place in the chain', async () => {
  const { printed, drawn } = await openWithPaper();
  const { saleId, receiptNo } = await sell();
  const file = await save(saleId);
  expect(file.fileName).toBe(`${receiptNo}.pdf`);
  expect(Buffer.from(file.base64, 'base64').toString()).toBe(`pdf of ${receiptNo}`);
  expect((await save(saleId, commandId(), 'png')).fileName).toBe(`${receiptNo}.png`);
  await shop.client.sales.reprint({ commandId: commandId(), saleId });
  await expect.poll(() => printed.length).toBe(2);
  expect(drawn[0]).toEqual(printed[1]);
  const texts = drawn[0]?.nodes.flatMap((node) => (node.kind === 'text' ? [node.text] : []));
  expect(texts).toEqual(expect.arrayContaining(['*** COPY ***', expect.stringMatching(/^Signature /)]));
});

test('the receipt of a return is one too, and a logo is in both', async () => {
  const { printed, drawn } = await openWithPaper('manager');
  const design = receiptDesign.parse({ logo: `data:image/png;base64,${pixel}`, footer: ['Open every day'] });
  await shop.client.sales.saveReceiptDesign({ commandId: commandId(), design });
  const { saleId } = await sell();
  const { lines } = await shop.client.sales.returns.sale({ saleId });
  const wish = {
    saleId,
    lines: lines.map(({ saleLineId, leftBase }) => ({
      ...{ saleLineId, qtyBase: leftBase, place: 'quarantine' as const },
    })),
  };
  const { totalMinor } = await shop.client.sales.returns.quote(wish);
  const { returnId, returnNo } = await shop.client.sales.returns.make({
    ...{ ...wish, commandId: commandId(), kind: 'return', totalMinor, reason: 'changed-mind', note: '' },
  });
  expect((await save(returnId)).fileName).toBe(`${returnNo}.pdf`);
  await shop.client.sales.returns.reprint({ commandId: commandId(), returnId });
  await expect.poll(() => printed.length).toBe(3);
  expect(drawn[0]).toEqual(withoutPulse(printed[2] ?? { direction: 'ltr', nodes: [] }));
  expect(drawn[0]?.nodes).toContainEqual({ kind: 'logo', slot: 'shop', image: pixel });
});

test('each copy is in the audit once, whoever asks again; an unknown receipt leaves nothing', async () => {
  const { drawn } = await openWithPaper();
  const { saleId } = await sell();
  const id = commandId();
  expect(await save(saleId, id)).toEqual(await save(saleId, id));
  expect(audited()).toEqual([saleId]);
  expect(await refusalOf(save('no such receipt'))).toMatchObject({ code: 'NOT_FOUND', defined: true });
  await signIn(shop, 'auditor');
  expect(await refusalOf(save(saleId))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'sales.reprint' } },
  });
  expect(audited()).toEqual([saleId]);
  expect(drawn).toHaveLength(2);
});

test('a full disk is said, and no file without its line in the audit', async () => {
  const { drawn } = await openWithPaper();
  const { saleId } = await sell();
  const { db } = shop.till.enrolled().counter;
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${pages}`);
  let refused: { code: string; data: unknown } | null = null;
  for (let i = 0; i < 500 && !refused; i++)
    refused = await save(saleId).then(
      () => null,
      (problem: unknown) => refusalOf(Promise.reject(problem)),
    );
  expect(refused).toMatchObject({ code: 'STORAGE', data: { reason: 'disk-full' } });
  expect(drawn).toHaveLength(audited().length);
});

test('a sample shows a design that is not saved; without a drawer of papers there is no file', async () => {
  const { drawn } = await openWithPaper('manager');
  const design = receiptDesign.parse({ footer: ['Not saved yet'], code: 'none' });
  const { fileName } = await shop.client.sales.receiptFiles.sample({ design, format: 'png' });
  expect(fileName).toBe('receipt.png');
  expect(drawn[0]?.nodes).toContainEqual(expect.objectContaining({ text: 'Not saved yet' }));
  await shop.client.auth.signOut();
  expect(await refusalOf(shop.client.sales.receiptFiles.sample({ design, format: 'pdf' }))).toMatchObject({
    code: 'NOT_SIGNED_IN',
  });
  await shop.close();
  shop = await openShop();
  expect((await refusalOf(save((await sell()).saleId))).code).toBe('NO_PAPER_MAKER');
  expect(audited()).toEqual([]);
});

/** One white pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';
