import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { type Page, test } from '@playwright/test';
import { createCounterDevices } from '../../desktop/hosts/counter-devices.ts';
import { createReceiptDesk } from '../../desktop/hosts/receipt-desk.ts';
import { root } from '../tools.ts';
import { smallPng } from './small-png.ts';
import { openPage, openTillScreens } from './till-screens.ts';
import { customers, firstRun, givingBack, paying, selling, terms } from './walk.ts';
import { customerWindow, other, refused, shifts, training } from './walk-desk.ts';

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
        await selling(page, take);
        await customers(page, till, take);
        await terms(page, till, { look, take });
        await paying(page, take);
        await givingBack(page, till, take);
        await shifts(page, take);
        await refused(page, till, take);
        await training(page, { look, take });
        await other(page, { look, take });
        await customerWindow(page, till, { look, take });
      } finally {
        await till.end();
      }
    });

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
