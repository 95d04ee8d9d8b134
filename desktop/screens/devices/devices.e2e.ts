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
import { ean } from '../../../build/proof/shop.ts';
import {
  type FakeBehaviour,
  type FakeTcpPrinter,
  startFakeTcpPrinter,
} from '../../devices/fake-tcp-printer.ts';
import { createReceiptDesk } from '../../hosts/receipt-desk.ts';

/** Two real printers as far as the till can tell: the first one's state is in this test's hands. */
let state: FakeBehaviour = { answers: true };
let first: FakeTcpPrinter;
let second: FakeTcpPrinter;
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
  till = await openTillScreens({}, { printer });
});
test.afterAll(async () => {
  await till.end();
  await first.close();
  await second.close();
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
