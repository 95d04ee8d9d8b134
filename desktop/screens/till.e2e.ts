import { expect, type Page, test } from '@playwright/test';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../build/e2e/till-screens.ts';
import { dataMatrix, ean, type PackName, people } from '../../build/proof/shop.ts';
import { startFakeTcpPrinter } from '../devices/fake-tcp-printer.ts';
import { createReceiptDesk } from '../hosts/receipt-desk.ts';

let till: TillScreens;
let salesBefore = 0;
test.beforeAll(async () => {
  till = await openTillScreens({ policy: 'pharmacist-pin' });
});
test.afterAll(() => till.end());
test.beforeEach(async ({ page }) => {
  salesBefore = await till.reset();
  await openPage(page, till);
});

test('three articles are scanned and paid without a mouse, in three keys', async ({ page }) => {
  await signInAs(page, 'cashier');
  await countInput(page);
  for (const name of ['syrup', 'dolorane', 'drops'] as const) await scanPack(page, name);
  await expect(total(page)).toHaveText('€10.50');
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing in the sale yet')).toBeVisible();
  expect(await page.evaluate('[counted.mouse, counted.keys]')).toEqual([0, 3]);
  expect(await newSales()).toMatchObject([{ totalMinor: 1050 }]);
});

test('a wrong PIN is said, and the right one lets in', async ({ page }) => {
  await page.getByRole('radiogroup').waitFor();
  await page.keyboard.press('2');
  await page.locator('input').waitFor();
  await typeByHand(page, '1111');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Wrong PIN.')).toBeVisible();
  await typeByHand(page, people.cashier.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox')).toBeFocused();
});

test('an expired batch is stopped, and Enter takes the one to take instead', async ({ page }) => {
  await signInAs(page, 'cashier');
  const expired = dataMatrix('dolorane', 'DX', '2026-11-23');
  await scanInto(page, expired);
  const stop = page.getByRole('alertdialog');
  await expect(stop).toContainText('Batch DX expired on 23 Nov 2026');
  await scanInto(page, expired);
  await expect(stop).toContainText('It was not added to the sale');
  await expect(lines(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Take D1' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(stop).toBeHidden();
  await expect(lines(page)).toContainText(['D1']);
});

test('what is typed is found, marked and added; what is undone is gone', async ({ page }) => {
  await signInAs(page, 'cashier');
  await typeByHand(page, 'tousi');
  await expect(page.getByRole('option', { name: /Toussifan/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(lines(page)).toContainText(['Toussifan 200 ml']);
  await expect(page.getByRole('combobox')).toHaveValue('');
  await page.keyboard.press('Control+z');
  await expect(lines(page)).toHaveCount(0);
});

test('Enter waits for the answer to the last letter', async ({ page }) => {
  await signInAs(page, 'cashier');
  await page.getByRole('combobox').fill('oculane');
  await page.keyboard.press('Enter');
  await expect(lines(page)).toContainText(['Oculane 10 ml']);
});

test('quantities: 3* before a scan, + on the line, loose units with /', async ({ page }) => {
  await signInAs(page, 'cashier');
  await typeByHand(page, '3*');
  await scanPack(page, 'dolorane');
  await expect(quantity(page)).toHaveText('3');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(quantity(page)).toHaveText('5');
  await expect(lines(page)).toContainText(['D1']);
  await expect(lines(page)).toContainText(['first to expire']);
  await page.keyboard.press('/');
  await expect(page.getByLabel(/^Quantity of/)).toBeFocused();
  await typeByHand(page, '1+5');
  await page.keyboard.press('Enter');
  await expect(quantity(page)).toHaveText('1 + 5/16');
  await expect(total(page)).toHaveText('€2.86');
  await expect(page.getByRole('combobox')).toBeFocused();
});

test('what cannot be added says why, and the field stays', async ({ page }) => {
  await signInAs(page, 'cashier');
  const field = page.getByRole('combobox');
  await typeByHand(page, 'oc');
  await scanInto(page, `]E0${ean('syrup').slice(0, -1)}${(Number(ean('syrup').at(-1)) + 1) % 10}`);
  await expect(page.getByRole('alert')).toContainText('One digit of this code is wrong');
  await expect(field).toHaveValue('oc');
  await scanInto(page, '3400930000120');
  await expect(page.getByRole('alert')).toContainText('No article has the code');
  await scanInto(page, ean('unpriced'));
  await expect(page.getByRole('alert')).toContainText('Gratisane has no price today');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).not.toContainText('Gratisane');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
});

test('what the books do not have is sold by the batch on its box', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'gauze');
  await expect(page.getByLabel('Batch')).toBeFocused();
  await typeByHand(page, 'Z9');
  await page.keyboard.press('Tab');
  await typeByHand(page, '08/28');
  await page.keyboard.press('Enter');
  await expect(lines(page)).toContainText(['not on the books']);
});

test('F6 takes another batch, with the right to', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'dolorane');
  await page.keyboard.press('F6');
  await expect(page.getByRole('radio', { name: /D1/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('You have no right to do this');
  await expect(lines(page)).toContainText(['D1']);
});

test('card for a part, cash for the rest, change before Enter', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await page.keyboard.press('F9');
  await page.keyboard.press('Alt+2');
  await typeByHand(page, '2');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Taken so far')).toBeVisible();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+2');
  await expect(page.getByText('€2.01', { exact: true }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
  expect(await newSales()).toMatchObject([
    {
      changeMinor: 201,
      tenders: [
        { kind: 'card', amountMinor: 200 },
        { kind: 'cash', amountMinor: 500 },
      ],
    },
  ]);
});

/** The manager's PIN, in the dialog that asks for one. */
async function agreeInPlace(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'manager' }).focus();
  await page.keyboard.press('Space');
  await typeByHand(page, people.manager.pin);
  await page.keyboard.press('Enter');
}

test('an account is charged over its limit with a manager’s PIN, and a voucher says what is wrong', async ({
  page,
}) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await page.keyboard.press('F9');
  await page.keyboard.press('Alt+5');
  await expect(page.getByLabel('Code of the voucher')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The voucher’s code is missing');
  await page.keyboard.press('Alt+4');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Nobody to charge');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F3');
  await page.keyboard.press('F3');
  await page.getByRole('textbox', { name: 'Name' }).fill('Nora Keller');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nora Keller' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Sale' })).toContainText('Nora Keller');
  await page.keyboard.press('F9');
  await page.keyboard.press('Alt+4');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('More than the account may owe');
  await agreeInPlace(page);
  await expect(page.getByText('Nothing in the sale yet').or(page.getByText('Paid')).first()).toBeVisible();
  expect(await newSales()).toMatchObject([{ tenders: [{ kind: 'account', amountMinor: 499 }] }]);
});

test('a pharmacist agrees in place', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'ibuprofen');
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('A pharmacist must agree');
  await page.keyboard.press('4');
  await expect(page.getByLabel('PIN of pharmacist')).toBeFocused();
  await typeByHand(page, people.pharmacist.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
});

test('a discount by keys; more than the cashier may give takes a PIN in place', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  const before = await total(page).textContent();
  await page.keyboard.press('F8');
  await expect(page.getByLabel('Percentage or amount')).toBeFocused();
  await typeByHand(page, '10%');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(total(page)).not.toHaveText(before ?? '');
  await expect(lines(page)).toContainText('Damaged box');
  await page.keyboard.press('Control+z');
  await expect(total(page)).toHaveText(before ?? '');
  await page.keyboard.press('F8');
  await typeByHand(page, '50%');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('More than you may give');
  await agreeInPlace(page);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(lines(page)).toContainText('Damaged box');
});

test('a discount that is too much for what is left of the sale takes a PIN at payment', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await scanPack(page, 'syrup');
  await page.keyboard.press('F8');
  await expect(page.getByLabel('Percentage or amount')).toBeFocused();
  await typeByHand(page, '0.90');
  await page.keyboard.press('Enter');
  await expect(total(page)).toContainText('9.08');
  await page.keyboard.press('-');
  await expect(total(page)).toContainText('4.09');
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('More than you may give');
  await agreeInPlace(page);
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
});

test('a sale is held, another is made, and the first is taken up again', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await page.keyboard.press('F4');
  await expect(page.getByLabel('Known by')).toBeFocused();
  await typeByHand(page, 'Blue coat');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing in the sale yet')).toBeVisible();
  await scanPack(page, 'dolorane');
  await page.keyboard.press('Shift+F4');
  await expect(page.getByRole('option', { name: /Blue coat/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Another sale is in progress');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(page.getByText('Nothing in the sale yet')).toBeVisible();
  await page.keyboard.press('Shift+F4');
  await expect(page.getByRole('option', { name: /Blue coat/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(lines(page)).toContainText('Toussifan');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('fifty presses of Enter are one sale', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await page.keyboard.press('F9');
  await page.getByLabel('Cash received').waitFor();
  await page.evaluate(pressEnterFiftyTimes);
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
  expect(await newSales()).toHaveLength(1);
});

test('Pay and Enter struck fifty times each are one sale, one receipt and one pulse', async ({ page }) => {
  const printer = await startFakeTcpPrinter({ answers: true });
  const given = { printer: `tcp://127.0.0.1:${printer.port}` };
  const desk = { file: 'no-such-file.json', fonts: 'node_modules/@expo-google-fonts' };
  const own = await openTillScreens({}, { printer: createReceiptDesk({ ...desk, given }) });
  const fifty = (key: string) => Promise.all(Array.from({ length: 50 }, () => page.keyboard.press(key)));
  const printed = () => printer.received().toString('latin1');
  await openPage(page, own);
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await fifty('F9');
  await page.getByLabel('Cash received').waitFor();
  await fifty('Enter');
  // Some of them went on to the next sale: it is sold as well, so that whatever was printed twice has come out by then.
  await page.keyboard.press('F2');
  await expect(page.getByText('Nothing in the sale yet')).toBeVisible();
  await scanPack(page, 'drops');
  await page.keyboard.press('F9');
  await page.getByLabel('Cash received').waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Receipt printed')).toBeVisible();
  expect((await own.sales()).map(({ totalMinor }) => totalMinor).toSorted()).toEqual([333, 499]);
  expect(printed().match(/TOTAL EUR/g)).toHaveLength(2);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC p and DLE DC4 open a drawer
  expect(printed().match(/\x1bp|\x10\x14\x01/g)).toHaveLength(2);
  await own.end();
  await printer.close();
});

test('a payment that got no answer is settled once the till is back', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await page.keyboard.press('F9');
  await page.getByLabel('Cash received').waitFor();
  await till.unplug();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Whether the sale was saved is not known yet')).toBeVisible();
  await till.plugIn();
  await expect(page.getByText('Change due', { exact: true })).toBeVisible();
  expect(await newSales()).toHaveLength(1);
});

test('the sale is there again after the till was killed, and after the page was', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await scanPack(page, 'drops');
  await page.reload();
  await expect(lines(page)).toHaveCount(2);
  await till.restart();
  await signInAs(page, 'cashier');
  await expect(lines(page)).toHaveCount(2);
  await expect(total(page)).toHaveText('€8.32');
});

test('locked, the sale waits for whoever signs in', async ({ page }) => {
  await signInAs(page, 'cashier');
  await scanPack(page, 'syrup');
  await page.keyboard.press('Control+l');
  await expect(page.getByText('A sale is waiting here')).toBeVisible();
  await page.keyboard.press('Escape');
  await signInAs(page, 'manager');
  await expect(lines(page)).toHaveCount(1);
});

const lines = (page: Page) => page.getByRole('list', { name: 'Lines' }).getByRole('listitem');
const total = (page: Page) => page.getByTestId('total');
const quantity = (page: Page) => lines(page).first().getByTestId('quantity');
/** The sales of this test, the latest first. */
const newSales = async () => (await till.sales()).slice(0, -salesBefore || undefined);

/** Scans and waits for what the screen makes of it: a line, a form, a refusal. */
async function scanPack(page: Page, name: PackName): Promise<void> {
  const before = await page.evaluate('document.body.innerText');
  await scanInto(page, ean(name));
  await page.waitForFunction((text) => document.body.innerText !== text, before);
}

/** Counts what a person does from here on, and not what the scanner strikes. */
async function countInput(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = { keys: 0, mouse: 0 };
    Reflect.set(window, 'counted', counted);
    window.addEventListener('keydown', ({ isTrusted }) => {
      if (isTrusted) counted.keys += 1;
    });
    for (const type of ['mousedown', 'mousemove', 'wheel', 'click'])
      window.addEventListener(
        type,
        (event) => {
          // Enter on a button clicks it without a mouse: then there is no click to count.
          if (event instanceof MouseEvent && (type !== 'click' || event.detail > 0)) counted.mouse += 1;
        },
        true,
      );
  });
}

/** Runs in the page: faster than any finger, each press one of its own. */
function pressEnterFiftyTimes(): void {
  const field = document.activeElement;
  for (let i = 0; i < 50; i += 1)
    field?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }),
    );
}
