import { expect, type Page, test } from '@playwright/test';
import { badgeOf } from '#shared/auth/badge.ts';
import { look } from '../../../build/e2e/look.ts';
import {
  openPage,
  openTillScreens,
  scanInto,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { ean, openingMs, people } from '../../../build/proof/shop.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
});
test.afterAll(() => till.end());

test('people change at the till by badge and by two keys, and the sale stays', async ({ page }) => {
  await openPage(page, till);
  await page.getByRole('radiogroup').waitFor();
  await scanInto(page, badgeOf(people.cashier.personId));
  await enterPin(page, 'cashier');
  await scanInto(page, ean('syrup'));
  await expect(lines(page)).toHaveCount(1);

  // Their own badge changes nothing, a colleague's asks for the colleague's PIN.
  await scanInto(page, badgeOf(people.cashier.personId));
  await expect(lines(page)).toHaveCount(1);
  await scanInto(page, badgeOf(people.manager.personId));
  await expect(page.getByText('A sale is waiting here')).toBeVisible();
  await enterPin(page, 'manager');
  await expect(lines(page)).toHaveCount(1);

  // Lock and number: two keys, then the PIN.
  await page.keyboard.press('Control+l');
  await page.getByLabel('PIN of manager').waitFor();
  await page.keyboard.press('Alt+2');
  await enterPin(page, 'cashier');
  await expect(lines(page)).toHaveCount(1);

  // Its timers cost so much that a badge would no longer come as one burst: only from here on.
  await page.clock.install();
  await page.keyboard.press('F2');

  // Nobody touches it: it locks, and in the end waits for nobody.
  await page.clock.fastForward('10:01');
  await page.getByLabel('PIN of cashier').waitFor();
  await page.clock.fastForward('30:01');
  await expect(page.getByText('Whoever signs in goes on with it.')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
});

test('rights more than a day old are said with their date', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const heardAt = openingMs - 3 * 86_400_000;
  till.till.enrolled().counter.db.prepare(`UPDATE cursor SET at = ?`).run(heardAt);
  await openPage(page, till);
  await expect(page.getByText('People and rights are as of 21 Nov 2026, 10:00.')).toBeVisible();
  await page.keyboard.press('1');
  await page.getByRole('textbox').waitFor();
  await look(page, 'sign-in-as-of');
});

const lines = (page: Page) => page.getByRole('list', { name: 'Lines' }).getByRole('listitem');

async function enterPin(page: Page, name: keyof typeof people): Promise<void> {
  await page.getByLabel(`PIN of ${name}`).waitFor();
  await typeByHand(page, people[name].pin);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox').waitFor();
}
