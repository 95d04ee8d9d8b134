import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './look.ts';

/**
 * Types as a scanner in keyboard mode: a key every 2 ms by the time stamps the browser is given, and Enter. What a busy
 * machine puts between the keys on their way is no part of the burst, as with a real scanner.
 */
export async function scan(page: Page, code: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const beganAt = Date.now() / 1000;
  const keys = [...code].map((key) => ({ key, text: key, keyCode: key.toUpperCase().charCodeAt(0) }));
  const strokes = [...keys, { key: 'Enter', text: '\r', keyCode: 13 }];
  await Promise.all(
    strokes.flatMap(({ key, text, keyCode }, place) => {
      const timestamp = beganAt + place * 0.002;
      const stroke = { key, code: codeOf(key), windowsVirtualKeyCode: keyCode, timestamp };
      return [
        keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...stroke }),
        keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke }),
      ];
    }),
  );
  await keyboard.detach();
}

const codeOf = (key: string): string =>
  /^\d$/.test(key) ? `Digit${key}` : key.length === 1 ? `Key${key.toUpperCase()}` : key;

/** Signs a person in at the till's tiles with a PIN. */
export async function signInAtTill(page: Page, { name, pin }: { name: string; pin: string }): Promise<void> {
  await page.getByRole('radio', { name }).click();
  await page.getByRole('textbox', { name: `PIN of ${name}` }).fill(pin);
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
}

/** The scan and search field of the sell screen. */
export const field = (page: Page) => page.getByRole('combobox', { name: 'Scan or search' });

/** Pays what is in the sale with exact cash and gives the receipt's number. */
export async function payExactCash(page: Page): Promise<string> {
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible();
  const receipt = page.getByRole('img', { name: /^Receipt S/ });
  await expect(receipt).toBeVisible();
  return ((await receipt.getAttribute('alt')) ?? '').replace('Receipt ', '');
}

/** Signs in at the back office. */
export async function signInAtHq(
  page: Page,
  url: string,
  person: { email: string; password: string },
): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await expectAccessible(page, 'sign-in at HQ');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeHidden();
}
