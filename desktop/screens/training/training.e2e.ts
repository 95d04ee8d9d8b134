import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { ean, people } from '../../../build/proof/shop.ts';
import { toText } from '../../devices/escpos/interpreter/document.ts';
import { interpret } from '../../devices/escpos/interpreter/interpret.ts';
import { type FakeTcpPrinter, startFakeTcpPrinter } from '../../devices/fake-tcp-printer.ts';
import { createReceiptDesk } from '../../hosts/receipt-desk.ts';

let till: TillScreens;
let printer: FakeTcpPrinter;
test.beforeAll(async () => {
  printer = await startFakeTcpPrinter({ answers: true });
  const desk = createReceiptDesk({
    ...{ file: 'no-such-file.json', fonts: 'node_modules/@expo-google-fonts' },
    given: { printer: `tcp://127.0.0.1:${printer.port}` },
  });
  till = await openTillScreens({}, { printer: desk });
});
test.afterAll(async () => {
  await till.end();
  await printer.close();
});

const bar = (page: Page) => page.getByRole('complementary', { name: 'Training' });
const paper = () => interpret(printer.received());

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await typeByHand(page, name);
  await page.keyboard.press('Enter');
}

test('by keys alone: into training with a manager’s PIN, a sale that counts nowhere, and back to the real sale', async ({
  page,
}) => {
  const salesBefore = await till.reset();
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await scanInto(page, ean('dolorane'));
  await expect(page.getByText('Dolorane 500 mg', { exact: true })).toBeVisible();
  await expect(bar(page)).toBeHidden();

  await command(page, 'training');
  await page.getByRole('dialog', { name: 'Begin training' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Training needs a manager' }).waitFor();
  await page.keyboard.press(String(Object.keys(people).toSorted().indexOf('manager') + 1));
  await page.getByLabel('PIN of manager').waitFor();
  await typeByHand(page, people.manager.pin);
  await page.keyboard.press('Enter');

  await expect(bar(page)).toContainText('TRAINING');
  await expect(page).toHaveTitle(/^TRAINING/);
  await expect(page.getByRole('status').filter({ hasText: 'Nothing here is real' })).toBeAttached();
  await expect(page.getByText('Nothing in the sale yet')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await scanInto(page, ean('syrup'));
  await expect(page.getByText('Toussifan 200 ml', { exact: true })).toBeVisible();
  await page.keyboard.press('F9');
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
  await expect(bar(page)).toBeVisible();
  await expect.poll(() => toText(paper())).toContain('TRAIN-T01A-000001');
  expect(toText(paper())).toMatch(/\*\*\* TRAINING \*\*\*\s+NOT A RECEIPT/);
  expect(paper().items.filter(({ kind }) => kind === 'pulse')).toEqual([]);

  // In front of what lies over the screen, too.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+k');
  await page.getByRole('listbox', { name: 'Commands' }).waitFor();
  expect(await isInFront(page)).toBe(true);
  await page.keyboard.press('Escape');

  await command(page, 'end training');
  await expect(bar(page)).toBeHidden();
  await expect(page).not.toHaveTitle(/TRAINING/);
  await expect(page.getByText('Dolorane 500 mg', { exact: true })).toBeVisible();
  expect(await till.sales()).toHaveLength(salesBefore);
  await expect(page.getByRole('combobox')).toBeFocused();
});

/** Whether what is seen where the bar stands is the bar; a dialog hides it from screen readers alone. */
const isInFront = (page: Page) =>
  page.locator('.training-bar').evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
