import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type TestInfo, test } from '@playwright/test';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { type ScaleSimulator, startScaleSimulator } from '../../devices/scale/scale-simulator.ts';
import { createCounterDevices } from '../../hosts/counter-devices.ts';

let till: TillScreens;
let scale: ScaleSimulator;
const folder = mkdtempSync(join(tmpdir(), 'pestle-settings-'));
test.beforeAll(async () => {
  scale = await startScaleSimulator('nci');
  scale.put({ amount: 1255, decimals: 3, unit: 'kg' });
  const devices = createCounterDevices({
    ...{ file: join(folder, 'devices.json'), fonts: 'node_modules/@expo-google-fonts' },
    find: async () => [{ address: 'serial:/dev/ttyUSB0', kind: 'serial' }],
  });
  till = await openTillScreens({}, { devices });
});
test.afterAll(async () => {
  await till.end();
  await scale.close();
  rmSync(folder, { recursive: true });
});

async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(words);
  await page.keyboard.press('Enter');
}

/** In both themes, as a picture and to axe: nothing but contrast depends on the theme. */
async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    await page.screenshot({ path: info.outputPath(`${name}-${theme}.png`) });
    const axe = new AxeBuilder({ page });
    const { violations } = await (theme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze();
    expect
      .soft(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`))
      .toEqual([]);
  }
}

test('a manager sets up a scale, the store and its label by keys alone, and the audit tells of it', async ({
  page,
}, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'manager');
  const main = page.getByRole('main');

  await choose(page, 'devices');
  await page.getByText('This till’s printer is fixed').waitFor();
  await page.keyboard.press('Control+3');
  await expect(page.getByRole('option', { name: 'No scale' })).toContainText('In use');
  await expect(page.getByRole('option', { name: 'ttyUSB0' })).toBeVisible();
  await page.keyboard.press('n');
  await typeByHand(page, `127.0.0.1:${scale.port}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await expect(main.getByRole('status')).toContainText('The scale answers: 1.255 kg');
  await page.keyboard.press('Enter');
  await expect(main.getByRole('status')).toContainText('In use from now on');
  await page.keyboard.press('Control+5');
  await page.keyboard.press('n');
  await typeByHand(page, '127.0.0.1:9');
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await expect(page.getByRole('alert')).toContainText('It does not work: taken, or nobody listens there');
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('button', { name: 'Open the customer’s window' })).toBeVisible();
  await page.keyboard.press('Escape');

  await choose(page, 'store settings');
  await page.getByRole('option', { name: 'Discount without a PIN' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+a');
  await typeByHand(page, '0.50');
  await expect(main).toContainText('A sale of €20.00 gives 40 points. 100 points take €1.00 off.');
  await page.keyboard.press('F9');
  await expect(page.getByRole('option', { name: 'Loyalty points' })).toContainText('on');
  await page.getByRole('option', { name: 'Foreign cash' }).click();
  await page.getByLabel('Currency 1').focus();
  await typeByHand(page, 'usd');
  await page.keyboard.press('Tab');
  await typeByHand(page, '0.92');
  await expect(main).toContainText('$100.00 are worth €92.00.');
  await page.keyboard.press('F9');
  await expect(main).toContainText('Since');
  await page.screenshot({ path: info.outputPath('foreign-cash.png') });
  await page.getByRole('option', { name: 'Quick keys' }).click();
  await page.getByRole('combobox').focus();
  for (const words of ['dolorane', 'oculane']) {
    await typeByHand(page, words);
    await page.getByRole('option', { name: new RegExp(words, 'i') }).waitFor();
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('F9');
  await expect(page.getByRole('option', { name: 'Quick keys' })).toContainText('2');
  await page.screenshot({ path: info.outputPath('quick-keys.png') });
  await page.getByRole('option', { name: 'Labels of the shop’s scale' }).click();
  await page.getByLabel('Prefix 1').focus();
  await typeByHand(page, '22');
  await page.getByLabel('Then comes').first().selectOption({ label: 'a weight in kg' });
  await expect(main).toContainText('2212345012343 is article 12345: 1.234 kg.');
  await page.getByLabel('Prefix 2').focus();
  await typeByHand(page, '220');
  await expect(main).toContainText('Another layout has this prefix.');
  await page.keyboard.press('F9');
  await expect(main).toContainText('Not saved');
  await page.getByLabel('Prefix 2').fill('');
  await scanInto(page, '2200042002507');
  await expect(main.getByRole('status').first()).toContainText('2200042002507 is article 00042: 0.250 kg.');
  await look(page, info, 'scale-labels');
  await page.keyboard.press('F9');
  await expect(page.getByRole('option', { name: 'Labels of the shop’s scale' })).toContainText('22');
  await page.keyboard.press('Escape');

  await choose(page, 'label template');
  const source = page.getByRole('textbox');
  await expect(source).toBeFocused();
  await expect(page.getByRole('img', { name: 'Shelf label' })).toBeVisible();
  await page.keyboard.press('Control+End');
  await typeByHand(page, 'txet 2 2 "x"');
  await expect(main).toContainText('“txet” is no word of a label here.');
  await expect(page.getByRole('button', { name: 'Save the template' })).toBeDisabled();
  await page.screenshot({ path: info.outputPath('template-wrong.png') });
  await page.keyboard.press('Shift+Home');
  await typeByHand(page, 'rule 2 17 width 10');
  await page.keyboard.press('F9');
  await expect(main).toContainText('Saved for all tills of the store.');
  await page.keyboard.press('Escape');

  await till.client.auth.signOut();
  await signInAs(page, 'auditor');
  await choose(page, 'audit');
  const entries = page.getByRole('row', { name: 'Setting changed' });
  await expect(entries).toHaveCount(6);
  await expect(entries.nth(0)).toContainText('Label template · line 7: – → rule 2 17 width 10');
  await expect(entries.nth(1)).toContainText(
    'Labels of the shop’s scale · 22 › Digits of the article: – → 5',
  );
  await expect(entries.nth(2)).toContainText('Quick keys');
  await expect(entries.nth(3)).toContainText('Foreign cash · USD › ratePpm: – → 920000');
  await expect(entries.nth(4)).toContainText(
    'Loyalty points · In use: no → yes · One point for every: 1.00 → 0.50',
  );
  await expect(entries.nth(5)).toContainText('Devices · scale › Address: – → tcp://127.0.0.1');
  await page.screenshot({ path: info.outputPath('audit.png') });
  await till.client.auth.signOut();
});

test('the other devices in Arabic, in both themes', async ({ page }, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till, { locale: 'ar' });
  await signInAs(page, 'cashier');
  await choose(page, 'الأجهزة');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('Control+3');
  await page.getByRole('option').first().waitFor();
  await look(page, info, 'ar-scale');
});
