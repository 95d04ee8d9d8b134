import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import {
  openPage,
  openTillScreens,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { ean, people } from '../../../build/proof/shop.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
  const { client } = till;
  await client.auth.signIn({ ...people.cashier });
  for (const packs of [1, 2]) {
    await client.sales.scan({ commandId: randomUUID(), code: ean('syrup'), packs });
    const { cart } = await client.sales.scan({ commandId: randomUUID(), code: ean('dolorane'), packs });
    const tenders = [{ kind: 'cash' as const, amountMinor: 2000 }];
    const { saleId } = await client.sales.pay({
      commandId: randomUUID(),
      totalMinor: cart.totalMinor,
      tenders,
    });
    await client.sales.reprint({ commandId: randomUUID(), saleId });
  }
  await client.auth.signOut();
});
test.afterEach(() => till.client.auth.signOut());
test.afterAll(() => till.end());

async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await typeByHand(page, words);
  await page.keyboard.press('Enter');
}

const savedBy = async (page: Page, keys: string): Promise<string> => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press(keys)]);
  return readFile(await file.path(), 'utf8');
};

test('by keys alone: a manager’s PIN lends the reports, figures, file and paper', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await choose(page, 'reports');
  await expect(page.getByRole('dialog')).toContainText('You have no right to read reports');
  await page.keyboard.press(String(Object.keys(people).toSorted().indexOf('manager') + 1));
  await page.locator('input').waitFor();
  await typeByHand(page, people.manager.pin);
  await page.keyboard.press('Enter');
  const table = (name: string) => page.getByRole('region', { name });
  await expect(table('Sales by day').getByRole('row').last()).toContainText('21.51');
  await look(page, 'reports-days');
  await page.keyboard.press('ArrowDown');
  await expect(table('Sales by hour')).toContainText('10:00');
  await page.keyboard.press('Control+6');
  await expect(table('Top articles').getByRole('row').nth(1)).toContainText('Toussifan 200 ml');
  expect(await savedBy(page, 'Control+s')).toContain('Toussifan 200 ml,3,1,12.48,2.49,14.97');
  await page.keyboard.press('F5');
  await expect(page.getByText('On its way to the receipt printer.')).toBeVisible();
  await page.keyboard.press('Control+7');
  await expect(table('Near expiry')).toContainText('O1');
  await look(page, 'reports-expiry');
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Tab');
  // A key within a burst's gap would be a scanner's, and a date field cannot be given it back.
  await page.keyboard.type('12012026', { delay: 150 });
  await expect(page.getByText('These days are no period')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toBeFocused();
  await choose(page, 'audit');
  await expect(page.getByRole('alert')).toContainText('to read the audit');
});

test('an auditor reads, filters, saves and verifies the audit', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'auditor');
  await choose(page, 'audit');
  const rows = page.getByRole('region', { name: 'Audit' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Receipt printed again' })).toHaveCount(2);
  await page.keyboard.press('Control+y');
  await expect(page.getByRole('status').filter({ hasText: 'Intact' })).toBeVisible();
  await look(page, 'audit-verified');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Person' })).toBeFocused();
  await page.getByRole('combobox', { name: 'Action' }).selectOption({ label: 'Receipt printed again' });
  await expect(rows).toHaveCount(3);
  expect(await savedBy(page, 'Control+s')).toMatch(/sales\.reprint,S01-T01A-00000[12]/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Scan or search' })).toBeFocused();
});
