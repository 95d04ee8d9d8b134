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
import { hqOf } from '../../../build/proof/hq-time.ts';
import { ean, openingMs, people } from '../../../build/proof/shop.ts';

const YEAR = 365 * 86_400_000;

let till: TillScreens;
test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  till = await openTillScreens();
});
test.afterEach(() => till.end());

test('a clock that is 74 s ahead of HQ’s is said so, and the till shows HQ’s time', async ({ page }) => {
  hqOf(till).tells(openingMs - 74_000);
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await expect(notice(page)).toHaveText(/This till’s clock is 1\smin 14\ss ahead/);
  await expect(page.locator('header time')).toHaveText('09:58');
  await look(page, 'clock-ahead');
});

test('a clock that is half a minute off is nobody’s matter', async ({ page }) => {
  hqOf(till).tells(openingMs + 30_000);
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await expect(page.locator('header time')).toHaveText('10:00');
  await expect(page.getByText('clock')).toHaveCount(0);
});

test('a clock that jumped a year asks a manager, and nobody waits for the answer', async ({ page }) => {
  till.clock.set(openingMs + YEAR);
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await expect(notice(page)).toContainText('24 Nov 2027');
  await scanInto(page, ean('syrup'));
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
  await page.keyboard.press('Alt+t');
  const dialog = page.getByRole('dialog', { name: 'Which date is right?' });
  await expect(dialog.getByRole('radio')).toHaveCount(2);
  await look(page, 'which-date');
  await page.keyboard.press('2');
  await answerAs(page, 'cashier');
  await expect(dialog).toContainText('This person may not change settings');
  await page.keyboard.press('Escape');
  await answerAs(page, 'manager');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Confirm the date')).toHaveCount(0);
  expect(await till.sales()).toMatchObject([{ businessDate: '2026-11-24' }]);
});

test('Esc goes back step by step, and a date before HQ’s cannot be chosen', async ({ page }) => {
  hqOf(till).tells(openingMs);
  till.clock.set(openingMs - YEAR);
  await openPage(page, till);
  await page.getByRole('radiogroup').waitFor();
  await page.getByRole('button', { name: /Confirm the date/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Which date is right?' });
  await expect(dialog.getByRole('radio', { name: /24 Nov 2025/ })).toBeDisabled();
  await page.keyboard.press('1');
  await expect(dialog.getByRole('radio')).toHaveCount(2);
  await page.keyboard.press('2');
  await expect(dialog.getByRole('radiogroup', { name: 'People' })).toBeVisible();
  await page.keyboard.press('1');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  for (const left of ['textbox', 'radiogroup', 'dialog'] as const) {
    await page.keyboard.press('Escape');
    if (left === 'textbox') await expect(dialog.getByRole('textbox')).toHaveCount(0);
    if (left === 'radiogroup') await expect(dialog.getByRole('radiogroup')).toHaveCount(1);
  }
  await expect(dialog).toBeHidden();
});

const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'clock' });

/** Chooses a person by number and types the PIN, where a dialog asks for them. */
async function answerAs(page: Page, name: keyof typeof people): Promise<void> {
  await page.getByRole('dialog').getByRole('radiogroup', { name: 'People' }).waitFor();
  await page.keyboard.press(String(Object.keys(people).toSorted().indexOf(name) + 1));
  await page.getByLabel(/^PIN of/).waitFor();
  await typeByHand(page, people[name].pin);
  await page.keyboard.press('Enter');
}
