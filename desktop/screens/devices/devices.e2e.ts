import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { cheese, cheeseCode } from '../../../build/proof/cheese.ts';
import { hearFromHq } from '../../../build/proof/open-shop.ts';
import { ean } from '../../../build/proof/shop.ts';
import {
  type FakeBehaviour,
  type FakeTcpPrinter,
  startFakeTcpPrinter,
} from '../../devices/fake-tcp-printer.ts';
import { createLineScale } from '../../devices/scale/line-scale.ts';
import { nci } from '../../devices/scale/nci.ts';
import { type ScaleSimulator, startScaleSimulator } from '../../devices/scale/scale-simulator.ts';
import { openTcpLine } from '../../devices/tcp-line.ts';
import { createReceiptDesk } from '../../hosts/receipt-desk.ts';

/** Two real printers as far as the till can tell: the first one's state is in this test's hands. */
let state: FakeBehaviour = { answers: true };
let first: FakeTcpPrinter;
let second: FakeTcpPrinter;
let simulator: ScaleSimulator;
let till: TillScreens;
const folder = mkdtempSync(join(tmpdir(), 'pestle-devices-'));
test.beforeAll(async () => {
  first = await startFakeTcpPrinter(() => state);
  second = await startFakeTcpPrinter({ answers: true });
  const printer = createReceiptDesk({
    file: join(folder, 'devices.json'),
    given: { printer: `tcp://127.0.0.1:${first.port}` },
    fonts: 'node_modules/@expo-google-fonts',
    find: async () => [{ address: 'usb:/dev/usb/lp0', kind: 'usb' }],
  });
  simulator = await startScaleSimulator('nci');
  const open = () => openTcpLine({ host: '127.0.0.1', port: simulator.port }, 1000);
  const scale = { name: 'scale', ...createLineScale({ open, protocol: nci }) };
  till = await openTillScreens({}, { printer, devices: { scale } });
  hearFromHq(till, cheese());
});
test.afterAll(async () => {
  await till.end();
  await first.close();
  await second.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});
test.beforeEach(async ({ page }) => {
  state = { answers: true };
  await till.reset();
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

const row = (page: Page, name: string) => page.getByRole('option', { name });

async function openDevices(page: Page, who: 'cashier' | 'manager' = 'manager'): Promise<void> {
  await signInAs(page, who);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('device');
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor();
}

test('by keys alone: a printer is typed in, tried and used at once, and the other is its second', async ({
  page,
}) => {
  await openPage(page, till);
  await openDevices(page);
  const main = page.getByRole('main');
  await expect(row(page, '127.0.0.1')).toHaveCount(1);
  await expect(row(page, 'lp0')).toBeVisible();
  await expect(main.getByRole('status').first()).toHaveText('Ready');

  await page.keyboard.press('t');
  await expect(main).toContainText('The test was sent to the printer');
  expect(first.received().toString('latin1')).toContain('TEST');

  state = { answers: true, paperOut: true };
  await page.keyboard.press('r');
  await expect(main.getByRole('status').first()).toContainText('no paper');
  await page.keyboard.press('t');
  await expect(page.getByRole('alert')).toContainText('Not printed: no paper');
  await expect(page.getByRole('alert')).toContainText('Put a new roll in');
  await look(page, 'devices-no-paper');

  await page.keyboard.press('n');
  await typeByHand(page, `127.0.0.1:${second.port}`);
  await page.keyboard.press('Enter');
  await expect(main.getByRole('status').first()).toHaveText('Ready');
  await page.keyboard.press('s');
  await expect(main).toContainText('The second printer is this one now');
  await page.keyboard.press('Escape');

  // No restart: this receipt looks for the first printer, finds no paper, and comes out of the second.
  await scanInto(page, ean('syrup'));
  await page.getByRole('listitem').first().waitFor();
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('has a problem: no paper')).toBeVisible();
  await expect.poll(() => second.received().toString('latin1')).toContain('TOTAL');
  // The drawer hangs on the first one and opened all the same, by a pulse that needs no paper.
  expect(first.received().toString('latin1').split('\x10\x14\x01').length).toBe(2);
});

test('a receipt that did not come out waits here, and is printed when there is paper', async ({ page }) => {
  await openPage(page, till);
  state = { answers: true, coverOpen: true };
  await openDevices(page);
  const main = page.getByRole('main');
  await expect(main.getByRole('status').first()).toContainText('cover open');
  // Without the second printer nothing can take its place.
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'Second printer')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('s');
  await expect(main).toContainText('There is no second printer now');
  await page.keyboard.press('Escape');
  await scanInto(page, ean('syrup'));
  await page.getByRole('listitem').first().waitFor();
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('cover open')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('device');
  await page.keyboard.press('Enter');
  await expect(main).toContainText('1 receipt needs you');
  state = { answers: true };
  const before = first.received().length;
  await page.keyboard.press('p');
  await expect(main).not.toContainText('needs you');
  const printed = first.received().subarray(before).toString('latin1');
  expect(printed).toContain('TOTAL');
  expect(printed).not.toContain('COPY');
  expect(printed).not.toContain('\x1bp');
});

test('who may not choose or open the drawer is told which right is missing', async ({ page }) => {
  await openPage(page, till);
  await openDevices(page, 'cashier');
  await page.keyboard.press('d');
  await expect(page.getByRole('alert')).toContainText('You have no right to do this');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('You have no right to do this');
  expect(first.received().toString('latin1').endsWith('\x1bp')).toBe(false);
});

test('what is sold by weight waits for the scale, or for typed grams, and its line is weighed anew by a key', async ({
  page,
}) => {
  await openPage(page, till);
  await signInAs(page, 'cashier');
  const dialog = page.getByRole('dialog', { name: 'Weight of cheese' });
  // What lies behind a dialog is hidden from readers.
  const lines = page.getByRole('listitem', { includeHidden: true });
  const footer = page.getByRole('contentinfo');

  simulator.put({ amount: 250, decimals: 3, unit: 'kg' });
  await scanInto(page, cheeseCode);
  await expect(lines).toContainText(['0.250 kg']);
  await expect(lines).toContainText(['4.50']);
  await expect(dialog).toBeHidden();
  await expect(footer).toContainText('weigh');

  // It moves at first; another article goes into the sale meanwhile, and Esc leaves the line as it is.
  simulator.put('in-motion');
  await page.keyboard.press('Control+g');
  await expect(dialog).toContainText('The scale is asked');
  await scanInto(page, ean('syrup'));
  await expect(lines).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('combobox')).toBeFocused();
  await expect(footer).not.toContainText('weigh');
  await expect(lines).toContainText(['0.250 kg', '1']);

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+g');
  await expect(dialog).toContainText('The scale is asked');
  simulator.put({ amount: 1305, decimals: 3, unit: 'kg' });
  await expect(lines).toContainText(['1.305 kg', '1']);

  // No weight: nothing is added until the grams are typed, and it is one change to take back.
  simulator.put('over');
  await scanInto(page, cheeseCode);
  await expect(dialog.getByRole('alert')).toContainText('More lies on the scale than it bears');
  await look(page, 'weigh-trouble');
  simulator.put('silent');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('The scale does not answer');
  await expect(lines).toContainText(['1.305 kg', '1']);
  await typeByHand(page, '95');
  await page.keyboard.press('Enter');
  await expect(lines).toContainText(['1.400 kg', '1']);
  await page.keyboard.press('Control+z');
  await expect(lines).toContainText(['1.305 kg', '1']);

  // One pack more of a weight would be a kilogram: + asks for the weight.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('+');
  await expect(dialog.getByRole('alert')).toContainText('The scale does not answer');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('/');
  await page.getByRole('textbox', { name: 'Grams of cheese' }).fill('0.5');
  await page.keyboard.press('Enter');
  await expect(lines).toContainText(['0.500 kg', '1']);
});
