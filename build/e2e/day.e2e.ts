import { expect, type Page, test } from '@playwright/test';
import type { SaleView } from '#shared/sales/calls.ts';
import { type FakeTcpPrinter, startFakeTcpPrinter } from '../../desktop/devices/fake-tcp-printer.ts';
import { firstWhere, type HqClient } from '../clients.ts';
import { createWorld, type RunningTill, type World } from '../demo/world.ts';
import { booksOfHq, booksOfTill } from './day-books.ts';
import {
  chooseInPalette,
  countCash,
  discount,
  lines,
  mouseEvents,
  nextSale,
  pay,
  press,
  scanBasket,
  scanGoods,
  sellByCalls,
  total,
  typePin,
  watchMouse,
} from './day-hands.ts';
import { type DayShop, type Goods, writeDayShop } from './day-shop.ts';
import { field, scan, signInAtHq } from './pages.ts';
import { typeByHand } from './till-screens.ts';

/**
 * A cashier's day at a till and an HQ that are processes of their own. Their clocks are the machine's: a till goes by
 * HQ's signed time, so the hours below are those of the story, and "HQ is down" is HQ's process stopped and the till's
 * link set off until it is back.
 */
const cashier = { name: 'Amélie Roux', pin: '2580' };
const pharmacist = { name: 'Nadia Vercors', pin: '480215' };
const manager = { name: 'Hélène Lasserre', pin: '570382' };
const floatMinor = 15_000;
const paidOutMinor = 1_250;
const missingMinor = 735;

let world: World;
let shop: DayShop;
let since: number;
let hqUrl: string;
let till: RunningTill;
let printer: FakeTcpPrinter;
/** Whether there is paper in the printer. */
let paper = true;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  since = Date.now();
  world = createWorld();
  shop = await writeDayShop(world.folder, since);
  const { seedFile, catalog } = shop;
  const hq = await world.startHq('--codes', '--seed', seedFile, '--catalog', catalog);
  hqUrl = hq.url;
  printer = await startFakeTcpPrinter(() => ({ answers: true, paperOut: !paper }));
  const device = ['--printer', `tcp://127.0.0.1:${printer.port}`];
  const code = hq.enrolmentCode ?? '';
  till = await world.startTill('S01-T01', '--hq', hqUrl, '--code', code, ...device);
});
test.afterAll(async () => {
  await world.end();
  await printer.close();
});

test('a day of forty sales by keys alone, HQ away from 9:10 to 17:00', async ({ page, browser }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(20_000);
  const receipts: string[] = [];
  const [first, second, third, fourth, fifth, sixth, seventh, ...rest] = shop.baskets;
  const [cream, thermometer] = shop.articles;
  if (!first || !second || !third || !fourth || !fifth || !sixth || !seventh || !cream || !thermometer)
    throw new Error('the day has too few baskets');
  let refundedMinor = 0;
  const bar = page.getByRole('banner');
  await watchMouse(page);

  await test.step('8:55 sign-in, and the float is counted', async () => {
    await page.goto(till.screen);
    await typePin(page, cashier);
    await expect(field(page)).toBeFocused();
    await press(page, 'F12');
    await expect(page.getByRole('textbox', { name: 'Pieces of €500' })).toBeFocused();
    await countCash(page, floatMinor);
    await press(page, 'Enter');
    await expect(page.getByText('Shift since')).toBeVisible();
    await press(page, 'Escape');
    await expect(field(page)).toBeFocused();
  });

  await test.step('9:02 the first customer pays exactly, and HQ has the sale', async () => {
    await scanBasket(page, first);
    receipts.push(await pay(page, () => press(page, 'Enter')));
    await expect(page.getByText('HQ has it')).toBeVisible();
    await nextSale(page);
  });

  await test.step('9:10 HQ is gone', async () => {
    await world.stopHq();
  });

  await test.step('9:14 a discount of one’s own, and one that a manager agrees to in place', async () => {
    await scanGoods(page, cream);
    await discount(page, '10%');
    await expect(total(page)).toHaveText(euros(cream.priceMinor - cream.priceMinor / 10));
    await scanGoods(page, thermometer);
    await discount(page, '50%', manager);
    receipts.push(
      await pay(page, async () => {
        await typeByHand(page, '50');
        await press(page, 'Enter');
      }),
    );
    await expect(page.getByText('HQ gets it when online')).toBeVisible();
    await expect(bar).toContainText(/Offline since \d/);
    await nextSale(page);
  });

  await test.step('9:20 a sale is held; the next customer goes first; it is taken up again', async () => {
    await scanBasket(page, second);
    const waiting = await total(page).textContent();
    await press(page, 'F4');
    await expect(page.getByLabel('Known by')).toBeFocused();
    await typeByHand(page, 'Blue coat');
    await press(page, 'Enter');
    await expect(page.getByText('Nothing in the sale yet')).toBeVisible();
    await scanBasket(page, third);
    receipts.push(await pay(page, () => press(page, 'Alt+2', 'Enter')));
    await nextSale(page);
    await press(page, 'Shift+F4');
    await expect(page.getByRole('option', { name: /Blue coat/ })).toBeVisible();
    await press(page, 'Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(total(page)).toHaveText(waiting ?? '');
    receipts.push(await pay(page, () => press(page, 'Enter')));
    await nextSale(page);
  });

  await test.step('9:41 a part by card, the rest in cash', async () => {
    await scanBasket(page, fourth);
    receipts.push(
      await pay(page, async () => {
        await press(page, 'Alt+2');
        await typeByHand(page, '1.50');
        await press(page, 'Enter');
        await expect(page.getByText('Taken so far')).toBeVisible();
        await press(page, 'Alt+1', 'Enter');
      }),
    );
    await nextSale(page);
  });

  await test.step('10:05 a pharmacist answers for a medicine on prescription', async () => {
    await scanGoods(page, shop.prescribed);
    receipts.push(
      await pay(page, async () => {
        await press(page, 'Alt+2', 'Enter');
        await expect(page.getByRole('dialog')).toContainText('A pharmacist must agree');
        await typePin(page, pharmacist);
      }),
    );
    await nextSale(page);
  });

  await test.step('10:30 the printer is out of paper; a new roll, and F5', async () => {
    await scanBasket(page, fifth);
    paper = false;
    receipts.push(await pay(page, () => press(page, 'Enter')));
    await expect(page.getByText('Not printed')).toBeVisible();
    await expect(page.getByText(/paper/)).toBeVisible();
    paper = true;
    await press(page, 'F5');
    await expect(page.getByText('Receipt printed')).toBeVisible();
    await nextSale(page);
  });

  await test.step('11:00 a scan while a discount is typed goes to the sale, not into the field', async () => {
    await scanGoods(page, cream);
    const before = await lines(page).count();
    await press(page, 'F8');
    await typeByHand(page, '5');
    await scan(page, thermometer.ean13);
    await expect(page.getByLabel('Percentage or amount')).toHaveValue('5');
    await press(page, 'Escape');
    await expect(lines(page)).toHaveCount(before + 1);
    await scanBasket(page, sixth);
    receipts.push(await pay(page, () => press(page, 'Alt+3', 'Enter')));
    await nextSale(page);
  });

  await test.step('11:20 one of three comes back, by its receipt', async () => {
    await scanBasket(page, seventh);
    const receiptNo = await pay(page, () => press(page, 'Enter'));
    receipts.push(receiptNo);
    await nextSale(page);
    await press(page, 'F11');
    await expect(page.getByRole('heading', { name: 'Scan the receipt' })).toBeVisible();
    await scan(page, receiptNo);
    await expect(page.getByRole('heading', { name: receiptNo })).toBeVisible();
    await press(page, '+');
    await expect(page.getByRole('button', { name: 'Refund' })).toBeEnabled();
    refundedMinor = minorOf((await total(page).textContent()) ?? '');
    await press(page, 'F9');
    await expect(page.getByRole('heading', { name: 'Goods taken back' })).toBeVisible();
    await nextSale(page);
  });

  await test.step('12:10 an exchange: another pack for the one brought back, the difference in cash', async () => {
    const [firstReceipt = ''] = receipts;
    await press(page, 'F11');
    await expect(page.getByRole('heading', { name: 'Scan the receipt' })).toBeVisible();
    await scan(page, firstReceipt);
    await expect(page.getByRole('heading', { name: firstReceipt })).toBeVisible();
    await press(page, '+');
    await expect(page.getByRole('button', { name: 'Refund' })).toBeEnabled();
    await press(page, 'F2');
    await expect(field(page)).toBeFocused();
    await scanGoods(page, thermometer);
    await scanGoods(page, cream);
    await expect(page.getByText(/^Exchange −/)).toBeVisible();
    receipts.push(await pay(page, () => press(page, 'Enter')));
    await nextSale(page);
  });

  await test.step('to 16:40 thirty more customers', async () => {
    for (const [at, basket] of rest.slice(0, 40 - receipts.length - 1).entries())
      receipts.push((await sellByCalls(till.till, { basket, at })).receiptNo);
    await expect(bar).toContainText(/\d+ waiting/);
  });

  await test.step('16:45 change is paid out with a manager, and an X-report', async () => {
    await press(page, 'F12');
    await expect(page.getByRole('button', { name: 'Count and close' })).toBeFocused();
    await press(page, 'Control+2');
    await expect(page.getByRole('dialog', { name: 'Pay out' })).toBeVisible();
    await typeByHand(page, (paidOutMinor / 100).toFixed(2));
    await press(page, 'Tab');
    await typeByHand(page, 'Window cleaner');
    await press(page, 'Enter');
    await expect(page.getByText('You have no right')).toBeVisible();
    await typePin(page, manager);
    await expect(page.getByRole('dialog')).toBeHidden();
    await press(page, 'Control+3');
    await expect.poll(() => onPaper().includes('RAPPORT X')).toBe(true);
    await press(page, 'Escape');
    await expect(field(page)).toBeFocused();
  });

  const newPriceMinor = shop.dearer.priceMinor + 130;
  await test.step('17:00 HQ is back, and with it a price that changed meanwhile', async () => {
    await scanGoods(page, shop.dearer);
    await expect(total(page)).toHaveText(euros(shop.dearer.priceMinor));
    await chooseInPalette(page, 'Network off');
    await world.startHq();
    const office = await (await browser.newContext()).newPage();
    await importPrices(office, shop.registerWith(newPriceMinor));
    await office.context().close();
    await expect(total(page)).toHaveText(euros(shop.dearer.priceMinor));
    await chooseInPalette(page, 'Network on');
    await expect(bar).toContainText('Online', { timeout: 60_000 });
    await expect(total(page)).toHaveText(euros(newPriceMinor), { timeout: 30_000 });
    receipts.push(await pay(page, () => press(page, 'Enter')));
    await nextSale(page);
  });

  await test.step('17:30 a blind count finds less than there should be; Z', async () => {
    const sales = await till.till.sales.sales({ limit: 500 });
    const drawerMinor = floatMinor + handed(sales, 'cash') - refundedMinor - paidOutMinor;
    await press(page, 'F12');
    await expect(page.getByRole('button', { name: 'Count and close' })).toBeFocused();
    await press(page, 'Enter');
    await expect(page.getByRole('textbox', { name: 'Pieces of €500' })).toBeFocused();
    await countCash(page, drawerMinor - missingMinor);
    for (const kind of ['card', 'mobile'] as const) {
      await press(page, 'ArrowDown');
      await typeByHand(page, (handed(sales, kind) / 100).toFixed(2));
    }
    await expect(page.getByText(euros(drawerMinor))).toHaveCount(0);
    await press(page, 'Enter');
    await expect(page.getByText(`−${(missingMinor / 100).toFixed(2)}`).first()).toBeVisible();
    await typeByHand(page, 'A note given twice');
    await press(page, 'Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Shift closed' })).toBeVisible();
    await expect(page.getByText('The Z-report is printed.')).toBeVisible();
    await press(page, 'Enter');
    await expect(field(page)).toBeFocused();
  });

  await test.step('HQ is the till, to the cent', async () => {
    expect(receipts).toHaveLength(40);
    expect(receipts.filter((receiptNo) => !onPaper().includes(receiptNo))).toEqual([]);
    expect(await mouseEvents(page)).toBe(0);
    await firstWhere(till.till.auth.sync(), ({ waiting }) => waiting === 0, 30_000);
    await expectHqAsTill(await world.backOffice(), receipts);
  });
});

/** What the printer has put on paper, as text. */
const onPaper = (): string => printer.received().toString('latin1');

const euros = (minor: number): string => `€${(minor / 100).toFixed(2)}`;

const minorOf = (text: string): number => Number(text.replaceAll(/\D/g, ''));

/** What a means of payment brought, change taken off. */
const handed = (sales: readonly SaleView[], wanted: SaleView['tenders'][number]['kind']): number =>
  sales.reduce(
    (sum, { tenders, changeMinor }) =>
      tenders.reduce((own, { kind, amountMinor }) => own + (kind === wanted ? amountMinor : 0), sum) -
      (wanted === 'cash' ? changeMinor : 0),
    0,
  );

async function importPrices(office: Page, file: string): Promise<void> {
  await signInAtHq(office, hqUrl, world.hqSignIn());
  await office.goto(`${hqUrl}/catalogue/import`);
  await office.getByLabel('Files to import').setInputFiles(file);
  await office.getByRole('button', { name: 'Start dry run' }).click();
  const apply = office.getByRole('button', { name: 'Apply to catalogue' });
  await expect(apply).toBeEnabled({ timeout: 30_000 });
  await apply.click();
  await expect(office.getByText(/Applied on/)).toBeVisible({ timeout: 30_000 });
}

/** Days, sales, the Z-report and stock by batch: what HQ has is what the till has, and nothing was refused. */
async function expectHqAsTill(hq: HqClient, receipts: readonly string[]): Promise<void> {
  const sold: readonly Goods[] = [...shop.baskets.flat().map(({ goods }) => goods), ...shop.articles];
  const names = [...new Set(sold.map(({ name }) => name.replace(/,.*/, '').slice(0, 60)))].slice(0, 40);
  const found = await Promise.all(names.map((text) => till.till.catalog.search({ text, limit: 1 })));
  const packIds = [...new Set(found.flatMap(({ hits }) => hits.map((hit) => hit.packId)))];
  const atTill = await booksOfTill(till.till, packIds);
  expect(Object.keys(atTill.sales).toSorted()).toEqual(receipts.toSorted());
  const days = atTill.days.map(({ businessDate }) => businessDate);
  const { postgresLock } = world;
  const atHq = await booksOfHq(hq, { postgresLock, storeId: shop.storeId, since, packIds, days });
  expect(atHq).toEqual(atTill);
  expect((await hq.auth.quarantine({ state: 'open' })).rows).toEqual([]);
}
