import { randomUUID } from 'node:crypto';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { hearFromHq, payCash, scanPack } from '../proof/open-shop.ts';
import { unreachable } from './look.ts';
import { manyArticles, packIdOfMany } from './many-articles.ts';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from './till-screens.ts';
import { dialog, leave } from './walk-hands.ts';

const LINES = 40;
const PARTS = 5;
/** The common till, a narrow one, and the common one at 200 %. */
const tills = [
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
  { width: 683, height: 384 },
];
const sizes = [683, 800, 1024, 1280, 1366, 1920].flatMap((width) =>
  [768, 600].map((height) => ({ width, height })),
);

let till: TillScreens;
test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  page.setDefaultTimeout(10_000);
  till = await openTillScreens();
  hearFromHq(till, manyArticles(LINES + tills.length));
});
test.afterEach(() => till.end());

test('of more than fits, what the keys are about is in sight and what is to be paid stays there', async ({
  page,
}) => {
  await begin(page, 'en');
  await addLines(page, 1, LINES);
  let last = LINES;
  for (const size of tills) {
    await page.setViewportSize(size);
    await press(page, 'ArrowUp', LINES + 2);
    await inSight(chosenLine(page), lines(page).first());
    await press(page, 'PageDown', 2);
    await press(page, 'ArrowDown', 3);
    await inSight(chosenLine(page), page.getByTestId('total'), payButton(page));
    await press(page, 'PageUp');
    await inSight(chosenLine(page));
    await press(page, 'Escape');
    last += 1;
    await addLines(page, last, last);
    await inSight(lines(page).last(), page.getByTestId('total'), payButton(page));
  }
  for (const size of tills) {
    await page.setViewportSize(size);
    await press(page, 'F9');
    for (let part = 1; part <= PARTS; part++) {
      await press(page, part % 2 ? 'Alt+2' : 'Alt+3');
      await press(page, '1');
      await press(page, 'Enter');
      await expect(takenParts(page)).toHaveCount(part);
      await inSight(amount(page), page.getByTestId('total'));
    }
    await press(page, 'Alt+1');
    await typeByHand(page, '9999');
    await inSight(amount(page), page.getByTestId('total'), page.getByText('Change', { exact: true }));
    await press(page, 'Escape', PARTS + 1);
    await search(page).waitFor();
  }
});

test('of a long list, the row that the keys choose is in sight', async ({ page }) => {
  await begin(page, 'en');
  const customer = { phone: '', email: '', address: '', note: '', consent: false };
  for (let n = 1; n <= 12; n++) {
    await addLines(page, n, n, 1);
    await till.client.sales.hold({ commandId: randomUUID(), name: `Coat ${n}` });
    const named = { ...customer, name: `Nora Keller ${n}` };
    await till.client.sales.customers.create({ commandId: randomUUID(), customer: named, anyway: true });
  }
  const chosen = page.locator('[role=option][aria-selected=true]');
  for (const size of tills) {
    await page.setViewportSize(size);
    await press(page, 'Shift+F4');
    await expect(page.getByRole('option')).toHaveCount(12);
    await press(page, 'ArrowDown', 11);
    await inSight(chosen, page.getByRole('option').last());
    await leave(page);
    await press(page, 'F3');
    await typeByHand(page, 'keller');
    await expect(page.getByRole('option')).toHaveCount(12);
    await press(page, 'ArrowDown', 11);
    await inSight(chosen, page.getByRole('option').last());
    await press(page, 'Escape', 2);
    await search(page).waitFor();
    await press(page, 'Control+k');
    await press(page, 'ArrowDown', 40);
    await inSight(chosen);
    await leave(page);
  }
});

test('at every size everything is there, whole and beside each other, also with the longest words, the French', async ({
  page,
}) => {
  await begin(page, 'fr');
  await scanPack(till, 'syrup', 2);
  const { receiptNo } = await payCash(till, (await scanPack(till, 'dolorane')).cart);
  await addLines(page, 1, 12);
  await atEverySize(page, 'sell');
  await press(page, 'Control+k');
  await dialog(page).waitFor();
  await atEverySize(page, 'palette', { total: false });
  await leave(page);
  await press(page, 'F9');
  await amount(page).waitFor();
  await press(page, 'Alt+2');
  await press(page, '1');
  await press(page, 'Enter');
  await atEverySize(page, 'pay');
  await press(page, 'Escape', 2);
  await search(page).waitFor();
  await press(page, 'F11');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await scanInto(page, receiptNo);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await press(page, '+');
  await atEverySize(page, 'return');
});

async function begin(page: Page, locale: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till, { locale });
  await signInAs(page, 'cashier');
}

const search = (page: Page) => page.getByRole('combobox').first();
const lines = (page: Page) => page.locator('li.sale-line');
const chosenLine = (page: Page) => page.locator('li.sale-line[aria-current]');
const payButton = (page: Page) => page.locator('main button[aria-keyshortcuts=F9]');
const amount = (page: Page) => page.locator('input[inputmode=decimal]');
const takenParts = (page: Page) => page.locator('main p:has(b)').filter({ hasText: '1.00' });

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let n = 0; n < times; n++) await page.keyboard.press(key);
}

/** Not typed: how lines come into a sale is not what this is about. */
async function addLines(page: Page, from: number, to: number, shown = to): Promise<void> {
  for (let n = from; n <= to; n++)
    await till.client.sales.add({
      ...{ commandId: randomUUID(), packId: packIdOfMany(n), quantity: { packs: 1 } },
    });
  await expect(lines(page)).toHaveCount(shown);
}

/** Whole in the window, and nothing over it. */
async function inSight(...all: readonly Locator[]): Promise<void> {
  for (const one of all)
    await expect.poll(() => one.evaluate(whatHides), { message: String(one) }).toBeNull();
}

/** Runs in the page. */
function whatHides(element: Element): string | null {
  const { left, top, bottom, width } = element.getBoundingClientRect();
  const x = left + width / 2;
  for (const y of [top + 3, (top + bottom) / 2, bottom - 3]) {
    const hit = document.elementFromPoint(x, y);
    const isIt = hit !== null && (element.contains(hit) || hit.contains(element));
    if (!isIt) return `at ${Math.round(x)}, ${Math.round(y)}: ${hit?.outerHTML.slice(0, 120) ?? 'no window'}`;
  }
  return null;
}

async function atEverySize(page: Page, name: string, { total } = { total: true }): Promise<void> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    if (total) await inSight(page.getByTestId('total'));
    const problems = [...(await page.evaluate(findClipped)), ...(await unreachable(page))];
    found.push(...problems.map((problem) => `${size.width} × ${size.height}, ${problem}`));
  }
  expect.soft(found, name).toEqual([]);
  await page.setViewportSize({ width: 1366, height: 768 });
}

/** Runs in the page: words that are cut off where they should not be, and parts that scroll sideways. */
function findClipped(): string[] {
  const isCut = (element: Element): boolean =>
    element.checkVisibility() && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
  const words = [
    ...document.querySelectorAll('button, th, [data-testid=total], .sale-line > *, .return-line > *'),
  ].filter(isCut);
  const scrolling = [...document.querySelectorAll('*')].filter(
    (element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && isCut(element),
  );
  return [
    ...words.map((element) => `cut: ${element.textContent} in ${element.outerHTML.slice(0, 120)}`),
    ...scrolling.map((element) => `scrolls sideways: ${element.outerHTML.slice(0, 120)}`),
  ];
}
