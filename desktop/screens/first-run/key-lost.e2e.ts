import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import { openPage } from '../../../build/e2e/till-screens.ts';
import { handClock, openShop, payCash, scanPack } from '../../../build/proof/open-shop.ts';
import { storeId } from '../../../build/proof/shop.ts';
import { root } from '../../../build/tools.ts';
import { startLoopback } from '../../hosts/loopback.ts';
import { memoryVault, reopenTestTill } from '../../hosts/test.ts';
import { makePapers } from '../../hosts/test-papers.ts';
import { createTillRouter } from '../../till/router.ts';

/** A till that made two sales HQ has not got, started again without its vault; and its papers, as files and as typed. */
async function lockedTill() {
  const clock = handClock();
  const shop = await openShop({ clock });
  for (const pack of ['syrup', 'drops'] as const) await payCash(shop, (await scanPack(shop, pack)).cart);
  await shop.close();
  const { folder, vault } = shop;
  const made = await makePapers(vault, { storeId });
  const { till, close } = reopenTestTill({ folder, vault: memoryVault(), clock, uptime: clock.uptime });
  const host = await startLoopback({
    ...{ router: createTillRouter(till), token: 'key-lost', screens: join(root, 'dist/screens'), port: 0 },
  });
  const inFile = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const end = async () => {
    await host.close();
    await close();
    await made.close();
  };
  return { ...made, inFile, address: `${host.url}/#token=key-lost`, end };
}

const submit = (page: Page) => page.getByLabel('Code').first().press('Enter');
const says = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();

test('a till whose key is gone says what to do, and is opened again with the papers', async ({ page }) => {
  const { papers, typedKey, inFile, end, address } = await lockedTill();
  await openPage(page, { address });
  await expect(page.getByRole('heading', { name: 'The key of this till is gone' })).toBeVisible();
  await submit(page);
  await says(page, /All four are needed/);
  await look(page, 'key-lost');
  const sealed = page.getByLabel('File of sealed keys');
  await sealed.setInputFiles(inFile('notes.txt', 'call HQ'));
  await page.getByLabel('Recovery key, from the safe').setInputFiles(inFile('key.txt', papers.recoveryKey));
  await page.getByLabel('HQ address').fill(papers.hqUrl);
  await page.getByLabel('Code').first().fill('WORN-OUT2');
  await submit(page);
  await says(page, /first file is not the one/);
  await sealed.setInputFiles(inFile('sealed.json', papers.sealed));
  const typed = page.getByLabel('43 characters');
  await typed.fill(`${typedKey.slice(0, -2)}AA`);
  await submit(page);
  await says(page, /does not open the sealed keys/);
  await typed.fill('');
  await submit(page);
  await says(page, /code has been used/);
  await page.getByLabel('Code').first().fill(papers.code);
  await submit(page);
  await expect(page.getByText('go on under the letter B')).toBeVisible();
  await expect(page.getByText('2 changes that HQ did not have')).toBeVisible();
  await look(page, 'recovered');
  await page.getByRole('button', { name: 'Sign in' }).press('Enter');
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await end();
});
