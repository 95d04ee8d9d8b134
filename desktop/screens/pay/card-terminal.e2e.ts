import { expect, type Page, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
} from '../../../build/e2e/till-screens.ts';
import { hearFromHq } from '../../../build/proof/open-shop.ts';
import { ean, storeId } from '../../../build/proof/shop.ts';
import { type SimulatedTerminal, startSimulatedTerminal } from '../../devices/terminal/simulated.ts';
import { createTcpTerminal } from '../../devices/terminal/tcp-terminal.ts';

let terminal: SimulatedTerminal;
let till: TillScreens;
test.beforeAll(async () => {
  terminal = await startSimulatedTerminal();
  const address = { host: '127.0.0.1', port: terminal.port };
  const client = createTcpTerminal({ address, answerMs: 700, askMs: 100 });
  till = await openTillScreens({}, { devices: { terminal: client } });
});
test.beforeEach(() => till.reset());
test.afterAll(async () => {
  await till.end();
  await terminal.close();
});

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const unknown = (page: Page) => page.getByRole('region', { name: 'The terminal did not answer' });
const paid = (page: Page) => page.getByRole('heading', { name: 'Paid', exact: true });
const bookedMinor = () => terminal.booked().map(({ amountMinor }) => amountMinor);

/** A sale of one syrup, up to the card. */
async function payByCard(page: Page): Promise<void> {
  await scanInto(page, ean('syrup'));
  await page.getByRole('listitem').first().waitFor();
  await press(page, 'F9', 'Alt+2', 'Enter');
}

test('cash in another currency is shown at its worth, and its change in the store’s own', async ({
  page,
}) => {
  const value = [{ currency: 'USD', ratePpm: 920_000 }];
  hearFromHq(till, [
    { t: 'setting', op: 'set', id: 'rates', cols: { storeId, key: 'sales.foreign-cash', value } },
  ]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await scanInto(page, ean('syrup'));
  await page.getByRole('listitem').first().waitFor();
  await press(page, 'F9');
  await expect(page.getByRole('button', { name: 'Cash in USD' })).toBeVisible();
  await press(page, 'Alt+6');
  // 5.42 × 0.92 = 4.9864: the least that is enough for 4.99.
  await expect(page.getByRole('textbox', { name: 'worth €4.99' })).toHaveAttribute('placeholder', '5.42');
  await page.keyboard.type('10', { delay: 60 });
  await expect(page.getByRole('textbox', { name: 'worth €9.20' })).toBeVisible();
  await look(page, 'pay-foreign');
  await press(page, 'Enter');
  await expect(paid(page)).toBeVisible();
  const [sale] = await till.sales();
  expect(sale).toMatchObject({ changeMinor: 421, tenders: [{ kind: 'cash', amountMinor: 920 }] });
});

test('a terminal that is late, says all twice or says nothing charges once, and is settled by keys', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');

  terminal.behave('twice');
  await payByCard(page);
  await expect(paid(page)).toBeVisible();
  expect(bookedMinor()).toEqual([499]);
  await press(page, 'Enter');

  // Late: unknown at first, then it says that it was approved. The sale is completed at once.
  terminal.behave('silent');
  await payByCard(page);
  await expect(page.getByText('The terminal is asked for €4.99')).toBeVisible();
  await expect(unknown(page)).toBeVisible();
  await look(page, 'card-unknown');
  terminal.speak();
  await press(page, 'Enter');
  await expect(page.getByText('The terminal is asked for €4.99')).toBeVisible();
  await expect(unknown(page)).toBeVisible();
  terminal.behave('late');
  await press(page, 'Enter');
  await expect(paid(page)).toBeVisible();
  expect(bookedMinor()).toEqual([499, 499]);
  await press(page, 'Enter');

  // Not at all: it survives leaving the payment and a restart; the slip says that it was approved.
  terminal.behave('silent');
  await payByCard(page);
  await expect(unknown(page)).toBeVisible();
  await press(page, 'Escape');
  await till.restart();
  await signInAs(page, 'cashier');
  await press(page, 'F9');
  await expect(unknown(page)).toBeVisible();
  await page.keyboard.type('000077', { delay: 60 });
  await press(page, 'Enter');
  const taken = page.getByRole('region', { name: '€4.99 was taken by card already' });
  await expect(taken).toBeVisible();
  await look(page, 'card-taken');
  await press(page, 'Enter');
  await expect(paid(page)).toBeVisible();
  expect(bookedMinor()).toEqual([499, 499, 499]);
  await press(page, 'Enter');

  // The slip says that nothing was charged: it is paid in cash.
  terminal.behave('silent');
  await payByCard(page);
  await expect(unknown(page)).toBeVisible();
  await press(page, 'Control+Delete');
  await expect(unknown(page)).toBeHidden();
  await press(page, 'Alt+1', 'Enter');
  await expect(paid(page)).toBeVisible();
  // In one millisecond of a clock that stands still their order is nobody's.
  const sales = await till.sales();
  expect(sales.flatMap(({ tenders }) => tenders).filter(isCashOf499)).toHaveLength(1);
  expect(sales).toHaveLength(5);
});

test('what goes back to a card is asked of the terminal: unknown, it has its screen, and is settled by keys once', async ({
  page,
}, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  terminal.behave('prompt');
  const before = bookedMinor().length;
  await payByCard(page);
  await expect(paid(page)).toBeVisible();
  const [sale] = await till.sales();
  await press(page, 'Enter', 'F11');
  await scanInto(page, sale?.receiptNo ?? '');
  await press(page, '+');
  await expect(page.getByTestId('total')).toContainText('4.99');
  await expect(page.getByPlaceholder('Empty: the terminal gives it back')).toBeVisible();
  terminal.behave('silent');
  await press(page, 'F9');
  await expect(page.getByText('The terminal is asked to give €4.99 back')).toBeVisible();
  await expect(unknown(page)).toBeVisible();
  await look(page, 'refund-unknown');
  // It survives leaving the screen and a restart.
  await press(page, 'Escape');
  await till.restart();
  await signInAs(page, 'cashier');
  await press(page, 'F11');
  await expect(unknown(page)).toContainText(sale?.receiptNo ?? '');
  await page.screenshot({ path: info.outputPath('refund-unknown.png') });
  terminal.behave('prompt');
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Goods taken back' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('4.99');
  expect(bookedMinor().slice(before)).toEqual([499, -499]);
  await press(page, 'Enter', 'F11');
  await scanInto(page, sale?.receiptNo ?? '');
  await expect(page.getByText('all returned')).toBeVisible();
});

const isCashOf499 = ({ kind, amountMinor }: { kind: string; amountMinor: number }) =>
  kind === 'cash' && amountMinor === 499;
