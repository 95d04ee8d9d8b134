import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startLoopback } from '../../desktop/hosts/loopback.ts';
import { memoryVault, reopenTestTill } from '../../desktop/hosts/test.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { handClock, hearFromHq, payCash, scanPack } from '../proof/open-shop.ts';
import { dataMatrix, ean, type PersonName, people } from '../proof/shop.ts';
import { openPriceArticle } from '../proof/shop-alike.ts';
import { root } from '../tools.ts';
import { openPage, scanInto, signInAs, type TillScreens, typeByHand } from './till-screens.ts';

/** What is done with each screen and dialog of the till, by its name in screen-list.ts. */
export type Take = (name: string) => Promise<void>;

export type Look = { readonly locale: 'en' | 'fr' | 'ar'; readonly theme: 'light' | 'dark' };

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
  for (const [key, name] of [
    ['F1', 'keys'],
    ['Control+k', 'palette'],
    ['F8', 'discount'],
    ['F4', 'hold'],
    ['Control+Delete', 'clear'],
    ['Control+d', 'drawer'],
  ] as const) {
    await press(page, key);
    await page.getByRole('dialog').waitFor();
    await take(name);
    await leave(page);
  }
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
  for (const [key, name] of [
    ['Control+b', 'account'],
    ['Control+m', 'merge'],
    ['Delete', 'erase'],
  ] as const) {
    await press(page, key);
    await dialog(page).waitFor();
    await take(name);
    await leave(page);
  }
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
  for (const [key, name] of [
    ['Control+i', 'invoice'],
    ['Control+s', 'receipt-file'],
  ] as const) {
    await press(page, key);
    await dialog(page).waitFor();
    await take(name);
    await leave(page);
  }
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

/** A shift as it stands, closed with a difference, and the reports of before. */
export async function shifts(page: Page, take: Take): Promise<void> {
  const main = page.locator('.shift-panes');
  await press(page, 'F12');
  await main.waitFor();
  await take('shift');
  await press(page, 'Control+2');
  await page.getByRole('dialog').waitFor();
  await take('pay-out');
  await typeByHand(page, '10');
  await press(page, 'Tab');
  await typeByHand(page, 'Window cleaner');
  await press(page, 'Enter');
  await page.getByRole('dialog').getByRole('radio').first().waitFor();
  await take('authority');
  await press(page, 'Escape');
  await leave(page);
  await press(page, 'Enter');
  await page.locator('.cash-grid').waitFor();
  for (const pieces of ['0', '0', '0', '0', '1', '2']) {
    await typeByHand(page, pieces);
    await press(page, 'ArrowDown');
  }
  await take('count');
  await press(page, 'Enter');
  await page.locator('.cash-grid').waitFor({ state: 'detached' });
  await typeByHand(page, 'Paid the baker');
  await take('compare');
  await press(page, 'Enter');
  await page.getByText('S01-T01AZ-000001').first().waitFor();
  await take('z-report');
  await press(page, 'Enter');
  await field(page).waitFor();
  await press(page, 'F12');
  await main.waitFor();
  await take('float');
  await press(page, 'Control+6');
  await page.getByRole('option').first().waitFor();
  await take('z-reports');
  await press(page, 'Escape', 'Escape');
  await field(page).waitFor();
}

/** What HQ did not take, and what is said about it. */
export async function refused(page: Page, till: TillScreens, take: Take): Promise<void> {
  const { db } = till.till.enrolled().counter;
  db.exec(
    `UPDATE journal SET state = 'refused', reason = 'MISSING_RIGHT', detail = 'sales.sell' WHERE dseq = 1`,
  );
  till.till.live.changed('sync');
  await press(page, 'Control+j');
  await page.getByRole('article').waitFor();
  await take('sync-status');
  for (const [key, name] of [
    ['d', 'refused-details'],
    ['1', 'refused-ask'],
  ] as const) {
    await press(page, key);
    await dialog(page).waitFor();
    await take(name);
    await leave(page);
  }
  await press(page, 'Escape');
  await field(page).waitFor();
}

/** What is opened from the palette, by the word the language has for it. */
export async function other(page: Page, { look, take }: Taking): Promise<void> {
  const words = wordsOf(look.locale);
  let present: PersonName = 'cashier';
  for (const [who, command, name] of [
    ['manager', 'Devices', 'devices'],
    ['manager', 'Set up scanner', 'scanner'],
    ['manager', 'Print shelf labels', 'labels'],
    ['manager', 'Label template', 'label-template'],
    ['manager', 'Print a badge', 'badges'],
    ['manager', 'Receipt design', 'receipt-design'],
    ['manager', 'Settings', 'settings'],
    ['manager', 'Store settings', 'store-settings'],
    ['manager', 'Sold twice', 'sold-twice'],
    ['manager', 'Reports', 'reports'],
    ['auditor', 'Audit', 'audit'],
  ] as const) {
    if (who !== present) await changeOver(page, who);
    present = who;
    await choose(page, words(command));
    await dialog(page).waitFor({ state: 'hidden' });
    await take(name);
    if (name === 'settings') await settingsKeys(page, take);
    await press(page, 'Escape', 'Escape');
    await field(page).waitFor();
  }
}

/** The question before training begins, and a sale in it: with a manager's PIN, for a cashier has no right to it. */
export async function training(page: Page, { look, take }: Taking): Promise<void> {
  const words = wordsOf(look.locale);
  await choose(page, words('Begin training'));
  await page.locator('[role=dialog] p').first().waitFor();
  await take('training');
  await press(page, 'Enter');
  await page.locator('[role=dialog] [role=radio]').first().waitFor();
  await press(page, String(Object.keys(people).toSorted().indexOf('manager') + 1));
  await page.locator('[role=dialog] input').waitFor();
  await typeByHand(page, people.manager.pin);
  await press(page, 'Enter');
  await page.locator('.training-bar').waitFor();
  for (const name of ['dolorane', 'syrup'] as const) await add(page, ean(name));
  await take('training-sell');
  await choose(page, words('End training'));
  await page.locator('.training-bar').waitFor({ state: 'hidden' });
  await field(page).waitFor();
}

async function settingsKeys(page: Page, take: Take): Promise<void> {
  await page.getByRole('radio').nth(1).press('Space');
  await page.getByRole('button', { name: 'F9' }).first().waitFor();
  await take('settings-keys');
}

/** The customer's own window, with the sale in it. */
export async function customerWindow(page: Page, till: TillScreens, { look, take }: Taking): Promise<void> {
  await till.client.auth.signIn({ ...people.cashier });
  await scanPack(till, 'syrup', 2);
  await openPage(page, { address: till.address.replace('/#', '/?view=customer#') }, look);
  await page.getByText('Toussifan').waitFor();
  await take('customer-window');
}

export type Taking = { readonly look: Look; readonly take: Take };

async function choose(page: Page, command: string): Promise<void> {
  await press(page, 'Control+k');
  await dialog(page).waitFor();
  await dialog(page).getByRole('combobox').fill(command);
  await press(page, 'Enter');
}

/** Leaves a dialog: the focus goes back to where it came from, so that the next key is not lost. */
async function leave(page: Page): Promise<void> {
  await press(page, 'Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  await page.waitForFunction(() => document.activeElement !== document.body);
}

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));

/** One locks, another signs in. */
async function changeOver(page: Page, who: PersonName): Promise<void> {
  await press(page, 'Control+l');
  await page.locator('input').waitFor();
  await press(page, 'Escape');
  await page.locator('input').waitFor({ state: 'hidden' });
  await signInAs(page, who);
}

/** The messages of a language, out of its catalogue. */
function wordsOf(locale: string): (english: string) => string {
  const text = readFileSync(join(root, `desktop/screens/locales/${locale}.po`), 'utf8');
  const said = new Map([...text.matchAll(/^msgid "(.*)"\nmsgstr "(.*)"$/gm)].map(([, id, str]) => [id, str]));
  return (english) => said.get(english) ?? english;
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const field = (page: Page) => page.locator('main').getByRole('combobox').first();

async function add(page: Page, code: string): Promise<void> {
  const before = await page.evaluate('document.body.innerText');
  await scanInto(page, code);
  await page.waitForFunction((text) => document.body.innerText !== text, before);
}
