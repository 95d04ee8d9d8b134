import type { Page } from '@playwright/test';
import { scanPack } from '../proof/open-shop.ts';
import { ean, type PersonName, people } from '../proof/shop.ts';
import { openPage, type TillScreens, typeByHand } from './till-screens.ts';
import {
  add,
  changeOver,
  choose,
  dialog,
  eachDialog,
  field,
  leave,
  press,
  type Take,
  type Taking,
  wordsOf,
} from './walk-hands.ts';

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
  await eachDialog(page, take, [
    ['d', 'refused-details'],
    ['1', 'refused-ask'],
  ]);
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
