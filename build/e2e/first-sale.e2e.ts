import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { createWorld, type RunningTill, type World } from '../demo/world.ts';
import { demoScans } from '../demo-data/scans.ts';
import { demoStock } from '../demo-data/stock.ts';
import { type Seed, writeSeed } from '../seed.ts';
import { root } from '../tools.ts';
import { expectAccessible } from './look.ts';
import { field, payExactCash, scan, signInAtHq, signInAtTill } from './pages.ts';

/** The French register where it lies beside the project, else the few rows of it made for tests. */
const realRegister = resolve(root, '../shared/data/bdpm2022');
const register = existsSync(realRegister)
  ? realRegister
  : join(root, 'sync-server/catalog/fixtures/register');
const pharmacist = { name: 'Nadia Vercors', pin: '480215' };

/** Made in beforeAll: Playwright reads this file in processes that run nothing of it. */
let world: World;
let hqUrl: string;
let seed: Seed;
let till: RunningTill;
let office: Page;
let counter: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  world = createWorld();
  if (register !== realRegister)
    console.log('The real register is not here: its few test rows are imported.');
  const file = join(world.folder, 'seed.ndjson');
  const written = await writeSeed({ file, catalog: register, nowMs: Date.now(), history: false });
  if (!written.ok) throw new Error(written.error.code);
  seed = written.value;
  hqUrl = (await world.startHq('--seed', file)).url;
  office = await (await browser.newContext()).newPage();
  counter = await (await browser.newContext()).newPage();
  for (const page of [office, counter]) page.setDefaultTimeout(20_000);
});
test.afterAll(() => world.end());
/** The pages outlive each test, so that Playwright takes no pictures of them by itself. */
test.afterEach(async ({ browserName: _ }, info) => {
  if (info.status === info.expectedStatus) return;
  await office.screenshot({ path: info.outputPath('office.png') });
  await counter.screenshot({ path: info.outputPath('counter.png') });
});

test('the register is imported in the back office', async () => {
  test.setTimeout(120_000);
  await signInAtHq(office, hqUrl, world.hqSignIn());
  await office.goto(`${hqUrl}/catalogue/import`);
  await office.getByLabel('Files to import').setInputFiles(globSync(join(register, '*.txt')));
  await office.getByRole('button', { name: 'Start dry run' }).click();
  const apply = office.getByRole('button', { name: 'Apply to catalogue' });
  await expect(apply).toBeEnabled({ timeout: 60_000 });
  await expectAccessible(office, 'the dry run');
  await apply.click();
  await expect(office.getByText(/Applied on/)).toBeVisible({ timeout: 60_000 });
});

test('a new till joins with a code and a cashier signs in', async () => {
  await office.goto(`${hqUrl}/stores`);
  await office.getByRole('button', { name: 'Enrol S01-T01' }).click();
  await office.getByRole('button', { name: 'Make a code' }).click();
  const code = await office.getByLabel('Enrolment code').innerText();
  await expectAccessible(office, 'stores and tills');
  till = await world.startTill('S01-T01');
  await counter.goto(till.screen);
  await expect(counter.getByRole('heading', { name: 'Welcome to Pestle' })).toBeVisible();
  await expectAccessible(counter, 'first run');
  await counter.getByLabel('HQ address').fill(hqUrl);
  await counter.getByLabel(/^Code/).fill(code);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('radio', { name: pharmacist.name })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(counter, 'sign-in at the till');
  await signInAtTill(counter, pharmacist);
});

test('a scanned pack is sold for cash, and HQ sees the sale arrive', async () => {
  await office.goto(`${hqUrl}/sales`);
  await expect(office.getByText('Live', { exact: true })).toBeVisible();
  const receiptNo = await sellOne(0);
  await expectAccessible(counter, 'paid');
  await expect(counter.locator('#receipt-text')).toContainText(receiptNo);
  await expect(office.getByRole('row', { name: receiptNo })).toBeVisible();
  await expectAccessible(office, 'sales');
  await expectSalesInReport(1);
});

test('with HQ down the till sells on, and HQ has the sale when it is back', async () => {
  test.setTimeout(120_000);
  await office.goto(`${hqUrl}/sales`);
  await expect(office.getByText('Live', { exact: true })).toBeVisible();
  await world.stopHq();
  await counter.keyboard.press('Enter');
  const receiptNo = await sellOne(1);
  const bar = counter.getByRole('banner');
  await expect(bar).toContainText(/Offline since \d/);
  await expect(bar).toContainText('1 waiting');
  await expectAccessible(counter, 'paid, offline');
  await world.startHq();
  await expect(bar).toContainText('Online', { timeout: 60_000 });
  await expect(office.getByRole('row', { name: receiptNo })).toBeVisible({ timeout: 30_000 });
  await expectSalesInReport(2);
});

/** Scans a pack of the register by its EAN-13, looks at the sale, pays, and gives the receipt's number. */
async function sellOne(which: number): Promise<string> {
  const { ean13, name } = shelf()[which] ?? { ean13: '', name: '' };
  await expect(field(counter)).toBeFocused();
  await scan(counter, ean13);
  const line = counter.getByRole('list', { name: 'Lines' }).getByRole('listitem');
  await expect(line).toHaveCount(1);
  await expect(line).toContainText(name);
  if (which === 0) await expectAccessible(counter, 'sell');
  return payExactCash(counter);
}

/** Packs of the register that a pharmacist may sell, with stock that lasts, by name. */
function shelf(): readonly { readonly ean13: string; readonly name: string }[] {
  const store = seed.demo.organisation.stores[0];
  if (store === undefined) throw new Error('the demo has no store');
  const { batches, range } = demoStock(seed.options, { store, register: seed.register });
  const fresh = batches.filter(({ expiresOn }) => expiresOn > LASTING);
  const sold = new Map(
    range.filter(({ scheduleClass }) => scheduleClass !== 'controlled').map((pack) => [pack.packId, pack]),
  );
  const brands = new Map(seed.register.medicines.map(({ id, brand }) => [id, brand]));
  const brandOf = new Map(
    seed.register.packs.map(({ id, medicineId }) => [id, brands.get(medicineId) ?? '']),
  );
  return [...demoScans(fresh, seed.register.packCodes)].flatMap(({ packId, ean13 }) =>
    ean13 !== null && sold.has(packId) ? [{ ean13, name: brandOf.get(packId) ?? '' }] : [],
  );
}
/** Stock that expires after this day is in date whenever this runs. */
const LASTING = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

/** The day report of the store counts these sales, and their sum is the till's own. */
async function expectSalesInReport(sales: number): Promise<void> {
  const [own] = await till.till.sales.dayTotals({});
  expect(own?.sales).toBe(sales);
  await office.goto(`${hqUrl}/day-report`);
  const row = office.getByRole('row', { name: /Pharmacie du Pont/ });
  const total = ((own?.totalMinor ?? 0) / 100).toFixed(2);
  await expect(
    row
      .getByRole('cell')
      .filter({ hasText: new RegExp(`^${sales}$`) })
      .first(),
  ).toBeVisible();
  await expect(row).toContainText(total.replace(/\B(?=(\d{3})+\.)/g, ','));
  if (sales === 1) await expectAccessible(office, 'the day report');
}
