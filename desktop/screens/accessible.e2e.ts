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
    test.setTimeout(120_000);
    // Without motion there is no half-faded dialog to measure.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openPage(page, till, { locale });
    await page.getByRole('radiogroup').waitFor();
    await check(page, 'sign-in');
    await signInAs(page, 'cashier');
    await check(page, 'empty sale');
    await scanInto(page, ean('dolorane'));
    await page.getByRole('listitem').first().waitFor();
    await typeByHand(page, 'dolo');
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

/** Looks the page over as it stands, then its contrast again in the other theme: nothing else depends on that. */
async function check(page: Page, screen: string): Promise<void> {
  const light = await new AxeBuilder({ page }).analyze();
  await setTheme(page, 'dark');
  const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  await setTheme(page, 'light');
  const found = [...light.violations, ...dark.violations].map(
    ({ id, nodes }) => `${screen}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`,
  );
  expect.soft(found).toEqual([]);
}

const setTheme = (page: Page, theme: string) =>
  page.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen;
  }, theme);
