import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import {
  openPage,
  openTillScreens,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { listBackups } from '../../till/store/backup-files.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
});
test.afterAll(() => till.end());
test.beforeEach(() => till.reset());

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await typeByHand(page, 'settings');
  await page.keyboard.press('Enter');
  await page.locator('datalist').waitFor({ state: 'attached' });
}

test('by keys alone: backups, another key for payment, and the way back', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-e2e-'));
  await openPage(page, till);
  await signInAs(page, 'manager');
  await openSettings(page);
  await page.getByLabel('Folder on a memory stick').focus();
  await typeByHand(page, join(folder, 'gone'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The folder is not there');
  await page.getByLabel('Folder on a memory stick').fill(folder);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Back up now' })).toBeEnabled();
  await page.getByRole('button', { name: 'Back up now' }).press('Enter');
  await expect(page.getByText(/\d+ sales, .* MB/)).toBeVisible();
  expect(listBackups(folder)).toHaveLength(1);

  await page.getByRole('radio', { name: 'Keys' }).press('Space');
  const pay = page.getByRole('button', { name: /^Pay/ }).first();
  await pay.press('Enter');
  await page.keyboard.press('F3');
  await expect(page.getByText('That key is already Customer')).toBeVisible();
  await pay.press('Enter');
  await page.keyboard.press('Control+u');
  await expect(page.getByText('Pay has its new key')).toBeVisible();
  await page.reload();
  await page.getByRole('combobox').waitFor();
  await openSettings(page);
  await page.getByRole('radio', { name: 'Keys' }).press('Space');
  await expect(pay).toContainText('CtrlU');
  await page.getByRole('button', { name: 'All usual keys' }).press('Enter');
  await expect(pay).toContainText('F9');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toBeFocused();
  rmSync(folder, { recursive: true });
});

test('a cashier sees the settings and may change what is only this screen’s', async ({ page }) => {
  const fetched = { version: '1.3.0', schema: null, tried: false };
  Object.assign(till.till, { versions: () => ({ installed: '1.2.0', fetched }) });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await openSettings(page);
  await expect(page.getByLabel('Lock after so many minutes')).toBeDisabled();
  await expect(page.getByLabel('Keep the last')).toBeDisabled();
  await page.getByRole('radio', { name: 'Off' }).press('Space');
  await expect(page.getByRole('radio', { name: 'Off' })).toBeChecked();
  await expect(page.getByText(/1\.3\.0.* is ready\. It is installed in a few minutes/)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save diagnostics' }).press('Enter');
  expect((await download).suggestedFilename()).toMatch(/^pestle-diagnostics-\w+\.zip$/);
});

test('a counter that nobody touches locks by itself', async ({ page }) => {
  await openPage(page, till);
  await page.clock.install();
  await signInAs(page, 'cashier');
  await page.clock.fastForward('09:59');
  await expect(page.getByRole('combobox')).toBeVisible();
  await page.keyboard.press('F2');
  await page.clock.fastForward('09:59');
  await expect(page.getByRole('combobox')).toBeVisible();
  await page.clock.fastForward('00:02');
  await expect(page.getByRole('radiogroup')).toBeVisible();
});
