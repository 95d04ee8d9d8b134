import { afterEach, beforeEach, expect, test } from 'vitest';
import { receiptText } from '#shared/sales/receipt-layout.ts';
import { receiptOfSale } from '#shared/sales/receipt-of-sale.ts';
import { gramsOf, weighStill } from '#shared/sales/weighing.ts';
import { cheese, cheeseCode } from '../../build/proof/cheese.ts';
import {
  cartOf,
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  signIn,
} from '../../build/proof/open-shop.ts';
import { createLineScale } from '../devices/scale/line-scale.ts';
import { nci } from '../devices/scale/nci.ts';
import { type ScaleSimulator, startScaleSimulator } from '../devices/scale/scale-simulator.ts';
import { openTcpLine } from '../devices/tcp-line.ts';

let simulator: ScaleSimulator;
beforeEach(async () => {
  simulator = await startScaleSimulator('nci');
});
afterEach(() => simulator.close());

test('what is sold by weight is not added before its weight is known, and then to the gram', async () => {
  const shop = await openWith(cheese(), true);
  const byHand = { commandId: commandId(), packId: 'pack cheese', quantity: { packs: 1 } };
  expect(await refusalOf(shop.client.sales.add(byHand))).toMatchObject({
    ...{ code: 'TO_WEIGH', defined: true, data: { packId: 'pack cheese', name: 'cheese' } },
  });
  const chosen = { ...byHand, commandId: commandId(), batchId: 'batch cheese' };
  expect(await refusalOf(shop.client.sales.add(chosen))).toMatchObject({ code: 'TO_WEIGH' });
  const scanned = { code: cheeseCode };
  expect(await refusalOf(shop.client.sales.scan({ commandId: commandId(), ...scanned }))).toMatchObject({
    code: 'TO_WEIGH',
  });
  expect((await cartOf(shop)).lines).toEqual([]);

  const base = await gramsOn(shop);
  const { cart, lineId } = await shop.client.sales.scan({ commandId: commandId(), code: cheeseCode, base });
  expect(cart.lines).toMatchObject([{ qtyBase: 250, amountMinor: 450 }]);

  simulator.put({ amount: 1305, decimals: 3, unit: 'kg' });
  const quantity = { base: await gramsOn(shop) };
  const set = await shop.client.sales.setQuantity({ commandId: commandId(), lineId: lineId ?? '', quantity });
  expect(set.cart.lines).toMatchObject([{ qtyBase: 1305, amountMinor: 2349 }]);
});

test('a weight that moves is waited for', async () => {
  const shop = await openWith(cheese(), true);
  simulator.put('in-motion');
  const pause = async () => {
    simulator.put({ amount: 250, decimals: 0, unit: 'g' });
    return true;
  };
  const weighing = await weighStill(() => shop.client.sales.weigh(), { tries: 2, pause });
  expect(weighing).toMatchObject({ code: 'weighed', weight: { amount: 250, unit: 'g' } });
});

test('a count of packs is no weight, nor is the lack of a scale; an article by the piece is not weighed', async () => {
  const without = await openWith(cheese(), false);
  const bare = { commandId: commandId(), code: cheeseCode };
  for (const packs of [1, 3])
    expect(await refusalOf(without.client.sales.scan({ ...bare, packs }))).toMatchObject({
      code: 'TO_WEIGH',
    });
  expect(await without.client.sales.weigh()).toEqual({ code: 'no-scale' });
  const typed = await without.client.sales.scan({ commandId: commandId(), code: cheeseCode, base: 250 });
  expect(typed.cart).toMatchObject({ packs: 1, lines: [{ qtyBase: 250 }] });
  const tube = await openWith(cheese({ breakable: false }), true);
  const whole = { commandId: commandId(), code: cheeseCode };
  expect((await tube.client.sales.scan(whole)).cart.lines).toMatchObject([{ qtyBase: 1000 }]);
});

test('a weight is one on the receipt of its sale and of its return, whole kilograms too', async () => {
  const shop = await openWith(cheese(), false);
  for (const base of [250, 2000]) {
    const { cart } = await shop.client.sales.scan({ commandId: commandId(), code: cheeseCode, base });
    const { saleId } = await payCash(shop, cart);
    const text = base === 250 ? '0.250' : '2.000';
    const { sales, returns, counter } = shop.till.enrolled();
    const sold = sales.sold(saleId);
    if (!sold) throw new Error('the sale is not there');
    const receipt = receiptOfSale(sold, counter.shop(), { copy: false });
    expect(receiptText(receipt, 48)).toContain(`  ${text} kg × 18.00 /kg`);
    const [line] = (await shop.client.sales.returns.sale({ saleId })).lines;
    expect(line).toMatchObject({ baseUnit: 'g', breakable: true, leftBase: base });
    const lines = [{ saleLineId: line?.saleLineId ?? '', qtyBase: 200, place: 'destruction' as const }];
    const { totalMinor } = await shop.client.sales.returns.quote({ saleId, lines });
    expect(totalMinor).toBe(360);
    const back = { commandId: commandId(), saleId, kind: 'return' as const, lines, totalMinor };
    const { returnId } = await shop.client.sales.returns.make({ ...back, reason: 'changed-mind' });
    expect(receiptText(returns.receipt(returnId), 48)).toContain('  0.200 kg × 18.00 /kg');
  }
});

test('without a receipt a weight comes back in grams, and loose units of nothing else', async () => {
  const shop = await openWith(cheese(), false);
  await signIn(shop, 'manager');
  expect(await shop.client.sales.returns.article({ code: cheeseCode })).toMatchObject({
    ...{ weighed: true, baseUnit: 'g', packSize: 1000 },
  });
  const blind = (packId: string, totalMinor: number) =>
    shop.client.sales.returns.makeBlind({
      ...{ commandId: commandId(), as: 'cash', totalMinor, reason: 'other' },
      lines: [{ packId, base: 250, place: 'destruction' }],
    });
  expect(await blind('pack cheese', 450)).toMatchObject({ kind: 'blind', totalMinor: 450 });
  const tube = await openWith(cheese({ breakable: false }), false);
  await signIn(tube, 'manager');
  const lines = [{ packId: 'pack cheese', base: 250, place: 'destruction' as const }];
  expect(await refusalOf(tube.client.sales.returns.quoteBlind({ as: 'cash', lines }))).toMatchObject({
    code: 'NEEDS_RECEIPT',
  });
});

async function openWith(changes: ReturnType<typeof cheese>, hasScale: boolean): Promise<OpenShop> {
  simulator.put({ amount: 250, decimals: 3, unit: 'kg' });
  const open = () => openTcpLine({ host: '127.0.0.1', port: simulator.port }, 1000);
  const scale = { name: 'scale', ...createLineScale({ open, protocol: nci, answerMs: 1000 }) };
  const shop = await openShop({ devices: hasScale ? { scale } : {} });
  hearFromHq(shop, changes);
  return shop;
}

async function gramsOn({ client }: OpenShop): Promise<number> {
  const grams = gramsOf(await client.sales.weigh());
  if (!grams.ok) throw new Error(grams.error.code);
  return grams.value;
}
