import { expect, type Page, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import {
  openPage,
  openTillScreens,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { hearFromHq } from '../../../build/proof/open-shop.ts';
import { batchOf, openingMs, packId, storeId } from '../../../build/proof/shop.ts';

let till: TillScreens;
test.beforeEach(async () => {
  till = await openTillScreens();
});
test.afterEach(() => till.end());

let moves = 0;
/** What another counter, or somebody at HQ, did to a batch meanwhile. */
type Document = { documentId: string; reason: string | null; documentLine: number | null };
function moved(code: string, qtyBase: number, document: Document): void {
  const row = {
    ...{ id: `m${++moves}`, storeId, batchId: batchOf('dolorane', code), packId: packId('dolorane') },
    ...{ kind: document.reason ? 'adjust' : 'sell', qtyBase, at: openingMs + moves },
    ...{ businessDate: '2026-11-24', actorId: 'somebody', ...document },
  };
  hearFromHq(till, [{ t: 'stock_movement', op: 'insert', row }]);
}
const soldTwice = () => moved('D1', -48, { documentId: 'a sale', reason: null, documentLine: null });

async function openFromPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option', { name: 'Sold twice 1 to settle' })).toBeVisible();
  await typeByHand(page, 'sold tw');
  await page.keyboard.press('Enter');
}

test('by keys alone: the palette says what was sold twice, and one key settles it', async ({ page }) => {
  soldTwice();
  await openPage(page, till);
  await signInAs(page, 'manager');
  await openFromPalette(page);
  const row = page.getByRole('option', { name: 'Dolorane 500 mg' });
  await expect(row).toContainText('Batch D1');
  await expect(page.getByRole('button', { name: 'Swap with D2' })).toBeVisible();
  await look(page, 'sold-twice-row');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing to settle')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toBeFocused();
});

test('who may not adjust stock is told so', async ({ page }) => {
  soldTwice();
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await openFromPalette(page);
  await page.getByRole('option', { name: 'Dolorane 500 mg' }).waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('You have no right to do this');
});

test('a swap made at both ends is shown, and taken back with one key', async ({ page }) => {
  soldTwice();
  for (const documentId of ['here', 'HQ']) {
    moved('D1', 16, { documentId, reason: 'batch-swap', documentLine: 1 });
    moved('D2', -16, { documentId, reason: 'batch-swap', documentLine: 1 });
  }
  await openPage(page, till);
  await signInAs(page, 'manager');
  await openFromPalette(page);
  await expect(page.getByRole('option', { name: 'Dolorane 500 mg' })).toContainText('swapped twice');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing to settle')).toBeVisible();
});
