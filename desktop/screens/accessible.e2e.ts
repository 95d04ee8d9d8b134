import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../build/e2e/till-screens.ts';
import { dataMatrix, ean } from '../../build/proof/shop.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
});
test.afterAll(() => till.end());
test.beforeEach(() => till.reset());

for (const locale of ['en', 'fr', 'ar'] as const)
  test(`every screen is accessible in both themes, in ${locale}`, async ({ page }) => {
    await openPage(page, till, { locale });
    await page.getByRole('radiogroup').waitFor();
    await check(page, 'sign-in');
    await signInAs(page, 'cashier');
    await check(page, 'empty sale');
    await scanInto(page, ean('dolorane'));
    await page.getByRole('listitem').first().waitFor();
    await typeByHand(page, 'ane');
    await page.getByRole('option').first().waitFor();
    await check(page, 'sale and results');
    await page.keyboard.press('Escape');
    for (const [key, name] of [
      ['/', 'quantity'],
      ['F6', 'batches'],
      ['F1', 'keys'],
      ['Control+k', 'palette'],
      ['Control+j', 'sync status'],
      ['Control+Delete', 'clearing'],
      ['F9', 'payment'],
    ] as const) {
      await page.keyboard.press(key);
      await check(page, name);
      await page.keyboard.press('Escape');
    }
    await scanInto(page, dataMatrix('dolorane', 'DX', '2026-11-23'));
    await page.getByRole('alertdialog').waitFor();
    await check(page, 'stop');
    await page.keyboard.press('Escape');
    await scanInto(page, ean('gauze'));
    await page.locator('form').waitFor();
    await check(page, 'batch in hand');
    await page.keyboard.press('Escape');
    await page.keyboard.press('F9');
    await page.keyboard.press('Enter');
    await page.locator('img').waitFor();
    await check(page, 'done');
  });

/** Looks the page over as it stands, light and dark; the theme is an attribute, so nothing is loaded anew. */
async function check(page: Page, screen: string): Promise<void> {
  await page.waitForTimeout(200); // dialogs fade in for 160 ms, and axe measures contrast
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    await page.waitForTimeout(120); // buttons change colour in 80 ms
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${screen}, ${theme}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`,
    );
    expect.soft(found).toEqual([]);
  }
}
