import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { startLoopback } from '../../desktop/hosts/loopback.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { openShop } from '../proof/open-shop.ts';
import { openingMs, type PersonName, people, type ShopOptions } from '../proof/shop.ts';
import { root } from '../tools.ts';

const token = 'till-of-the-test';

/** The test shop's till behind its loopback host, for a browser; `ports` are what hangs on it. */
export async function openTillScreens(
  shop: ShopOptions = {},
  ports: Pick<NonNullable<Parameters<typeof openShop>[0]>, 'printer' | 'devices'> = {},
) {
  const opened = await openShop({ signedIn: null, shop, ...ports });
  let running: Pick<typeof opened, 'till' | 'close' | 'client'> = opened;
  const serve = (port: number) =>
    startLoopback({
      ...{ router: createTillRouter(running.till), token, screens: `${root}/dist/screens`, port },
    });
  let host = await serve(0);
  const port = Number(new URL(host.url).port);
  return {
    ...opened,
    address: `${host.url}/#token=${token}`,
    /** A new morning: nobody signed in, nothing in the sale. Says how many sales there are. */
    reset: async () => {
      const { client } = running;
      await client.auth.signIn({ ...people.cashier });
      await client.sales.clear({ commandId: randomUUID() });
      const sales = await client.sales.sales({ limit: 500 });
      await client.auth.signOut();
      return sales.length;
    },
    sales: () => running.client.sales.sales({ limit: 500 }),
    /** The way to the till is gone; the till is not. */
    unplug: () => host.close(),
    plugIn: async () => {
      host = await serve(port);
    },
    /** The till process ends and starts again on the same disk. */
    restart: async () => {
      await host.close();
      await running.close();
      running = opened.reopen();
      host = await serve(port);
    },
    end: async () => {
      await host.close();
      await running.close();
    },
  };
}

export type TillScreens = Awaited<ReturnType<typeof openTillScreens>>;

/** Opens the till's screens at the shop's own time of day. */
export async function openPage(
  page: Page,
  { address }: Pick<TillScreens, 'address'>,
  { locale = 'en', theme = 'light' } = {},
): Promise<void> {
  await page.clock.setFixedTime(openingMs);
  await page.addInitScript(
    (chosen) => {
      localStorage.setItem('pestle.locale', chosen.locale);
      localStorage.setItem('pestle.theme', chosen.theme);
    },
    { locale, theme },
  );
  await page.goto(address);
}

/** Chooses a person by number and types the PIN, as fast as a person does and no faster: a burst is a scanner. */
export async function signInAs(page: Page, name: PersonName): Promise<void> {
  await page.getByRole('radiogroup').waitFor();
  const names = Object.keys(people).toSorted();
  await page.keyboard.press(String(names.indexOf(name) + 1));
  await page.locator('input').waitFor();
  await typeByHand(page, people[name].pin);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox').waitFor();
}

/** Types with a person's gaps, and one at the end so that what follows is no part of it. */
export async function typeByHand(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 50 });
  await page.waitForTimeout(60);
}

/**
 * A scanner that types, Enter at the end. Struck inside the page, so that a busy machine cannot pull the keys of a
 * burst apart; real keystrokes are desktop/screens/scanner/attach.e2e.ts's to prove.
 */
export async function scanInto(page: Page, code: string): Promise<void> {
  await page.evaluate(
    (keys) => {
      const at = document.activeElement ?? document.body;
      for (const key of keys) {
        const init = { key, bubbles: true, cancelable: true };
        at.dispatchEvent(new KeyboardEvent('keydown', init));
        at.dispatchEvent(new KeyboardEvent('keyup', init));
      }
    },
    [...code, 'Enter'],
  );
}
