import { expect, type Page, test } from '@playwright/test';
import type { Change } from '#shared/replica/changeset.ts';
import { expectAccessible } from '../../../build/e2e/look.ts';
import { signInAtHq } from '../../../build/e2e/pages.ts';
import { root } from '../../../build/tools.ts';
import { createFirstAdmin, migrateSignIn } from '../../auth/sign-in.ts';
import { createOffice } from '../../http/office.ts';
import { startTestHq, type TestHq } from '../../intake/test-hq.ts';

const admin = { email: 'admin@hq.example', password: 'a long enough password', name: 'Amélie Fabre' };
let hq: TestHq;
let page: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  hq = await startTestHq({ office: (node) => createOffice(node, { webDir: `${root}/dist/web` }) });
  await migrateSignIn(hq.pool);
  await createFirstAdmin(hq.pool, admin);
  await hq.write([...catalogue, ...closes(hq.stores[0])]);
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await signInAtHq(page, hq.url, admin);
});
test.afterAll(() => hq.stop());

test('an offer is worded while it is typed, refused in place, made and ended', async () => {
  await page.goto(`${hq.url}/offers`);
  await expect(page.getByText('No offers yet')).toBeVisible();
  await page.getByRole('button', { name: 'New offer' }).click();
  await page.getByLabel('Name, as it stands on the receipt').fill('Autumn');
  await page.getByLabel('What it gives').selectOption('bundle');
  await page.getByLabel('Packs paid').fill('3');
  await page.getByLabel('Coupon code').fill('spring 26');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Fewer than are taken, and at least 1')).toBeVisible();
  await expect(page.getByText('Choose at least one pack')).toBeVisible();
  await page.getByLabel('Packs paid').fill('2');
  await page.getByLabel('Packs it is for').fill('solve');
  await expect(page.getByRole('button', { name: /^Solvétine/ })).toHaveCount(2);
  await page.getByLabel('Packs it is for').press('Enter');
  await expect(page.locator('p', { hasText: 'In words:' })).toContainText(
    /3 for 2, in any mix, of Solvétine, box 1: the cheapest are free, in every store, on .*, with coupon spring 26/,
  );
  await expectAccessible(page, 'a new offer');
  await page.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Autumn' });
  await expect(row).toContainText('SPRING26');
  await expect(row).toContainText('Running');
  await expectAccessible(page, 'offers');
  await row.getByRole('button', { name: 'End Autumn' }).click();
  await row.getByRole('button', { name: 'End “Autumn” now' }).click();
  await expect(row).toContainText('Ended');
});

test('a price list gets prices, pack by pack', async () => {
  await page.getByRole('tab', { name: 'Price lists' }).click();
  await page.getByRole('button', { name: 'New price list' }).click();
  await page.getByLabel('Name').fill('Staff');
  await page.getByLabel('Percent off what is not on the list').fill('12,5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row').filter({ hasText: 'Staff' }).click();
  await page.getByLabel('Pack', { exact: true }).fill('solve');
  await expect(page.getByRole('button', { name: /^Solvétine/ })).toHaveCount(2);
  await page.getByLabel('Pack', { exact: true }).press('Enter');
  await page.getByLabel('Price, EUR').fill('4.50');
  await page.getByRole('button', { name: 'Put on the list' }).click();
  const priced = page.getByRole('row').filter({ hasText: 'box 1' });
  await expect(priced).toContainText('6.00');
  await expect(priced).toContainText('4.50');
  await expect(page.getByRole('row').filter({ hasText: 'Staff' })).toContainText('12.5');
  await expectAccessible(page, 'a price list');
});

test('a role is made, and a right taken from one is gone', async () => {
  await page.goto(`${hq.url}/people`);
  await page.getByRole('tab', { name: 'Roles' }).click();
  await page.getByRole('button', { name: 'Add a role' }).click();
  await page.getByLabel('Name').fill('Evening');
  await page.getByLabel('Sell, hold, take payment').check();
  await page.getByLabel('Open the drawer without a sale').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: /^Edit Evening/ }).click();
  await page.getByLabel('Open the drawer without a sale').uncheck();
  await expect(page.getByText('1 right taken away. 0 people have this role.')).toBeVisible();
  await expectAccessible(page, 'a role');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expectAccessible(page, 'roles');
  const { rows } = await hq.pool.query(`SELECT permissions FROM role WHERE name = 'Evening'`);
  expect(rows).toEqual([{ permissions: ['sales.sell'] }]);
});

test('a Z-report that has not come is named, one that has opens with its variance', async () => {
  await page.goto(`${hq.url}/z-reports`);
  await expect(page.getByRole('region', { name: 'To look into' })).toContainText(
    'S01-T01AZ-000002 has not come',
  );
  await page.getByRole('row').filter({ hasText: 'S01-T01AZ-000003' }).click();
  const detail = page.getByRole('complementary', { name: 'S01-T01AZ-000003' });
  await expect(detail).toContainText('−5.00');
  await expectAccessible(page, 'Z-reports');
});

const catalogue: Change[] = [
  {
    ...{ t: 'medicine', op: 'set', id: 'medicine-1' },
    cols: {
      ...{ kind: 'medicine', brand: 'Solvétine', generics: [], form: '', route: '', holder: '', tallMan: '' },
      ...{ scheduleClass: 'general', genericGroup: '', discountAllowed: true, registerRef: '' },
    },
  },
  ...[1, 2].flatMap((i): Change[] => [
    {
      ...{ t: 'pack', op: 'set', id: `pack-${i}` },
      cols: {
        ...{ medicineId: 'medicine-1', label: `box ${i}`, packSize: 16, baseUnit: 'tablet', breakable: true },
        ...{ taxClassId: 'tax', status: 'active', registerRef: '' },
      },
    },
    {
      ...{ t: 'price', op: 'set', id: `price-${i}` },
      cols: { packId: `pack-${i}`, storeId: null, priceMinor: 600, validFrom: '2026-01-01' },
    },
  ]),
];

/** The first and the third Z-report of a till. */
const closes = (storeId: string): Change[] =>
  [1, 3].map((zN) => ({
    ...{ t: 'shift_close', op: 'insert' },
    row: {
      ...{ id: `close-${zN}`, storeId, tillId: 'till-1', shiftId: `shift-${zN}`, zSeries: 'S01-T01AZ', zN },
      ...{ zNo: `S01-T01AZ-00000${zN}`, at: Date.now() - 3_600_000 / zN, businessDate: '2026-11-17' },
      ...{ actorId: 'cashier', expected: [cash(10_500), card], varianceMinor: -500, reason: null },
      ...{ counted: [cash(10_000), card], denominations: [{ minor: 5000, count: 2 }], leftMinor: 10_000 },
      ...{ totals, grandTotalMinor: 20_000, chainHead: 'a17b44e09c2d11f05e' },
    },
  }));
const cash = (amountMinor: number) => ({ kind: 'cash', amountMinor }) as const;
const card = { kind: 'card', amountMinor: 4220 } as const;
const totals = {
  ...{ sales: 2, salesMinor: 4720, returns: 0, returnsMinor: 0, discountMinor: 0, cashRoundingMinor: 0 },
  ...{
    payInMinor: 0,
    payOutMinor: 0,
    noSales: 0,
    taxes: [{ taxPct3: [2100], baseMinor: 980, taxMinor: 20 }],
  },
};
