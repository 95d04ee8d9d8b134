import { expect, test } from 'vitest';
import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { changesOf } from '../../../build/demo-data/rows.ts';
import {
  cartOf,
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openingMs, storeId } from '../../../build/proof/shop.ts';

test('a fee has no stock to fall short of and moves none', async () => {
  const shop = await openWith(article('fee', { soldAs: 'service', priceMinor: 102 }));
  const { cart } = await add(shop, 'fee', 3);
  expect(cart).toMatchObject({ totalMinor: 306, blockers: [] });
  expect(cart.lines[0]?.batches).toEqual([]);
  const { saleId } = await payCash(shop, cart);
  expect(movements(shop, saleId)).toBe(0);
});

test('at an open price it is paid for only once the price is typed, and each price is a line', async () => {
  const shop = await openWith(article('other', { soldAs: 'open-price', priceMinor: null }));
  const { cart, lineId } = await add(shop, 'other');
  expect(cart).toMatchObject({ totalMinor: 0, blockers: [{ lineId, code: 'PRICE_TO_TYPE' }] });
  expect(await refusalOf(payCash(shop, cart))).toMatchObject({
    ...{ code: 'PRICE_TO_TYPE', defined: true, data: { lineIds: [lineId] } },
  });
  const typed = await type(shop, lineId ?? '', 1250);
  expect(typed.cart).toMatchObject({ totalMinor: 1250, blockers: [], lines: [{ openPrice: true }] });
  const second = await add(shop, 'other');
  expect(second.cart.lines.map((l) => l.packPriceMinor)).toEqual([1250, 0]);
  const all = await type(shop, second.lineId ?? '', 300);
  expect(await payCash(shop, all.cart)).toMatchObject({ totalMinor: 1550 });
});

test('the price of an article that has one is not typed', async () => {
  const shop = await openWith(article('fee', { soldAs: 'service', priceMinor: 102 }));
  const { lineId } = await add(shop, 'fee');
  expect(await refusalOf(type(shop, lineId ?? '', 1))).toMatchObject({ code: 'FIXED_PRICE', defined: true });
});

test('a gift card is worth its price: its code goes with the sale and pays', async () => {
  const shop = await openWith(article('card', { soldAs: 'voucher', priceMinor: 2500 }));
  const { cart } = await add(shop, 'card', 2);
  const sale = await payCash(shop, cart);
  const codes = (shop.till.enrolled().sales.sold(sale.saleId)?.vouchers ?? []).map(({ code }) => code);
  // Money to whoever knows it: nobody guesses one out of another, nor do two of one line ever meet.
  for (const code of codes) expect(code).toMatch(new RegExp(`^${sale.receiptNo}-1-[0-9A-F]{8}$`));
  expect(new Set(codes).size).toBe(2);
  for (const code of codes)
    expect(await shop.client.sales.voucher({ code })).toMatchObject({ known: true, balanceMinor: 2500 });
});

test('a fee that is looked for is nothing that runs out', async () => {
  const shop = await openWith([
    ...article('dispensing fee', { soldAs: 'service', priceMinor: 102 }),
    ...article('bandage', { soldAs: null, priceMinor: 300 }),
  ]);
  const found = async (text: string) => (await shop.client.catalog.search({ text })).hits[0];
  expect(await found('dispensing')).toMatchObject({ soldAs: 'service', priceMinor: 102 });
  expect(await found('bandage')).toMatchObject({ soldAs: null, onHandBase: 0 });
  expect(await shop.client.sales.priceCheck({ packId: 'pack dispensing fee' })).toMatchObject({
    soldAs: 'service',
  });
});

test('a gift card whose sale is taken back pays nothing any more; one that paid something stays sold', async () => {
  const shop = await openWith(article('card', { soldAs: 'voucher', priceMinor: 2500 }));
  const { cart } = await add(shop, 'card', 2);
  const { saleId } = await payCash(shop, cart);
  const codes = (shop.till.enrolled().sales.sold(saleId)?.vouchers ?? []).map(({ code }) => code);
  const balances = async () =>
    Promise.all(codes.map(async (code) => (await shop.client.sales.voucher({ code })).balanceMinor));
  const [used = '', whole = ''] = codes;
  await spend(shop, used, 2500 - 900);
  const back = (qtyBase: number) => giveBack(shop, saleId, qtyBase);
  expect(await refusalOf(back(2))).toMatchObject({
    ...{ code: 'VOUCHER_USED', defined: true, data: { voucher: used, leftMinor: 900 } },
  });
  expect(await back(1)).toMatchObject({ totalMinor: 2500, cancelled: [whole] });
  expect(await balances()).toEqual([900, 0]);
  expect(await refusalOf(back(1))).toMatchObject({ code: 'VOUCHER_USED' });
  expect(await refusalOf(spend(shop, whole, 1))).toMatchObject({ code: 'VOUCHER_BALANCE' });
});

test('a gift card does not go back without its receipt; a deposit does, and asks no manager', async () => {
  const shop = await openWith([
    ...article('card', { soldAs: 'voucher', priceMinor: 2500 }),
    ...article('bag', { soldAs: 'deposit', priceMinor: 200 }),
    ...article('bandage', { soldAs: null, priceMinor: 300 }),
  ]);
  const blind = (name: string, totalMinor: number) =>
    shop.client.sales.returns.makeBlind({
      ...{ commandId: commandId(), as: 'cash', totalMinor, reason: 'other' },
      lines: [{ packId: `pack ${name}`, packs: 1, place: 'destruction' }],
    });
  expect(await blind('bag', 200)).toMatchObject({ kind: 'blind', totalMinor: 200 });
  expect(await refusalOf(blind('bandage', 300))).toMatchObject({ code: 'MISSING_RIGHT' });
  await signIn(shop, 'manager');
  expect(await refusalOf(blind('card', 2500))).toMatchObject({ code: 'NEEDS_RECEIPT', defined: true });
});

test('what two vouchers paid goes back to each of them, and no more than it paid', async () => {
  const shop = await openWith([
    ...article('card', { soldAs: 'voucher', priceMinor: 300 }),
    ...article('other', { soldAs: 'service', priceMinor: 250 }),
  ]);
  const { cart } = await add(shop, 'card', 2);
  const sold = await payCash(shop, cart);
  const codes = (shop.till.enrolled().sales.sold(sold.saleId)?.vouchers ?? []).map(({ code }) => code);
  await add(shop, 'other', 2);
  const tenders = [300, 200].map((amountMinor, i) => ({
    ...{ kind: 'voucher' as const, amountMinor, reference: codes[i]?.toLowerCase() ?? '' },
  }));
  const { saleId } = await shop.client.sales.pay({ commandId: commandId(), totalMinor: 500, tenders });
  const balances = () =>
    Promise.all(codes.map(async (code) => (await shop.client.sales.voucher({ code })).balanceMinor));
  await giveBack(shop, saleId, 1);
  expect(await balances()).toEqual([250, 100]);
  await giveBack(shop, saleId, 1);
  expect(await balances()).toEqual([300, 300]);
});

test.each([
  { breakable: false, byPrice: [1000, 450] },
  { breakable: true, byPrice: [250, 450] },
])('a scale’s label sells at its own price, or by its weight: %j', async ({ breakable, byPrice }) => {
  const scheme = { itemDigits: 5, valueDigits: 5, decimals: 2, measures: 'price' };
  const shop = await openWith([
    ...article('cheese', { soldAs: null, priceMinor: 1800, packSize: 1000, baseUnit: 'g', breakable }),
    ...changesOf('pack_code', [
      { id: 'code 21', packId: 'pack cheese', code: 'weighed:2100042' },
      { id: 'code 22', packId: 'pack cheese', code: 'weighed:2200042' },
    ]),
    ...changesOf('setting', [
      {
        ...{ id: 'schemes', storeId, key: 'catalog.weighed-schemes' },
        value: [
          { ...scheme, prefix: '21' },
          { ...scheme, prefix: '22', measures: 'weightKg', decimals: 3 },
        ],
      },
    ]),
    ...stock('cheese', 5000),
  ]);
  const scan = (code: string) => shop.client.sales.scan({ commandId: commandId(), code });
  await scan(withCheckDigit('210004200450'));
  const { cart } = await scan(withCheckDigit('220004200250'));
  expect(cart.lines.map((l) => [l.qtyBase, l.amountMinor])).toEqual([byPrice, [250, 450]]);
  expect(await refusalOf(scan(withCheckDigit('220004200000')))).toMatchObject({
    data: { reason: 'label-not-sellable' },
  });
});

const add = ({ client }: OpenShop, name: string, packs = 1) =>
  client.sales.add({ commandId: commandId(), packId: `pack ${name}`, quantity: { packs } });
async function spend(shop: OpenShop, code: string, amountMinor: number): Promise<void> {
  await add(shop, 'card');
  const cart = await cartOf(shop);
  const tenders = [
    { kind: 'voucher' as const, amountMinor, reference: code },
    { kind: 'cash' as const, amountMinor: cart.totalMinor - amountMinor },
  ];
  const pay = { commandId: commandId(), totalMinor: cart.totalMinor, tenders };
  await shop.client.sales.pay(pay).finally(() => shop.client.sales.clear({ commandId: commandId() }));
}
async function giveBack({ client }: OpenShop, saleId: string, qtyBase: number) {
  const [line] = (await client.sales.returns.sale({ saleId })).lines;
  const lines = [{ saleLineId: line?.saleLineId ?? '', qtyBase, place: 'destruction' as const }];
  const { totalMinor } = await client.sales.returns.quote({ saleId, lines });
  const made = { commandId: commandId(), saleId, kind: 'return' as const, lines, totalMinor };
  return client.sales.returns.make({ ...made, reason: 'changed-mind' });
}
const type = ({ client }: OpenShop, lineId: string, priceMinor: number) =>
  client.sales.setTypedPrice({ commandId: commandId(), lineId, priceMinor });
const movements = ({ till }: OpenShop, saleId: string) =>
  till
    .enrolled()
    .counter.db.prepare(`SELECT count(*) FROM stock_movement WHERE document_id = ?`)
    .pluck()
    .get(saleId);

async function openWith(changes: readonly Change[]): Promise<OpenShop> {
  const shop = await openShop();
  hearFromHq(shop, changes);
  return shop;
}

type Article = {
  readonly soldAs: string | null;
  readonly priceMinor: number | null;
  readonly packSize?: number;
  readonly baseUnit?: string;
  readonly breakable?: boolean;
};

function article(
  name: string,
  { soldAs, priceMinor, packSize = 1, baseUnit = 'piece', breakable = false }: Article,
): Change[] {
  const packId = `pack ${name}`;
  return [
    ...changesOf('medicine', [
      {
        ...{ id: `medicine ${name}`, kind: 'article', brand: name, generics: [], form: '', route: '' },
        ...{ holder: '', scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: false },
        ...{ registerRef: '', soldAs },
      },
    ]),
    ...changesOf('pack', [
      {
        ...{ id: packId, medicineId: `medicine ${name}`, label: 'one', packSize, baseUnit },
        ...{ breakable, taxClassId: 'none', status: 'active', registerRef: '' },
      },
    ]),
    ...(priceMinor === null
      ? []
      : changesOf('price', [
          { id: `price ${name}`, packId, storeId: null, priceMinor, validFrom: '2026-01-01' },
        ])),
  ];
}

const stock = (name: string, qtyBase: number): Change[] => [
  ...changesOf('batch', [
    {
      ...{ id: `batch ${name}`, storeId, packId: `pack ${name}`, code: 'C1', expiresOn: '2027-01-31' },
      ...{ receivedAt: openingMs, costMinor: 100, costQtyBase: 1000, packPriceMinor: null },
    },
  ]),
  ...changesOf('stock_movement', [
    {
      ...{ id: `receipt ${name}`, batchId: `batch ${name}`, storeId, packId: `pack ${name}`, qtyBase },
      ...{ kind: 'receive', documentId: 'grn', documentLine: null, at: openingMs },
      ...{ businessDate: '2026-11-24', actorId: 'hq', reason: null },
    },
  ]),
];

const withCheckDigit = (digits: string): string => `${digits}${gs1CheckDigit(digits)}`;
