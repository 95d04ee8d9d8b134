import { expect, type Page, test } from '@playwright/test';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import { expectAccessible } from '../../../build/e2e/look.ts';
import { signInAtHq } from '../../../build/e2e/pages.ts';
import { root } from '../../../build/tools.ts';
import { listFlags } from '../../auth/back-office-quarantine.ts';
import { reviewFlag } from '../../auth/review-flag.ts';
import { addOfficePerson, createFirstAdmin, migrateSignIn } from '../../auth/sign-in.ts';
import { createOffice } from '../../http/office.ts';
import { createIntake } from '../../intake/push.ts';
import { saleRows, type TestDevice, testId } from '../../intake/test-device.ts';
import { startTestHq, type TestHq } from '../../intake/test-hq.ts';

const admin = { email: 'admin@hq.example', password: 'a long enough password', name: 'Amélie Fabre' };
const packId = testId();
const [a, b] = [testId(), testId()];

let hq: TestHq;
let till: TestDevice;
let page: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  hq = await startTestHq({ office: (node) => createOffice(node, { webDir: `${root}/dist/web` }) });
  await migrateSignIn(hq.pool);
  await createFirstAdmin(hq.pool, admin);
  till = await hq.device();
  await hq.write([tillOf(till), ...shelf(till.storeId)]);
  await push([moved(a, -1)]);
  await hq.write([{ t: 'device', op: 'set', id: till.device, cols: { revoked: true } }]);
  for (const receiptN of [1, 2, 3]) await push(saleRows({ ...till, receiptN }));
  // Without motion there is no half-faded dialog to measure.
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await signInAtHq(page, hq.url, admin);
  await page.goto(`${hq.url}/sync-health`);
});
test.afterAll(() => hq.stop());

test('an auditor reads what is to review and is offered nothing to decide', async ({ browser }) => {
  const who = async (email: string, role: string) => {
    const added = await addOfficePerson(hq.pool, { email, role, name: role });
    if (!added.ok) throw new Error(added.error.code);
    const own = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    await signInAtHq(own, hq.url, added.value);
    await own.goto(`${hq.url}/sync-health`);
    return own;
  };
  const auditor = await who('auditor@hq.example', 'Auditor');
  await expect(auditor.getByText('Batch A2207 stands at −1.')).toBeVisible();
  await expect(
    auditor.getByRole('button', { name: /^(Reviewed|Swap batch|Import an outage file)/ }),
  ).toHaveCount(0);
  await auditor.goto(`${hq.url}/people`);
  await expect(auditor.getByRole('tab', { name: /^Roles/ })).toBeVisible();
  await expect(auditor.getByRole('button', { name: /^Add a/ })).toHaveCount(0);
  await auditor.context().close();

  const office = await who('office@hq.example', 'HQ');
  await expect(reviews(office)).toHaveCount(3);
  const roleId = `(SELECT id FROM role WHERE name = 'Auditor')`;
  await hq.pool.query(`UPDATE hq_user SET role_id = ${roleId} WHERE email = 'office@hq.example'`);
  await reviews(office).first().click();
  await expect(office.getByRole('alert')).toContainText('It takes the right “');
  await office.context().close();
});

test('what is to review can be read, and used without a mouse', async () => {
  const swap = page.getByRole('button', { name: 'Swap batch: Sold more than there was: Aerolide, 100 µg' });
  await expect(row(swap)).toContainText('Batch A2207 stands at −1. Suggested: take from B1140');
  await expect(reviews(page)).toHaveCount(3);
  await expectAccessible(page, 'sync health, with what is to review');
  await swap.focus();
  await page.keyboard.press('Enter');
  await expect(swap).toBeHidden();
  expect(await onHand()).toEqual({ [a]: 0, [b]: 11 });
  await expect(reviews(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reviews(page)).toHaveCount(2);
  await expect(reviews(page).first()).toBeFocused();
  expect((await listFlags(hq.pool, {})).rows).toHaveLength(2);
});

test('who comes second to a flag is told who was first', async () => {
  const [flag] = (await listFlags(hq.pool, {})).rows;
  await reviewFlag(hq.pool, { id: flag?.id ?? '', actor: 'Bruno', auditId: testId() });
  await reviews(page).first().click();
  await expect(page.getByRole('alert')).toContainText('Bruno has reviewed this already');
  await expect(reviews(page)).toHaveCount(1);
  await reviews(page).click();
  await expect(page.getByText('Nothing to review.')).toBeVisible();
});

test('nothing is moved on other books than those that were shown', async () => {
  await push([moved(a, -1)]);
  await page.reload();
  const swap = page.getByRole('button', { name: /^Swap batch/ });
  await expect(row(swap)).toContainText('stands at −1');
  await push([moved(a, -1)]);
  await swap.click();
  await expect(page.getByRole('alert')).toContainText('The books have changed meanwhile');
  await expect(row(swap)).toContainText('stands at −2');
  expect(await onHand()).toEqual({ [a]: -2, [b]: 11 });
});

test('a swap that was made at the store too is taken back once', async () => {
  await page.getByRole('button', { name: /^Swap batch/ }).click();
  await expect(page.getByRole('button', { name: /^Swap batch/ })).toBeHidden();
  expect(await onHand()).toEqual({ [a]: 0, [b]: 9 });
  const atTheStore: Document = {
    kind: 'adjust',
    documentId: 'at the store',
    documentLine: 2,
    reason: 'batch-swap',
  };
  await push([moved(a, 2, atTheStore), moved(b, -2, atTheStore)]);
  await page.reload();
  const undo = page.getByRole('button', { name: 'Undo one swap: Swapped twice: Aerolide, 100 µg' });
  await expect(row(undo)).toContainText('Batch A2207 has 2 too many, B1140 as many too few.');
  await undo.click();
  await expect(undo).toBeHidden();
  expect(await onHand()).toEqual({ [a]: 0, [b]: 9 });
});

test('goods that came back twice are settled by a note, with who took them back and when', async () => {
  const sold = saleRows({ ...till, receiptN: 9, series: 'S01-T02A' });
  await push(sold);
  const [line] = sold.flatMap((c) => (c.op === 'insert' && c.t === 'sale_line' ? [c.row] : []));
  for (const n of [1, 2]) await push(takeBack(n, { saleId: line?.saleId, saleLineId: line?.id }));
  await page.reload();
  const title = 'Returned twice: goods of receipt S01-T02A-000009';
  const settle = page.getByRole('button', { name: `Settle: ${title}` });
  await expect(row(settle)).toContainText('S01-T02AR-000002, Dispensary');
  await settle.click();
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog.getByLabel('What was found')).toBeFocused();
  await expectAccessible(page, 'what came back twice');
  await page.keyboard.type('Both customers were asked.');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(settle).toBeHidden();
});

const reviews = (on: Page) => on.getByRole('button', { name: /^Reviewed: / });
const row = (button: ReturnType<Page['getByRole']>) => page.getByRole('row').filter({ has: button });

async function push(changes: readonly Change[]): Promise<void> {
  const taken = await createIntake(hq.pool).takeBatch(till, {
    ...{ changesets: [till.make(changes)], waiting: 0, oldestAt: null, version: 'test' },
  });
  if (!taken.ok || taken.value.verdicts.some(({ verdict }) => verdict === 'refused'))
    throw new Error(JSON.stringify(taken));
}

/** All of a line came back, for the n-th time. */
function takeBack(n: number, of: { readonly saleId: unknown; readonly saleLineId: unknown }): Change[] {
  const { storeId, tillId } = till;
  const id = testId();
  const row = {
    ...{ id, storeId, tillId, returnNo: `S01-T02AR-00000${n}`, returnSeries: 'S01-T02AR', returnN: n },
    ...{
      at: Date.now(),
      businessDate: '2026-11-24',
      cashierId: 'cashier',
      kind: 'return',
      saleId: of.saleId,
    },
    ...{ reason: 'other', currency: 'EUR', taxMode: 'inclusive', lineCount: 1, taxMinor: 10 },
    ...{ totalMinor: 500, cashRoundingMinor: 0 },
  };
  const line = {
    ...{ id: testId(), returnId: id, storeId, lineNo: 1, saleLineId: of.saleLineId, packId, name: 'x' },
    ...{ qtyBase: 16, packSize: 16, baseUnit: 'tablet', amountMinor: 500, taxMinor: 10, taxClassId: 'tax-1' },
    ...{ taxPct3: [2100], place: 'destruction' },
  };
  return [
    { t: 'sale_return', op: 'insert', row },
    { t: 'sale_return_line', op: 'insert', row: line },
  ];
}

const tillOf = ({ tillId, storeId }: TestDevice): Change => ({
  ...{ t: 'till', op: 'set', id: tillId },
  cols: { storeId, code: 'T02', name: 'Dispensary' },
});

/** None of batch A, twelve of B. */
const shelf = (storeId: string): Change[] => [
  { t: 'medicine', op: 'set', id: 'medicine-1', cols: medicine },
  { t: 'pack', op: 'set', id: packId, cols: pack },
  batch(storeId, { id: a, code: 'A2207', expiresOn: '2098-01-31' }),
  batch(storeId, { id: b, code: 'B1140', expiresOn: '2098-06-30' }),
  moved(b, 12),
];
const medicine = {
  ...{ kind: 'medicine', brand: 'Aerolide', generics: [], form: 'aerosol', route: 'inhaled', holder: '' },
  ...{ scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: true, registerRef: '' },
};
const pack = {
  ...{ medicineId: 'medicine-1', label: '100 µg', packSize: 1, baseUnit: 'inhaler', breakable: false },
  ...{ taxClassId: 'tax-1', status: 'active', registerRef: '' },
};
const batch = (
  storeId: string,
  { id, ...named }: { readonly id: string; readonly code: string; readonly expiresOn: string },
): Change => ({
  ...{ t: 'batch', op: 'set', id },
  cols: { storeId, packId, ...named, receivedAt: 1, costMinor: 0, costQtyBase: 1, packPriceMinor: null },
});
type Document = Pick<RowOf<'stock_movement'>, 'kind' | 'documentId' | 'documentLine' | 'reason'>;
const moved = (batchId: string, qtyBase: number, document: Partial<Document> = {}): Change => ({
  t: 'stock_movement',
  op: 'insert',
  row: {
    ...{ id: testId(), storeId: till.storeId, batchId, packId, kind: qtyBase > 0 ? 'receive' : 'sell' },
    ...{ qtyBase, documentId: 'd', documentLine: null, at: Date.now(), businessDate: '2026-11-24' },
    ...{ actorId: 'cashier', reason: null },
    ...document,
  },
});

async function onHand(): Promise<Record<string, number>> {
  const { rows } = await hq.pool.query<{ id: string; qty: number }>(
    'SELECT batch_id AS id, qty_base AS qty FROM on_hand WHERE pack_id = $1',
    [packId],
  );
  return Object.fromEntries(rows.map(({ id, qty }) => [id, qty]));
}
