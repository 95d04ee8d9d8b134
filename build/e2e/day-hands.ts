import { expect, type Page } from '@playwright/test';
import { cashOf } from '#shared/sales/shift-denominations.ts';
import type { Basket, Goods } from './day-shop.ts';
import { scanInto, typeByHand } from './till-screens.ts';

export type Person = { readonly name: string; readonly pin: string };

/** Counts what a mouse would do in this page; to be called before it is opened. */
export async function watchMouse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.set(window, 'mouseEvents', 0);
    for (const type of ['mousedown', 'mousemove', 'click', 'wheel'])
      window.addEventListener(
        type,
        (event) => {
          // Enter on a button clicks it without a mouse: then there is no click to count.
          if (event instanceof MouseEvent && (event.type !== 'click' || event.detail > 0))
            Reflect.set(window, 'mouseEvents', Number(Reflect.get(window, 'mouseEvents')) + 1);
        },
        true,
      );
  });
}

export const mouseEvents = (page: Page) => page.evaluate('mouseEvents');

/** Presses keys one after the other, as a person does. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Chooses somebody among the tiles by number and types the PIN. */
export async function typePin(page: Page, { name, pin }: Person): Promise<void> {
  const tiles = page.getByRole('radiogroup', { name: 'People' }).getByRole('radio');
  await tiles.first().waitFor();
  const place = (await tiles.allInnerTexts()).findIndex((text) => text.includes(name));
  await press(page, String(place + 1));
  await expect(page.getByLabel(`PIN of ${name}`)).toBeFocused();
  await typeByHand(page, pin);
  await press(page, 'Enter');
}

export const total = (page: Page) => page.getByTestId('total');
export const lines = (page: Page) => page.getByRole('list', { name: 'Lines' }).getByRole('listitem');

/** Scans one pack and waits until the sale has it. */
export async function scanGoods(page: Page, { ean13 }: Goods): Promise<void> {
  const before = await total(page).textContent();
  await scanInto(page, ean13);
  // A look at each frame: a hundred packs are scanned in this day.
  const isNew = (text: string | null) => document.querySelector('[data-testid=total]')?.textContent !== text;
  await page.waitForFunction(isNew, before);
}

/** Scans what a customer puts on the counter; several of one are typed before the scan, as `3*`. */
export async function scanBasket(page: Page, basket: Basket): Promise<void> {
  for (const { goods, packs } of basket) {
    if (packs > 1) await typeByHand(page, `${packs}*`);
    await scanGoods(page, goods);
  }
}

/** Pays by what is pressed and typed at Payment, and gives the receipt's number. */
export async function pay(page: Page, byHand: () => Promise<void>): Promise<string> {
  await press(page, 'F9');
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible();
  await byHand();
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible();
  return page
    .getByText(/^S01-T01[A-Z]-\d{6}$/)
    .first()
    .innerText();
}

/** From Paid to the next sale. */
export async function nextSale(page: Page): Promise<void> {
  await press(page, 'Enter');
  await expect(page.getByRole('combobox', { name: 'Scan or search' })).toBeFocused();
}

/** Types how many of each note and coin make an amount, from the first field on; ends in the field of other cash. */
export async function countCash(page: Page, amountMinor: number): Promise<void> {
  const { notes, coins } = cashOf('EUR');
  let left = amountMinor;
  for (const minor of [...notes, ...coins]) {
    const pieces = Math.floor(left / minor);
    left -= pieces * minor;
    if (pieces > 0) await typeByHand(page, String(pieces));
    await press(page, 'ArrowDown');
  }
}

/** F8 on the line in hand; with somebody who agrees, where it is more than the cashier may give. */
export async function discount(page: Page, text: string, agrees?: Person): Promise<void> {
  await press(page, 'F8');
  await expect(page.getByLabel('Percentage or amount')).toBeFocused();
  await typeByHand(page, text);
  await press(page, 'Enter');
  if (agrees) {
    await expect(page.getByRole('dialog')).toContainText('More than you may give');
    await typePin(page, agrees);
  }
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Pays at Payment in one of five ways; the next customer pays in another. */
export async function payIn(page: Page, customer: number): Promise<void> {
  const dueMinor = Number((await total(page).innerText()).replaceAll(/\D/g, ''));
  const half = (Math.floor(dueMinor / 2) / 100).toFixed(2);
  const note = String(Math.ceil(dueMinor / 1000) * 10);
  const ways = [
    () => press(page, 'Enter'),
    () => press(page, 'Alt+2', 'Enter'),
    () => typeByHand(page, note).then(() => press(page, 'Enter')),
    async () => {
      await press(page, 'Alt+2');
      await typeByHand(page, half);
      await press(page, 'Enter');
      await expect(page.getByText('Taken so far')).toBeVisible();
      await press(page, 'Alt+1', 'Enter');
    },
    () => press(page, 'Alt+3', 'Enter'),
  ];
  await ways[customer % ways.length]?.();
}
