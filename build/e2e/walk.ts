import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startLoopback } from '../../desktop/hosts/loopback.ts';
import { memoryVault, reopenTestTill } from '../../desktop/hosts/test.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { handClock, hearFromHq, payCash, scanPack } from '../proof/open-shop.ts';
import { dataMatrix, ean } from '../proof/shop.ts';
import { openPriceArticle } from '../proof/shop-alike.ts';
import { root } from '../tools.ts';
import { openPage, scanInto, signInAs, type TillScreens, typeByHand } from './till-screens.ts';
import {
  add,
  choose,
  dialog,
  eachDialog,
  field,
  type Look,
  leave,
  press,
  type Take,
  type Taking,
  wordsOf,
} from './walk-hands.ts';

/** A till that belongs to no store, in a browser. */
export async function firstRun(page: Page, look: Look, take: Take): Promise<void> {
  const clock = handClock();
  const folder = mkdtempSync(join(tmpdir(), 'pestle-new-till-'));
  const { till, close } = reopenTestTill({ folder, vault: memoryVault(), clock, uptime: clock.uptime });
  const host = await startLoopback({
    ...{ router: createTillRouter(till), token: 'first-run', screens: join(root, 'dist/screens'), port: 0 },
  });
  await openPage(page, { address: `${host.url}/#token=first-run` }, look);
  await page.getByRole('heading').first().waitFor();
  await take('first-run');
  await page.goto('about:blank');
  await host.close();
  await close();
}

/** From the tiles to a sale that is not paid yet, and what may lie over it. Begins at sign-in, ends in the sale. */
export async function selling(page: Page, take: Take): Promise<void> {
  await page.getByRole('radiogroup').waitFor();
  await take('sign-in');
  await press(page, '2');
  await page.locator('input').waitFor();
  await take('pin');
  await press(page, 'Escape');
  await signInAs(page, 'cashier');
  await take('sell-empty');
  for (const name of ['dolorane', 'syrup', 'drops'] as const) await add(page, ean(name));
  await typeByHand(page, 'dolo');
  await page.getByRole('option').first().waitFor();
  await take('sell');
  await press(page, 'Shift+F7');
  await dialog(page).waitFor();
  await take('elsewhere');
  await leave(page);
  await press(page, 'Escape', 'Escape');
  await press(page, '/');
  await page.locator('main li input').waitFor();
  await take('quantity');
  await press(page, 'Escape');
  await eachDialog(page, take, [
    ['F1', 'keys'],
    ['Control+k', 'palette'],
    ['F8', 'discount'],
    ['F4', 'hold'],
    ['Control+Delete', 'clear'],
    ['Control+d', 'drawer'],
  ]);
  await press(page, 'ArrowUp', 'ArrowUp');
  await press(page, 'F6');
  await page.getByRole('radio').first().waitFor();
  await take('batch');
  await press(page, 'Escape');
  await field(page).waitFor();
  await press(page, 'F7');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await take('substitutes');
  await press(page, 'Escape');
  await field(page).waitFor();
  await press(page, 'Control+p');
  await page.locator('main').waitFor();
  await add(page, ean('dolorane'));
  await take('price-check');
  await press(page, 'Escape', 'Escape');
  await field(page).waitFor();
  await scanInto(page, dataMatrix('dolorane', 'DX', '2026-11-23'));
  await page.getByRole('alertdialog').waitFor();
  await take('stop');
  await press(page, 'Escape');
  await scanInto(page, ean('gauze'));
  await page.locator('form').waitFor();
  await take('not-on-the-books');
  await press(page, 'Escape');
  await press(page, 'F4');
  await page.getByRole('dialog').waitFor();
  await typeByHand(page, 'Blue coat');
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await press(page, 'Shift+F4');
  await page.getByRole('option').first().waitFor();
  await take('recall');
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Customers by key, from the sale and back to it. */
export async function customers(page: Page, till: TillScreens, take: Take): Promise<void> {
  const customer = { name: 'Nora Keller', phone: '+33 1 99 00 12 12', email: '', address: '', note: '' };
  await till.client.sales.customers.create({
    commandId: randomUUID(),
    customer: { ...customer, consent: true },
  });
  await press(page, 'F3');
  await page.getByRole('combobox').first().waitFor();
  await take('customers');
  await typeByHand(page, 'nobody');
  await page.getByText(/[“«]nobody/).waitFor();
  await take('customers-none');
  await press(page, 'Escape');
  await press(page, 'F3');
  await page.locator('form').waitFor();
  await typeByHand(page, 'N. Keller');
  await press(page, 'Tab');
  await typeByHand(page, '+33 1 99 00 12 12');
  await press(page, 'Enter');
  await page.getByRole('alert').locator('button').first().waitFor();
  await take('customer-form');
  await press(page, 'Escape');
  await typeByHand(page, 'nora');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'Nora Keller' }).waitFor();
  await take('customer');
  await eachDialog(page, take, [
    ['Control+b', 'account'],
    ['Control+m', 'merge'],
    ['Delete', 'erase'],
  ]);
  await press(page, 'Enter');
  await field(page).waitFor();
}

/** What is asked of a sale by the palette: a price to type, a note, a coupon. */
export async function terms(page: Page, till: TillScreens, { look, take }: Taking): Promise<void> {
  hearFromHq(till, openPriceArticle());
  await typeByHand(page, 'sundry');
  await page.getByRole('option').first().waitFor();
  await press(page, 'Enter');
  await dialog(page).waitFor();
  await take('price');
  await leave(page);
  await press(page, 'Control+z');
  await page.getByText('Sundry', { exact: true }).waitFor({ state: 'hidden' });
  for (const [command, name] of [
    ['Note', 'note'],
    ['Coupon', 'coupon'],
  ] as const) {
    await choose(page, wordsOf(look.locale)(command));
    await page.locator('[role=dialog] form').waitFor();
    await take(name);
    await leave(page);
  }
}

/** Pays the sale in two parts, then one more with a pharmacist and one over an account's limit. */
export async function paying(page: Page, take: Take): Promise<void> {
  await press(page, 'F9');
  await page.getByRole('textbox').first().waitFor();
  await take('pay');
  await press(page, 'Alt+4', 'Enter');
  await dialog(page).waitFor();
  await take('over-limit');
  await leave(page);
  await press(page, 'Alt+2');
  await typeByHand(page, '4');
  await press(page, 'Enter', 'Alt+1');
  await typeByHand(page, '10');
  await take('pay-split');
  await press(page, 'Enter');
  await page.getByRole('img').first().waitFor();
  await take('paid');
  await eachDialog(page, take, [
    ['Control+i', 'invoice'],
    ['Control+s', 'receipt-file'],
  ]);
  await press(page, 'Enter');
  await field(page).waitFor();
  await add(page, ean('ibuprofen'));
  await press(page, 'F9');
  await page.getByRole('textbox').first().waitFor();
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor();
  await take('pharmacist');
  await press(page, 'Escape', 'Escape');
  await field(page).waitFor();
  await press(page, 'Delete');
}

/** Takes back by a receipt. */
export async function givingBack(page: Page, till: TillScreens, take: Take): Promise<void> {
  await scanPack(till, 'syrup', 2);
  const { cart } = await scanPack(till, 'dolorane', 2);
  const { receiptNo } = await payCash(till, cart);
  await press(page, 'F11');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await take('return-find');
  await scanInto(page, receiptNo);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await press(page, '+');
  await page.getByTestId('total').getByText(/4.99/).waitFor();
  await take('return');
  await press(page, 'F9');
  await page.locator('main [role=status] svg').waitFor();
  await take('given-back');
  await press(page, 'Enter');
  await field(page).waitFor();
}
