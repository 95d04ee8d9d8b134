import { randomUUID } from 'node:crypto';
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
import { ean, people } from '../../../build/proof/shop.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
});
test.afterAll(() => till.end());

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

test('a shift by keys alone: float, sale, pay-out with a manager, X, blind close with a difference, Z', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    window.addEventListener('mousedown', () => document.body.setAttribute('data-mouse', ''));
  });
  await openPage(page, till);
  await signInAs(page, 'cashier');

  await press(page, 'F12');
  await expect(page.getByRole('textbox', { name: 'Pieces of €500' })).toBeFocused();
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await typeByHand(page, '5');
  await press(page, 'Enter');
  await expect(page.getByText('Shift since')).toBeVisible();

  await press(page, 'Escape');
  await page.getByRole('combobox').waitFor();
  await scanInto(page, ean('syrup'));
  await page.getByRole('region', { name: 'Sale' }).or(page.getByText('Toussifan 200 ml')).first().waitFor();
  await press(page, 'F9');
  await heading(page, 'Payment').waitFor();
  await press(page, 'Enter');
  await page.getByText('S01-T01A-000001').first().waitFor();

  await press(page, 'F12', 'Control+2');
  await expect(page.getByRole('dialog', { name: 'Pay out' })).toBeVisible();
  await typeByHand(page, '10');
  await press(page, 'Tab');
  await typeByHand(page, 'Window cleaner');
  await press(page, 'Enter');
  await page.getByText('You have no right to put cash in or take it out.').waitFor();
  await press(page, '3');
  await page.locator('[role=dialog] input').waitFor();
  await typeByHand(page, people.manager.pin);
  await press(page, 'Enter');
  await expect(page.getByRole('row', { name: 'Paid out' })).toContainText('−10.00');
  await expect(page.getByRole('row', { name: 'Cash' })).toHaveCount(0);
  await press(page, 'Control+3');
  await expect(page.getByRole('row', { name: 'Cash' })).toContainText('44.99');

  await press(page, 'Enter');
  await expect(page.getByRole('textbox', { name: 'Pieces of €500' })).toBeFocused();
  await expect(page.getByText('44.99')).toHaveCount(0);
  await press(page, 'Enter');
  await expect(page.getByRole('alert')).toContainText('Nothing is counted');
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await typeByHand(page, '3');
  await press(page, 'Enter');
  await expect(page.getByRole('row', { name: 'Cash' })).toContainText('44.99');
  await press(page, 'Enter');
  await expect(page.getByRole('alert')).toContainText('A reason is needed');
  await typeByHand(page, 'Paid the baker');
  await press(page, 'Enter');
  await heading(page, 'Shift closed').waitFor();
  await expect(page.getByText('S01-T01AZ-000001').first()).toBeVisible();
  await expect(page.getByText('The Z-report is printed.')).toBeVisible();

  await press(page, 'Enter');
  await page.getByRole('combobox').waitFor();
  await press(page, 'F12');
  await expect(page.getByText('Left by the last close')).toBeVisible();
  await press(page, 'Control+6');
  await expect(page.getByRole('option', { name: 'S01-T01AZ-000001' })).toBeVisible();
  await press(page, 'F5');
  await expect(page.getByText('marked COPY')).toBeVisible();
  const { db } = till.till.enrolled().counter;
  expect(db.prepare(`SELECT variance_minor, reason, left_minor FROM shift_close`).all()).toEqual([
    { variance_minor: -1499, reason: 'Paid the baker', left_minor: 3000 },
  ]);

  await press(page, 'Escape', 'Escape');
  await page.getByRole('combobox').waitFor();
  await press(page, 'Control+d');
  await expect(page.getByRole('dialog', { name: 'Open drawer' })).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByRole('combobox')).toBeFocused();
  expect(await page.locator('body[data-mouse]').count()).toBe(0);
});

test('the shift of somebody else is closed although nobody is there to agree', async ({ page }) => {
  const { client } = till;
  await client.auth.signIn({ ...people.manager });
  await client.sales.shift.open({ commandId: randomUUID(), floatMinor: 2000 });
  await client.auth.signOut();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await press(page, 'F12', 'Enter');
  await expect(page.getByRole('textbox', { name: 'Pieces of €500' })).toBeFocused();
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await typeByHand(page, '2');
  await press(page, 'Enter');
  await expect(page.getByRole('row', { name: 'Cash' })).toContainText('20.00');
  await typeByHand(page, 'She went home');
  await press(page, 'Enter');
  await expect(page.getByRole('dialog')).toContainText('Somebody must agree to this close');
  await press(page, 'Escape');
  const dialog = page.getByRole('dialog', { name: 'Close without anybody agreeing' });
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await look(page, 'nobody-agreed');
  await typeByHand(page, 'Nobody answers');
  await press(page, 'Enter');
  await heading(page, 'Shift closed').waitFor();
});
