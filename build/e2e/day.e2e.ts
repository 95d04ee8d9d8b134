import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { SaleView } from '#shared/sales/calls.ts';
import { type FakeTcpPrinter, startFakeTcpPrinter } from '../../desktop/devices/fake-tcp-printer.ts';
import { firstWhere } from '../clients.ts';
import { type HandClock, handClock } from '../proof/open-shop.ts';
import { expectHqAsTill, expectOnPaper } from './day-end.ts';
import {
  countCash,
  discount,
  lines,
  mouseEvents,
  nextSale,
  pay,
  payIn,
  press,
  scanBasket,
  scanGoods,
  total,
  typePin,
  watchMouse,
} from './day-hands.ts';
import { hourOf, msOf } from './day-hours.ts';
import { type DayHq, openDayHq } from './day-hq.ts';
import { seeAtHq } from './day-office.ts';
import { type Basket, type DayShop, writeDayShop } from './day-shop.ts';
import { type DayTill, openDayTill } from './day-till.ts';
import { field } from './pages.ts';
import { scanInto, typeByHand } from './till-screens.ts';

/**
 * A cashier's day: Tuesday 2026-11-24 in Paris, with HQ down from 9:10 to 17:00. HQ, its database, the till and the page
 * go by one clock, which the acts of the day move on.
 */
const cashier = { name: 'Amélie Roux', pin: '2580' };
const pharmacist = { name: 'Nadia Vercors', pin: '480215' };
const manager = { name: 'Hélène Lasserre', pin: '570382' };
const floatMinor = 15_000;
const paidOutMinor = 1_250;
const missingMinor = 735;

let folder: string;
let clock: HandClock;
let shop: DayShop;
let hq: DayHq;
let till: DayTill;
let printer: FakeTcpPrinter;
/** Whether there is paper in the printer. */
let paper = true;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  folder = mkdtempSync(join(tmpdir(), 'pestle-day-'));
  clock = handClock(msOf('08:50'));
  shop = await writeDayShop(folder, clock.nowMs());
  printer = await startFakeTcpPrinter(() => ({ answers: true, paperOut: !paper }));
  hq = await openDayHq({ clock, seedFile: shop.seedFile, catalog: shop.catalog });
  till = await openDayTill({
    ...{ folder: join(folder, 'till'), clock, printerPort: printer.port },
    ...{ hqUrl: hq.url, code: hq.codeFor('S01-T01') },
  });
});
test.afterAll(async () => {
  await till.end();
  await hq.end();
  await printer.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a day of forty sales by keys alone, HQ away from 9:10 to 17:00', async ({ page, browser }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(20_000);
  /** When each was paid, by its number. */
  const receipts = new Map<string, string>();
  const [first, second, third, fourth, fifth, sixth, seventh, ...rest] = shop.baskets;
  const [cream, thermometer] = shop.articles;
  if (!first || !second || !third || !fourth || !fifth || !sixth || !seventh || !cream || !thermometer)
    throw new Error('the day has too few baskets');
  let refundedMinor = 0;
  let discounted = '';
  let returned = '';
  const bar = page.getByRole('banner');
  const hour = (at: string, what: string, acts: () => Promise<void>) =>
    test.step(`${at} ${what}`, async () => {
      await itIs(page, at);
      await acts();
      await expect(page.locator('header time')).toHaveText(timeNow());
      await expect(page.getByRole('status').filter({ hasText: 'clock' })).toHaveCount(0);
    });
  const paid = async (byHand: () => Promise<void>): Promise<string> => {
    const receiptNo = await pay(page, byHand);
    receipts.set(receiptNo, timeNow());
    return receiptNo;
  };
  const customers = async (baskets: readonly Basket[]) => {
    for (const [at, basket] of baskets.entries()) {
      await itIs(page, timeNow(8));
      await scanBasket(page, basket);
      await paid(() => payIn(page, at));
      await nextSale(page);
    }
  };
  await watchMouse(page);
  await itIs(page, '08:55');

  await hour('08:55', 'sign-in, and the float is counted', async () => {
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

  await hour('09:02', 'the first customer pays exactly, and HQ has the sale', async () => {
    await scanBasket(page, first);
    await paid(() => press(page, 'Enter'));
    await expect(page.getByText('HQ has it')).toBeVisible();
    await nextSale(page);
  });

  await hour('09:10', 'HQ is gone', async () => {
    await hq.stop();
  });

  await hour('09:14', 'a discount of one’s own, and one that a manager agrees to in place', async () => {
    await scanGoods(page, cream);
    await discount(page, '10%');
    await expect(total(page)).toHaveText(euros(cream.priceMinor - cream.priceMinor / 10));
    await scanGoods(page, thermometer);
    await discount(page, '50%', manager);
    discounted = await paid(async () => {
      await typeByHand(page, '50');
      await press(page, 'Enter');
    });
    await expect(page.getByText('HQ gets it when online')).toBeVisible();
    await expect(bar).toContainText(/Offline since \d/);
    await nextSale(page);
  });

  await hour('09:20', 'a sale is held; the next customer goes first; it is taken up again', async () => {
    await scanBasket(page, second);
    const waiting = await total(page).textContent();
    await press(page, 'F4');
    await expect(page.getByLabel('Known by')).toBeFocused();
    await typeByHand(page, 'Blue coat');
    await press(page, 'Enter');
    await expect(page.getByText('Nothing in the sale yet')).toBeVisible();
    await scanBasket(page, third);
    await paid(() => press(page, 'Alt+2', 'Enter'));
    await nextSale(page);
    await press(page, 'Shift+F4');
    await expect(page.getByRole('option', { name: /Blue coat/ })).toBeVisible();
    await press(page, 'Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(total(page)).toHaveText(waiting ?? '');
    await paid(() => press(page, 'Enter'));
    await nextSale(page);
  });

  await hour('09:41', 'a part by card, the rest in cash', async () => {
    await scanBasket(page, fourth);
    await paid(async () => {
      await press(page, 'Alt+2');
      await typeByHand(page, '1.50');
      await press(page, 'Enter');
      await expect(page.getByText('Taken so far')).toBeVisible();
      await press(page, 'Alt+1', 'Enter');
    });
    await nextSale(page);
  });

  await hour('10:05', 'a pharmacist answers for a medicine on prescription', async () => {
    await scanGoods(page, shop.prescribed);
    await paid(async () => {
      await press(page, 'Alt+2', 'Enter');
      await expect(page.getByRole('dialog')).toContainText('A pharmacist must agree');
      await typePin(page, pharmacist);
    });
    await nextSale(page);
  });

  await hour('10:30', 'the printer is out of paper; a new roll, and F5', async () => {
    await scanBasket(page, fifth);
    paper = false;
    await paid(() => press(page, 'Enter'));
    await expect(page.getByText('Not printed')).toBeVisible();
    await expect(page.getByText(/paper/)).toBeVisible();
    paper = true;
    await press(page, 'F5');
    await expect(page.getByText('Receipt printed')).toBeVisible();
    await nextSale(page);
  });

  await hour('11:00', 'a scan while a discount is typed goes to the sale, not into the field', async () => {
    await scanGoods(page, cream);
    const before = await lines(page).count();
    await press(page, 'F8');
    await typeByHand(page, '5');
    await scanInto(page, thermometer.ean13);
    await expect(page.getByLabel('Percentage or amount')).toHaveValue('5');
    await press(page, 'Escape');
    await expect(lines(page)).toHaveCount(before + 1);
    await scanBasket(page, sixth);
    await paid(() => press(page, 'Alt+3', 'Enter'));
    await nextSale(page);
  });

  await hour('11:20', 'one of three comes back, by its receipt', async () => {
    await scanBasket(page, seventh);
    returned = await paid(() => press(page, 'Enter'));
    await nextSale(page);
    await press(page, 'F11');
    await expect(page.getByRole('heading', { name: 'Scan the receipt' })).toBeVisible();
    await scanInto(page, returned);
    await expect(page.getByRole('heading', { name: returned })).toBeVisible();
    await press(page, '+');
    await expect(page.getByRole('button', { name: 'Refund' })).toBeEnabled();
    refundedMinor = minorOf((await total(page).textContent()) ?? '');
    await press(page, 'F9');
    await expect(page.getByRole('heading', { name: 'Goods taken back' })).toBeVisible();
    await nextSale(page);
  });

  await hour(
    '12:10',
    'an exchange: another pack for the one brought back, the difference in cash',
    async () => {
      const [firstReceipt = ''] = receipts.keys();
      await press(page, 'F11');
      await expect(page.getByRole('heading', { name: 'Scan the receipt' })).toBeVisible();
      await scanInto(page, firstReceipt);
      await expect(page.getByRole('heading', { name: firstReceipt })).toBeVisible();
      await press(page, '+');
      await expect(page.getByRole('button', { name: 'Refund' })).toBeEnabled();
      await press(page, 'F2');
      await expect(field(page)).toBeFocused();
      await scanGoods(page, thermometer);
      await scanGoods(page, cream);
      await expect(page.getByText(/^Exchange −/)).toBeVisible();
      await paid(() => press(page, 'Enter'));
      await nextSale(page);
    },
  );

  const newPriceMinor = shop.dearer.priceMinor + 130;
  await test.step('to 16:40 29 more customers, and at 14:30 HQ changes a price', async () => {
    const more = rest.slice(0, 39 - receipts.size);
    await customers(more.slice(0, 15));
    await itIs(page, '14:30');
    await hq.changePrices(shop.registerWith(newPriceMinor));
    await customers(more.slice(15));
    await expect(bar).toContainText(/\d+ waiting/);
  });

  await hour('16:45', 'change is paid out with a manager, and an X-report', async () => {
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

  await hour('17:00', 'HQ is back, and with it a price that changed meanwhile', async () => {
    await expect(bar).toContainText('Offline since 09:1');
    await scanGoods(page, shop.dearer);
    await expect(total(page)).toHaveText(euros(shop.dearer.priceMinor));
    await hq.start();
    await press(page, 'Control+j');
    await page.getByRole('button', { name: 'Try now' }).or(page.getByText('Online')).first().waitFor();
    await press(page, 'Enter');
    await expect(bar).toContainText('Online', { timeout: 60_000 });
    await press(page, 'Escape');
    await expect(total(page)).toHaveText(euros(newPriceMinor), { timeout: 30_000 });
    await paid(() => press(page, 'Enter'));
    await nextSale(page);
  });

  await hour('17:30', 'a blind count finds less than there should be; Z', async () => {
    const sales = await till.client.sales.sales({ limit: 500 });
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
    await expect(page.getByText(minus(missingMinor)).first()).toBeVisible();
    await typeByHand(page, 'A note given twice');
    await press(page, 'Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Shift closed' })).toBeVisible();
    await expect(page.getByText('The Z-report is printed.')).toBeVisible();
    await press(page, 'Enter');
    await expect(field(page)).toBeFocused();
  });

  await test.step('HQ is the till, to the cent', async () => {
    expect(receipts.size).toBe(40);
    expect(await mouseEvents(page)).toBe(0);
    expectOnPaper(onPaper(), receipts);
    await firstWhere(till.client.auth.sync(), ({ waiting }) => waiting === 0, 30_000);
    await expectHqAsTill(receipts, { hq, till, shop });
  });

  await test.step('people at HQ see the day', async () => {
    const office = await (await browser.newContext()).newPage();
    await office.clock.setFixedTime(clock.nowMs());
    await seeAtHq(office, hq, {
      ...{ discounted, agreedBy: manager.name, returned, zNo: `${returned.slice(0, 8)}Z-000001` },
      ...{ variance: minus(missingMinor), paidOut: minus(paidOutMinor) },
    });
    await office.context().close();
  });
});

/** Moves the story on: HQ's clock and its database's, the till's and the page's. */
async function itIs(page: Page, at: string): Promise<void> {
  clock.pass(msOf(at) - clock.nowMs());
  await Promise.all([hq.tell(clock.nowMs()), page.clock.setFixedTime(clock.nowMs())]);
}

/** The hour it is in the story, or will be in some minutes. */
const timeNow = (inMinutes = 0): string => hourOf(clock.nowMs() + inMinutes * 60_000);

/** What the printer has put on paper, as text. */
const onPaper = (): string => printer.received().toString('latin1');

const minus = (minor: number): string => `−${(minor / 100).toFixed(2)}`;

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
