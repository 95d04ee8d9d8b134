import { expect, test } from '@playwright/test';
import { look } from '../../../build/e2e/look.ts';
import {
  openPage,
  openTillScreens,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { commandId, hearFromHq, payCash, scanPack } from '../../../build/proof/open-shop.ts';
import { openingMs, people, storeId } from '../../../build/proof/shop.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
});
test.afterAll(() => till.end());

/** A syrup that came back here and, while the line was down, at the other counter. */
async function refundTwice(): Promise<string> {
  await till.client.auth.signIn({ ...people.cashier });
  const { cart } = await scanPack(till, 'syrup');
  const { saleId, receiptNo } = await payCash(till, cart);
  const [line] = (await till.client.sales.returns.sale({ saleId })).lines;
  const saleLineId = line?.saleLineId ?? '';
  await till.client.sales.returns.make({
    ...{ commandId: commandId(), saleId, kind: 'return', totalMinor: 499, reason: 'changed-mind' },
    lines: [{ saleLineId, qtyBase: 1, place: 'shelf' }],
  });
  const made = {
    ...{
      id: 'r1',
      storeId,
      tillId: 't2',
      returnNo: 'S01-T02AR-000001',
      returnSeries: 'S01-T02AR',
      returnN: 1,
    },
    ...{ at: openingMs + 60_000, businessDate: '2026-11-24', cashierId: 'x', shiftId: null, kind: 'return' },
    ...{ saleId, saleReceiptNo: null, customerId: null, authorisedBy: null, reason: 'other' },
    ...{ currency: 'EUR', taxMode: 'inclusive', lineCount: 1, taxMinor: 0, totalMinor: 499 },
    cashRoundingMinor: 0,
  };
  const back = {
    ...{ id: 'l1', returnId: 'r1', storeId, lineNo: 1, saleLineId, packId: 'p', batchId: null, name: 'x' },
    ...{ qtyBase: 1, packSize: 1, baseUnit: 'bottle', amountMinor: 499, taxMinor: 0, taxClassId: 't' },
    ...{ taxPct3: [2100], place: 'shelf' },
  };
  hearFromHq(till, [
    { t: 'till', op: 'set', id: 't2', cols: { storeId, code: 'T02', name: 'Counter 2' } },
    { t: 'sale_return', op: 'insert', row: made },
    { t: 'sale_return_line', op: 'insert', row: back },
  ]);
  await till.client.auth.signOut();
  return receiptNo;
}

test('by keys alone: the palette says what came back twice, and a note settles it', async ({ page }) => {
  const receiptNo = await refundTwice();
  await openPage(page, till);
  await signInAs(page, 'manager');
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Returned twice 1 to settle' }).click();
  await expect(page.getByRole('option', { name: receiptNo })).toBeVisible();
  await expect(page.getByText('Counter 2')).toBeVisible();
  await look(page, 'returned-twice');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Enter');
  await typeByHand(page, 'one bottle');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing to settle')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toBeFocused();
});
