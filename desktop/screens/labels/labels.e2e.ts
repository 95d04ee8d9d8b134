import { expect, type Page, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { people } from '../../../build/proof/shop.ts';
import { createCounterDevices } from '../../hosts/counter-devices.ts';
import { createReceiptDesk } from '../../hosts/receipt-desk.ts';

let till: TillScreens;
test.beforeAll(async () => {
  const given = { file: 'no-such-file.json', fonts: 'node_modules/@expo-google-fonts' };
  till = await openTillScreens(
    {},
    { devices: createCounterDevices(given), printer: createReceiptDesk(given) },
  );
});
test.afterEach(() => till.client.auth.signOut());
test.afterAll(() => till.end());

async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await typeByHand(page, words);
  await page.keyboard.press('Enter');
}

test('shelf labels by keys alone: found, counted, looked at, printed', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await choose(page, 'shelf lab');
  await page.getByRole('combobox', { name: 'Find packs for labels' }).waitFor();
  for (const words of ['dolorane', 'oculane']) {
    await typeByHand(page, words);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('option', { name: new RegExp(words, 'i') })).toContainText('1 ×');
  }
  await page.keyboard.press('+');
  await expect(page.getByText('3 labels')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Shelf label' })).toBeVisible();
  await look(page, 'labels-chosen');
  await page.keyboard.press('F9');
  await expect(page.getByText('3 labels printed').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Scan or search' })).toBeFocused();
});

test('the customer’s window follows the sale and answers to no key', async ({ page, context }) => {
  await openPage(page, till);
  await signInAs(page, 'cashier');
  const customer = await context.newPage();
  await customer.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(customer, { address: till.address.replace('/#', '/?view=customer#') });
  await expect(customer.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await page.bringToFront();
  await scanInto(page, '2030000000005');
  await scanInto(page, '2030000000012');
  await expect(customer.getByText('Dolorane 500 mg')).toBeVisible();
  await expect(customer.getByRole('status')).toContainText('7.17');
  await customer.keyboard.press('Control+k');
  await expect(customer.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Alt+l');
  await expect(customer.locator('html')).toHaveAttribute('lang', 'fr');
  await page.keyboard.press('Alt+l');
  await page.keyboard.press('Alt+l');
  const { client } = till;
  const tenders = [{ kind: 'cash' as const, amountMinor: 1000 }];
  await client.sales.pay({ commandId: crypto.randomUUID(), totalMinor: 717, tenders });
  await expect(customer.getByRole('status')).toContainText('2.83');
  await customer.reload();
  await expect(customer.getByText('Thank you')).toBeVisible();
});

test('a manager designs the receipt and sees it at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'manager');
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Receipt design' }).click();
  const sample = page.locator('main pre');
  await expect(sample).toContainText('Paracetamol 500 mg');
  await page.getByRole('textbox').first().fill('Open every day');
  await expect(sample).toContainText('Open every day');
  await page.getByRole('checkbox').last().uncheck();
  await expect(sample).not.toContainText('B12');
  await page.keyboard.press('F9');
  await expect(page.getByRole('status').filter({ hasText: /\S/ }).last()).toBeAttached();
});

test('a badge is printed with a manager’s PIN, and gets its owner to the PIN field', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await choose(page, 'print a badge');
  await page.getByRole('listbox', { name: 'Whose badge' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('img', { name: 'Badge of cashier' })).toBeVisible();
  await look(page, 'badges');
  await page.keyboard.press('F9');
  await page.getByRole('dialog').getByRole('radiogroup').waitFor();
  await page.keyboard.press(String(Object.keys(people).toSorted().indexOf('manager') + 1));
  await page.locator('input').waitFor();
  await typeByHand(page, people.manager.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Badge printed on screen').first()).toBeVisible();
  const code = (await page.locator('main pre').textContent()) ?? '';
  await till.client.auth.signOut();
  await page.getByRole('radiogroup').waitFor();
  await scanInto(page, code.split('\n').at(0) ?? '');
  await expect(page.locator('input')).toBeFocused();
});
