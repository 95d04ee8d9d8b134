import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PersonName } from '../proof/shop.ts';
import { root } from '../tools.ts';
import { scanInto, signInAs } from './till-screens.ts';

/** What is done with each screen and dialog of the till, by its name in screen-list.ts. */
export type Take = (name: string) => Promise<void>;

export type Look = { readonly locale: 'en' | 'fr' | 'ar'; readonly theme: 'light' | 'dark' };

export type Taking = { readonly look: Look; readonly take: Take };

export async function choose(page: Page, command: string): Promise<void> {
  await press(page, 'Control+k');
  await dialog(page).waitFor();
  await dialog(page).getByRole('combobox').fill(command);
  await press(page, 'Enter');
}

/** Opens one dialog after the other, each by its key. */
export async function eachDialog(
  page: Page,
  take: Take,
  dialogs: readonly (readonly [key: string, name: string])[],
): Promise<void> {
  for (const [key, name] of dialogs) {
    await press(page, key);
    await dialog(page).waitFor();
    await take(name);
    await leave(page);
  }
}

/** Leaves a dialog: the focus goes back to where it came from, so that the next key is not lost. */
export async function leave(page: Page): Promise<void> {
  await press(page, 'Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  await page.waitForFunction(() => document.activeElement !== document.body);
}

export const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));

/** One locks, another signs in. */
export async function changeOver(page: Page, who: PersonName): Promise<void> {
  await press(page, 'Control+l');
  // The sale's own field is there until the lock has come.
  const pin = page.locator('input[aria-describedby="pin-problem"]');
  await pin.waitFor();
  await press(page, 'Escape');
  await pin.waitFor({ state: 'hidden' });
  await signInAs(page, who);
}

/** The messages of a language, out of its catalogue. */
export function wordsOf(locale: string): (english: string) => string {
  const text = readFileSync(join(root, `desktop/screens/locales/${locale}.po`), 'utf8');
  const said = new Map([...text.matchAll(/^msgid "(.*)"\nmsgstr "(.*)"$/gm)].map(([, id, str]) => [id, str]));
  return (english) => said.get(english) ?? english;
}

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

export const field = (page: Page) => page.locator('main').getByRole('combobox').first();

export async function add(page: Page, code: string): Promise<void> {
  const before = await page.evaluate('document.body.innerText');
  await scanInto(page, code);
  await page.waitForFunction((text) => document.body.innerText !== text, before);
}
