import { readFileSync } from 'node:fs';
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
import { root } from '../../../build/tools.ts';
import { receiptFontsUnder } from '../../devices/escpos/raster.ts';
import { createPaperMaker } from '../../devices/paper/invoice-pdf.ts';
import { readPdfPage } from '../../devices/paper/pdf-reader.ts';
import { createReceiptDesk } from '../../hosts/receipt-desk.ts';

let till: TillScreens;
test.beforeAll(async () => {
  const fonts = `${root}/node_modules/@expo-google-fonts`;
  till = await openTillScreens(
    {},
    {
      devices: { papers: createPaperMaker(receiptFontsUnder(fonts)) },
      printer: createReceiptDesk({ file: 'no-such-file.json', fonts }),
    },
  );
});
test.afterAll(() => till.end());

test('an invoice is asked for by key where a sale was paid, and again from its receipt', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await scanInto(page, ean('syrup'));
  await expect(page.getByTestId('total')).toHaveText('€4.99');
  await page.keyboard.press('F9');
  await page.getByLabel('Cash received').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Change due', { exact: true }).waitFor();

  await page.keyboard.press('Control+i');
  await page.getByLabel('Name of the buyer').waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Type the name of the buyer.' })).toBeVisible();
  for (const text of ['Clinique Haute', '2 rue Haute', '35000 Rennes', 'FR2']) {
    await typeByHand(page, text);
    await page.keyboard.press('Tab');
  }
  await look(page, 'invoice-buyer');
  const pdf = await savedBy(page, 'S01-T01AI-000001.pdf');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');

  // Enter closes, and Done is there as it was; the receipt's number finds the sale again.
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name of the buyer')).toHaveCount(0);
  const receiptNo = (await till.sales())[0]?.receiptNo ?? '';
  await page.keyboard.press('F11');
  await page.getByRole('heading', { name: 'Scan the receipt' }).waitFor();
  await scanInto(page, receiptNo);
  await page.getByText('found on this till').waitFor();
  await page.keyboard.press('Control+i');
  await expect(page.getByText('has its invoice S01-T01AI-000001')).toBeVisible();
  await expect(page.getByLabel('Name of the buyer')).toHaveValue('Clinique Haute');
  const copy = await savedBy(page, 'S01-T01AI-000001.pdf');
  expect(copy.length).toBeGreaterThan(1000);
  await page.keyboard.press('Enter');

  // The receipt itself, found again; then the last one from the sale, and the designer's sample.
  await page.keyboard.press('Control+s');
  await page.getByRole('option', { name: 'PDF' }).waitFor();
  await look(page, 'receipt-file');
  const receipt = readPdfPage(await savedBy(page, `${receiptNo}.pdf`));
  expect(receipt.lines.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['*** COPY ***', 'TOTAL EUR €4.99', expect.stringContaining(receiptNo)]),
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('F2');
  await page.getByRole('heading', { name: 'Scan the receipt' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Scan or search' }).waitFor();
  await page.keyboard.press('Control+s');
  await page.keyboard.press('ArrowDown');
  const picture = await savedBy(page, `${receiptNo}.png`);
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await typeByHand(page, 'receipt des');
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: 'A sample receipt' }).waitFor();
  await page.keyboard.press('Control+s');
  await savedBy(page, 'receipt.pdf');
});

async function savedBy(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const saved = await download;
  expect(saved.suggestedFilename()).toBe(name);
  await expect(page.getByText(`Saved as ${name}.`)).toBeVisible();
  return readFileSync(await saved.path());
}
