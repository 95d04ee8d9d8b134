import { expect, type Page, test } from '@playwright/test';
import {
  openPage,
  openTillScreens,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
});
test.afterAll(() => till.end());
test.beforeEach(() => till.reset());

const row = (page: Page, name: string) => page.getByRole('option', { name });

async function openCustomers(page: Page, who: 'cashier' | 'manager' = 'manager'): Promise<void> {
  await signInAs(page, who);
  await page.keyboard.press('F3');
  await expect(page.getByRole('combobox', { name: 'Name or phone number' })).toBeFocused();
}

/** Types a new customer's name, phone and note, and saves. */
async function add(page: Page, name: string, phone: string): Promise<void> {
  await page.keyboard.press('F3');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await typeByHand(page, name);
  await page.keyboard.press('Tab');
  await typeByHand(page, phone);
  await page.keyboard.press('Enter');
}

test('by keys alone: a customer is made without HQ, found, changed, and erased for ever', async ({
  page,
}) => {
  await openPage(page, till);
  await openCustomers(page);
  await expect(page.getByText('No customers yet')).toBeVisible();
  await add(page, 'Zenobie Quatrefages', '0698412753');
  await expect(page.getByRole('heading', { name: 'Zenobie Quatrefages' })).toBeVisible();
  await expect(row(page, 'Zenobie Quatrefages ••••••••53')).toBeVisible();
  // Only whoever was opened is shown in full.
  await page.keyboard.press('Escape');
  await expect(page.getByText('0698412753')).toBeHidden();

  await typeByHand(page, '2753');
  await expect(row(page, 'Zenobie Quatrefages')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('0698412753')).toBeVisible();
  await page.keyboard.press('Control+e');
  await page.getByRole('textbox', { name: 'Note' }).fill('Rings twice');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Rings twice')).toBeVisible();
  // The sale is theirs from now on, until it is paid or cleared.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Sale' })).toContainText('Zenobie Quatrefages');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('region', { name: 'Sale' })).not.toContainText('Zenobie');
  await page.keyboard.press('F3');
  await typeByHand(page, '2753');
  await page.keyboard.press('Enter');
  await expect(page.getByText('0698412753')).toBeVisible();

  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toContainText('Erase this customer’s data?');
  await expect(page.getByRole('button', { name: 'Keep the customer' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByText('Nobody matches “2753”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('No customers yet')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Scan or search' })).toBeFocused();
});

test('who looks the same is shown before a second one is made; a cashier may not erase', async ({ page }) => {
  await openPage(page, till);
  await openCustomers(page, 'cashier');
  await add(page, 'Odile Faucher', '0677889900');
  await expect(page.getByRole('heading', { name: 'Odile Faucher' })).toBeVisible();
  await add(page, 'O. Faucher', '+33 6 77 88 99 00');
  await expect(page.getByText('Somebody here looks the same')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Odile Faucher' })).toBeVisible();
  // The account: a cashier takes money in; its limit is a manager's, in place.
  await expect(page.getByText('owes 0.00 of 0.00')).toBeVisible();
  await page.keyboard.press('Control+b');
  await expect(page.getByLabel('Paid in, in cash')).toBeFocused();
  await typeByHand(page, '5');
  await page.keyboard.press('Enter');
  await expect(page.getByText('owes −5.00 of 0.00')).toBeVisible();
  await page.keyboard.press('Control+m');
  await expect(page.getByRole('dialog')).toContainText('Nobody here looks the same.');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Erase for ever' }).click();
  await expect(page.getByRole('alertdialog').getByRole('alert')).toContainText('to erase a customer’s data');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Odile Faucher')).toBeVisible();
});
