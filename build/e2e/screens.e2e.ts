import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { type Page, test } from '@playwright/test';
import { createCounterDevices } from '../../desktop/hosts/counter-devices.ts';
import { startLoopback } from '../../desktop/hosts/loopback.ts';
import { createReceiptDesk } from '../../desktop/hosts/receipt-desk.ts';
import { memoryVault, reopenTestTill } from '../../desktop/hosts/test.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { handClock, payCash, scanPack } from '../proof/open-shop.ts';
import { dataMatrix, ean, type PersonName } from '../proof/shop.ts';
import { root } from '../tools.ts';
import { smallPng } from './small-png.ts';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from './till-screens.ts';

/**
 * The pictures of docs/till.md, taken when they are asked for: NEW_PICTURES=1. The light ones are shown in the guide;
 * the dark and the Arabic ones are smaller, to be looked at.
 */
const looks = [
  { folder: 'light', locale: 'en', theme: 'light', width: 1024 },
  { folder: 'dark', locale: 'en', theme: 'dark', width: 640 },
  { folder: 'arabic', locale: 'ar', theme: 'light', width: 640 },
] as const;
type Look = (typeof looks)[number];

if (process.env.NEW_PICTURES === '1')
  for (const look of looks)
    test(`pictures of every screen, ${look.folder}`, async ({ page }) => {
      test.setTimeout(300_000);
      page.setDefaultTimeout(15_000);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const take = (name: string) => picture(page, look, name);
      await firstRun(page, look, take);
      const given = { file: 'no-such-file.json', fonts: 'node_modules/@expo-google-fonts' };
      const till = await openTillScreens(
        { policy: 'pharmacist-pin' },
        { devices: createCounterDevices(given), printer: createReceiptDesk(given) },
      );
      try {
        await openPage(page, till, look);
        await selling(page, till, take);
        await paying(page, take);
        await givingBack(page, till, take);
        await shifts(page, take);
        await other(page, look, take);
      } finally {
        await till.end();
      }
    });

type Take = (name: string) => Promise<void>;

async function picture(page: Page, { folder, width }: Look, name: string): Promise<void> {
  // What has just come stands out for a moment; a picture is of the moment after.
  await page.waitForTimeout(250);
  const image = await loadImage(await page.screenshot());
  const height = Math.round((image.height * width) / image.width);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  const to = join(root, 'docs/screens', folder);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, `${name}.png`), await smallPng(canvas.toBuffer('image/png')));
}

async function firstRun(page: Page, look: Look, take: Take): Promise<void> {
  const clock = handClock();
  const folder = mkdtempSync(join(tmpdir(), 'pestle-new-till-'));
  const { till, close } = reopenTestTill({ folder, vault: memoryVault(), clock, uptime: clock.uptime });
  const host = await startLoopback({
    ...{ router: createTillRouter(till), token: 'first-run', screens: join(root, 'dist/screens'), port: 0 },
  });
  await openPage(page, { address: `${host.url}/#token=first-run` }, look);
  await page.getByRole('heading').first().waitFor();
  await take('first-run');
  await page.goto('about:blank');
  await host.close();
  await close();
}

async function selling(page: Page, till: TillScreens, take: Take): Promise<void> {
  await page.getByRole('radiogroup').waitFor();
  await take('sign-in');
  await press(page, '2');
  await page.locator('input').waitFor();
  await take('pin');
  await press(page, 'Escape');
  await signInAs(page, 'cashier');
  await take('sell-empty');
  for (const name of ['dolorane', 'syrup', 'drops'] as const) await add(page, ean(name));
  await typeByHand(page, 'dolo');
  await page.getByRole('option').first().waitFor();
  await take('sell');
  await press(page, 'Escape', 'Escape');
  for (const [key, name] of [
    ['F1', 'keys'],
    ['Control+k', 'palette'],
    ['F8', 'discount'],
    ['F4', 'hold'],
    ['Control+Delete', 'clear'],
  ] as const) {
    await press(page, key);
    await page.getByRole('dialog').waitFor();
    await take(name);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await press(page, 'ArrowUp', 'ArrowUp');
  await press(page, 'F6');
  await page.getByRole('radio').first().waitFor();
  await take('batch');
  await press(page, 'Escape');
  await field(page).waitFor();
  await press(page, 'F7');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await take('substitutes');
  await press(page, 'Escape');
  await field(page).waitFor();
  await press(page, 'Control+p');
  await page.locator('main').waitFor();
  await add(page, ean('dolorane'));
  await take('price-check');
  await press(page, 'Escape', 'Escape');
  await field(page).waitFor();
  await scanInto(page, dataMatrix('dolorane', 'DX', '2026-11-23'));
  await page.getByRole('alertdialog').waitFor();
  await take('stop');
  await press(page, 'Escape');
  await scanInto(page, ean('gauze'));
  await page.locator('form').waitFor();
  await take('not-on-the-books');
  await press(page, 'Escape');
  await press(page, 'F4');
  await page.getByRole('dialog').waitFor();
  await typeByHand(page, 'Blue coat');
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await press(page, 'Shift+F4');
  await page.getByRole('option').first().waitFor();
  await take('recall');
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await till.client.sales.customers.create({
    commandId: randomUUID(),
    customer: {
      name: 'Nora Keller',
      phone: '+33 1 99 00 12 12',
      email: '',
      address: '',
      note: '',
      consent: true,
    },
  });
  await press(page, 'F3');
  await typeByHand(page, 'nora');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'Nora Keller' }).waitFor();
  await take('customer');
  await press(page, 'Escape', 'Escape', 'Escape');
  await field(page).waitFor();
}

async function paying(page: Page, take: Take): Promise<void> {
  await press(page, 'F9');
  await page.getByRole('textbox').first().waitFor();
  await take('pay');
  await press(page, 'Alt+2');
  await typeByHand(page, '4');
  await press(page, 'Enter', 'Alt+1');
  await typeByHand(page, '10');
  await take('pay-split');
  await press(page, 'Enter');
  await page.getByRole('img').first().waitFor();
  await take('paid');
  await press(page, 'Enter');
  await field(page).waitFor();
  await add(page, ean('ibuprofen'));
  await press(page, 'F9');
  await page.getByRole('textbox').first().waitFor();
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor();
  await take('pharmacist');
  await press(page, 'Escape', 'Escape');
  await field(page).waitFor();
  await press(page, 'Delete');
}

async function givingBack(page: Page, till: TillScreens, take: Take): Promise<void> {
  await scanPack(till, 'syrup', 2);
  const { cart } = await scanPack(till, 'dolorane', 2);
  const { receiptNo } = await payCash(till, cart);
  await press(page, 'F11');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await take('return-find');
  await scanInto(page, receiptNo);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await press(page, '+');
  await page.getByTestId('total').getByText(/4.99/).waitFor();
  await take('return');
  await press(page, 'F9');
  await page.locator('main [role=status] svg').waitFor();
  await take('given-back');
  await press(page, 'Enter');
  await field(page).waitFor();
}

async function shifts(page: Page, take: Take): Promise<void> {
  const main = page.locator('.shift-panes');
  await press(page, 'F12');
  await main.waitFor();
  await take('shift');
  await press(page, 'Control+2');
  await page.getByRole('dialog').waitFor();
  await take('pay-out');
  await press(page, 'Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await press(page, 'Enter');
  await page.locator('.cash-grid').waitFor();
  for (const pieces of ['0', '0', '0', '0', '1', '2']) {
    await typeByHand(page, pieces);
    await press(page, 'ArrowDown');
  }
  await take('count');
  await press(page, 'Enter');
  await page.locator('.cash-grid').waitFor({ state: 'detached' });
  await typeByHand(page, 'Paid the baker');
  await take('compare');
  await press(page, 'Enter');
  await page.getByText('S01-T01AZ-000001').first().waitFor();
  await take('z-report');
  await press(page, 'Enter');
  await field(page).waitFor();
  await press(page, 'F12');
  await main.waitFor();
  await take('float');
  await press(page, 'Escape');
  await field(page).waitFor();
}

/** What is opened from the palette, by the word the language has for it. */
async function other(page: Page, look: Look, take: Take): Promise<void> {
  const words = wordsOf(look.locale);
  let present: PersonName = 'cashier';
  await press(page, 'Control+j');
  await page.getByRole('heading').first().waitFor();
  await take('sync-status');
  await press(page, 'Escape');
  await field(page).waitFor();
  for (const [who, command, name] of [
    ['manager', 'Devices', 'devices'],
    ['manager', 'Set up scanner', 'scanner'],
    ['manager', 'Print shelf labels', 'labels'],
    ['manager', 'Receipt design', 'receipt-design'],
    ['manager', 'Settings', 'settings'],
    ['manager', 'Sold twice', 'sold-twice'],
    ['manager', 'Reports', 'reports'],
    ['auditor', 'Audit', 'audit'],
  ] as const) {
    if (who !== present) await changeOver(page, who);
    present = who;
    await press(page, 'Control+k');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').getByRole('combobox').fill(words(command));
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await take(name);
    await press(page, 'Escape', 'Escape');
    await field(page).waitFor();
  }
}

/** One locks, another signs in. */
async function changeOver(page: Page, who: PersonName): Promise<void> {
  await press(page, 'Control+l');
  await page.locator('input').waitFor();
  await press(page, 'Escape');
  await signInAs(page, who);
}

/** The messages of a language, out of its catalogue. */
function wordsOf(locale: string): (english: string) => string {
  const text = readFileSync(join(root, `desktop/screens/locales/${locale}.po`), 'utf8');
  const said = new Map([...text.matchAll(/^msgid "(.*)"\nmsgstr "(.*)"$/gm)].map(([, id, str]) => [id, str]));
  return (english) => said.get(english) ?? english;
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const field = (page: Page) => page.locator('main').getByRole('combobox').first();

async function add(page: Page, code: string): Promise<void> {
  const before = await page.evaluate('document.body.innerText');
  await scanInto(page, code);
  await page.waitForFunction((text) => document.body.innerText !== text, before);
}
