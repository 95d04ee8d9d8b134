import { expect, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import { openPage, openTillScreens, type TillScreens, typeByHand } from '../../../build/e2e/till-screens.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
  till.till.enrolled().counter.db.exec(`INSERT INTO preference (key, value) VALUES ('revoked', 'true')`);
  await till.restart();
});
test.afterAll(() => till.end());

test('a revoked till takes a new code, and says what is wrong with it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await page.getByRole('heading', { name: 'This till has been taken out of service' }).waitFor();
  const code = page.getByRole('textbox', { name: 'Code, valid for 10 minutes' });
  await expect(code).toBeFocused();
  await typeByHand(page, 'abcd');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Type all eight characters of the code.');
  await typeByHand(page, '-2345');
  await expect(code).toHaveValue('ABCD-2345');
  // The shop of the test has no HQ.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('HQ does not answer');
  await look(page, 'revoked');
});
