import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import { openPage, typeByHand } from '../../../build/e2e/till-screens.ts';
import { handClock, openShop, payCash, scanPack } from '../../../build/proof/open-shop.ts';
import { root } from '../../../build/tools.ts';
import { startLoopback } from '../../hosts/loopback.ts';
import { memoryVault, reopenTestTill } from '../../hosts/test.ts';
import { createTillRouter } from '../../till/router.ts';
import { BACKUP_MARK, makeBackup } from '../../till/store/backup.ts';
import { backupName } from '../../till/store/backup-files.ts';

/** A till that made a sale and a backup on a drive, and a new one beside it with the vault given. */
async function newTillBesideBackup(keepsVault: boolean) {
  const clock = handClock();
  const shop = await openShop({ clock });
  await payCash(shop, (await scanPack(shop, 'syrup')).cart);
  const drive = mkdtempSync(join(tmpdir(), 'pestle-drive-'));
  copyFileSync(join(root, 'package.json'), join(drive, BACKUP_MARK));
  const job = { file: join(shop.folder, 'till.db'), keyHex: shop.vault.get('database-key') ?? '' };
  makeBackup({ ...job, folder: drive, series: 'S01-T01A', till: 'S01-T01', at: clock.nowMs(), keep: 3 });
  await shop.close();
  const folder = join(drive, '.new-till');
  mkdirSync(folder);
  const vault = keepsVault ? shop.vault : memoryVault();
  const opened = reopenTestTill({ folder, vault, clock, uptime: clock.uptime });
  const router = createTillRouter(opened.till);
  const host = await startLoopback({
    router,
    token: 'first-run',
    screens: join(root, 'dist/screens'),
    port: 0,
  });
  const end = async () => {
    await host.close();
    await opened.close();
  };
  return { drive, at: clock.nowMs(), address: `${host.url}/#token=first-run`, end };
}

test('by keys alone a lost till comes back from a drive, and asks who is there', async ({ page }) => {
  const till = await newTillBesideBackup(true);
  await openPage(page, till);
  await page.getByLabel('Folder or file').focus();
  await typeByHand(page, till.drive);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'S01-T01A' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await expect(page.getByText('Pharmacie du Pont').first()).toBeVisible();
  await till.end();
});

test('on another machine it asks for the papers', async ({ page }) => {
  const till = await newTillBesideBackup(false);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  const place = page.getByLabel('Folder or file');
  await place.fill(join(till.drive, backupName('S01-T01A', till.at)));
  await place.press('Enter');
  await page.getByRole('radio', { name: 'S01-T01A' }).waitFor();
  await place.press('Enter');
  await page.locator('input[type=file]').first().waitFor();
  await look(page, 'restore-papers');
  await till.end();
});
