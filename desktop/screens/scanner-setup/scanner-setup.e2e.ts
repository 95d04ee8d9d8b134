import { mkdtempSync, readFileSync } from 'node:fs';
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
import { createFakeHid, reportsOf } from '../../devices/scanner/fake-hid.ts';
import { createHidScanner } from '../../devices/scanner/hid-scanner.ts';
import { createCounterScanners } from '../../hosts/scanners.ts';
import { createScannerDesk } from '../../till/auth/scanners.ts';
import type { Stroke } from '../scanner/stroke.ts';
import { shown, strikeAs } from './fake-wedge.ts';
import { testCodeIds } from './test-codes.ts';

const usb = createFakeHid();
const file = join(mkdtempSync(join(tmpdir(), 'pestle-scanners-')), 'devices.json');
const scanners = createCounterScanners({
  file,
  hid: createHidScanner({ load: async () => usb.driver, monoMs: () => performance.now(), lookMs: 20 }),
  serialPorts: async () => [{ path: '/dev/ttyS9', name: 'Fake line' }],
});
let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
  Object.assign(till.till.scanners, createScannerDesk(scanners, till.till.live));
  scanners.start();
});
test.afterAll(async () => {
  await scanners.stop();
  await till.end();
});
test.beforeEach(async ({ page }) => {
  await till.reset();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
});

/** Set to AZERTY with a prefix, AIM identifiers and F8 for the separator, at a till with a US keyboard. */
const azerty = {
  layout: 'fr',
  prefix: '$',
  aim: true,
  inner: '',
  suffix: '#',
  end: 'Tab',
  separator: 'f8',
  separatorText: '',
} as const;

test('three scans teach the till an AZERTY scanner, which then sells', async ({ page }) => {
  await openSetup(page);
  const main = page.getByRole('main');
  for (const [i, code] of testCodeIds.entries()) {
    await expect(main).toContainText(`code ${i + 1} of 3`);
    await strike(page, strikeAs(azerty, 'us', shown[code]));
  }
  for (const words of ['French (AZERTY)', 'AIM identifiers', 'F8', 'Tab', '$', '#'])
    await expect(main).toContainText(words);
  await look(page, 'scanner-learnt');
  await page.keyboard.press('Enter');
  await expect(main).toContainText('From now on this till reads its codes so');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ scanners: { wedge: azerty } });
  await page.keyboard.press('Escape');
  await strike(page, strikeAs(azerty, 'us', { aim: ']E0', data: ean('syrup') }));
  await expect(lines(page)).toHaveCount(1);
  await scanInto(page, ean('drops'));
  await expect(lines(page)).toHaveCount(2);
  await scanners.learn('wedge', null);
});

test('what is wrong with a scan is said, keys stay a person’s, a code may be passed over', async ({
  page,
}) => {
  await openSetup(page);
  const main = page.getByRole('main');
  await scanInto(page, ean('syrup'));
  await expect(main).toContainText('What came is not this code');
  await scanInto(page, shown.ean.data);
  await expect(main).toContainText('another of the three codes');
  await scanInto(page, shown.code128.data);
  await expect(main).toContainText('code 2 of 3');
  await typeByHand(page, 'n');
  await expect(main).toContainText('code 3 of 3');
  await scanInto(page, shown.ean.data);
  await expect(main).toContainText('Not certain');
  await typeByHand(page, 'r');
  await expect(main).toContainText('code 1 of 3');
  await page.keyboard.press('F2');
  await expect(page.getByRole('combobox')).toBeFocused();
  await expect(lines(page)).toHaveCount(0);
});

test('a USB scanner sells at once, whatever is open, and can be taught too', async ({ page }) => {
  usb.plug('/dev/hidraw7', { name: 'Fake 1900' });
  await expect.poll(() => usb.isOpen('/dev/hidraw7')).toBe(true);
  usb.scan('/dev/hidraw7', reportsOf(']E0', ean('syrup')));
  await expect(lines(page)).toHaveCount(1);
  await page.keyboard.press('F1');
  await page.getByRole('dialog').waitFor();
  for (let i = 0; i < 8; i++) usb.scan('/dev/hidraw7', reportsOf(']E0', ean('drops')));
  await page.keyboard.press('Escape');
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).nth(1)).toContainText('26.64');
  await openSetup(page);
  await expect(page.getByRole('main')).toContainText('Fake 1900');
  for (const code of testCodeIds) usb.scan('/dev/hidraw7', reportsOf(shown[code].aim, shown[code].data));
  await expect(page.getByRole('main')).toContainText('AIM identifiers');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText('From now on this till reads its codes so');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    scanners: { profiles: { 'hid:Fake 1900': { aim: true } } },
  });
  usb.plug('/dev/hidraw8', { name: 'Locked', refuses: 'no-permission' });
  await expect(page.getByRole('main')).toContainText('The system does not let the till read it');
  usb.unplug('/dev/hidraw7');
  usb.unplug('/dev/hidraw8');
});

const lines = (page: Page) => page.getByRole('listitem');

async function openSetup(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.insertText('scanner');
  await page.keyboard.press('Enter');
  await page.getByRole('img').first().waitFor();
}

/** Strikes inside the page, so that a busy machine cannot pull the keys of a burst apart. */
async function strike(page: Page, strokes: readonly Stroke[]): Promise<void> {
  await page.evaluate((all) => {
    const at = document.activeElement ?? document.body;
    for (const { key, code, shift, ctrl, alt, altGraph } of all) {
      const held = { shiftKey: shift, ctrlKey: ctrl, altKey: alt, modifierAltGraph: altGraph };
      const init = { key, code, ...held, bubbles: true, cancelable: true };
      at.dispatchEvent(new KeyboardEvent('keydown', init));
      at.dispatchEvent(new KeyboardEvent('keyup', init));
    }
  }, strokes);
}
