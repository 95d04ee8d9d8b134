import { expect, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { payCash, scanPack } from '../../../build/proof/open-shop.ts';
import { dataMatrix, ean, people } from '../../../build/proof/shop.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
});
test.afterAll(() => till.end());

/** A sale of two syrups and two boxes of Dolorane, made before the page opens. */
async function sell(): Promise<string> {
  await till.client.auth.signIn({ ...people.cashier });
  await scanPack(till, 'syrup', 2);
  const { cart } = await scanPack(till, 'dolorane', 2);
  const { receiptNo } = await payCash(till, cart);
  await till.client.auth.signOut();
  return receiptNo;
}

test('by keys alone: scan the receipt, choose, refund; void with a PIN in place; a return without a receipt', async ({
  page,
}) => {
  const receiptNo = await sell();
  const whole = await sell();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');

  await page.keyboard.press('F11');
  await expect(page.getByRole('heading', { name: 'Scan the receipt' })).toBeVisible();
  await scanInto(page, receiptNo);
  await expect(page.getByText('found on this till')).toBeVisible();
  await page.keyboard.press('+');
  await expect(page.getByTestId('total')).toContainText('4.99');
  await scanInto(page, ean('dolorane'));
  await expect(page.getByTestId('total')).toContainText('7.17');
  await page.keyboard.press('g');
  await expect(page.getByRole('option', { name: 'Dolorane' })).toContainText('destruction');
  await look(page, 'return-chosen');
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Goods taken back' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('7.17');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox')).toBeFocused();

  await page.keyboard.press('F11');
  await typeByHand(page, whole.slice(-1));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: whole })).toBeVisible();
  await page.keyboard.press('Control+Delete');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press(String(Object.keys(people).toSorted().indexOf('manager') + 1));
  await dialog.locator('input').waitFor();
  await typeByHand(page, people.manager.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sale voided' })).toBeVisible();
  await page.keyboard.press('Enter');

  await page.keyboard.press('F11');
  await page.keyboard.press('F9');
  await scanInto(page, dataMatrix('dolorane', 'D2', '2027-06-30'));
  await expect(page.getByTestId('total')).toContainText('2.18');
  await page.keyboard.press('F9');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Scan the receipt' })).toBeVisible();

  await scanInto(page, receiptNo);
  await expect(page.getByText('Returned before')).toBeVisible();
  await scanInto(page, ean('dolorane'));
  await expect(page.getByTestId('total')).toContainText('2.18');
  await page.keyboard.press('F2');
  await scanInto(page, ean('syrup'));
  await expect(page.getByText('Exchange −2.18')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('total')).toContainText('2.81');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();

  await till.client.auth.signIn({ ...people.cashier });
  const [day] = await till.client.sales.dayTotals({});
  expect(day).toMatchObject({
    sales: 3,
    returns: 3,
    returnsMinor: 717 + 1434 + 218,
    totalMinor: 1434 - 717 - 218 + 499,
  });
});

test('loose units of a broken pack are typed; more than is left is not taken', async ({ page }) => {
  const receiptNo = await sell();
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await page.keyboard.press('F11');
  await scanInto(page, receiptNo);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('/');
  const field = page.getByRole('textbox', { name: 'Quantity of Dolorane' });
  await expect(field).toBeFocused();
  await field.fill('3');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('5u');
  await page.keyboard.press('Enter');
  // 4.36 for 32 tablets: five of them are 0.68.
  await expect(page.getByTestId('total')).toContainText('0.68');
  await expect(page.getByRole('listbox')).toBeFocused();
  await look(page, 'return-loose');
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Goods taken back' })).toBeVisible();
});
