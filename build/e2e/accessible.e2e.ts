import { test } from '@playwright/test';
import { createCounterDevices } from '../../desktop/hosts/counter-devices.ts';
import { createReceiptDesk } from '../../desktop/hosts/receipt-desk.ts';
import { look } from './look.ts';
import { openPage, openTillScreens, signInAs, type TillScreens } from './till-screens.ts';
import { customers, firstRun, givingBack, paying, selling, terms } from './walk.ts';
import { customerWindow, other, refused, shifts, training } from './walk-desk.ts';
import type { Taking } from './walk-hands.ts';

/** Both halves at once: each has its own till. */
test.describe.configure({ mode: 'parallel' });

let till: TillScreens;
test.beforeEach(async ({ page }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(15_000);
  // Without motion there is no half-faded dialog to measure.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const given = { file: 'no-such-file.json', fonts: 'node_modules/@expo-google-fonts' };
  till = await openTillScreens(
    { policy: 'pharmacist-pin' },
    { devices: createCounterDevices(given), printer: createReceiptDesk(given) },
  );
  await openPage(page, till);
});
test.afterEach(() => till.end());

const english = { locale: 'en', theme: 'light' } as const;

test('screens of the sale are accessible and whole in every language', async ({ page }) => {
  const taking: Taking = { look: english, take: (name) => look(page, name) };
  await selling(page, taking.take);
  await customers(page, till, taking.take);
  await terms(page, till, taking);
  await paying(page, taking.take);
});

test('all other screens are accessible and whole in every language', async ({ page }) => {
  const taking: Taking = { look: english, take: (name) => look(page, name) };
  await signInAs(page, 'cashier');
  await givingBack(page, till, taking.take);
  await shifts(page, taking.take);
  await refused(page, till, taking.take);
  await training(page, taking);
  await other(page, taking);
  await customerWindow(page, till, taking);
  await firstRun(page, english, taking.take);
});
