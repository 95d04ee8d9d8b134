import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { SyncState } from '#shared/auth/calls.ts';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
} from '../../../build/e2e/till-screens.ts';
import { ean, openingMs, people } from '../../../build/proof/shop.ts';

let till: TillScreens;
test.beforeEach(async ({ page }) => {
  till = await openTillScreens();
  link({ link: 'offline', since: openingMs, lastPushAt: openingMs });
  await page.emulateMedia({ reducedMotion: 'reduce' });
});
test.afterEach(() => till.end());

test('what waits is told by kind, and Enter tries now', async ({ page }) => {
  await openStatus(page, { sales: 2 });
  await expect(page.getByRole('heading', { name: 'Offline since 10:00' })).toBeVisible();
  await expect(page.getByText('5 changes are safe and leave when HQ answers')).toBeVisible();
  await expect(row(page, 'Sales and tenders 2')).toBeVisible();
  await expect(row(page, 'Stock movements 2')).toBeVisible();
  await expect(row(page, 'All in 2 transactions 5')).toBeVisible();
  await expect(fact(page, 'HQ has, up to')).toHaveText(['–', 'this till is at S01-T01A-000002']);
  const tryNow = page.getByRole('button', { name: 'Try now' });
  await expect(tryNow).toBeFocused();
  let tried = 0;
  enrolled().link.now = async () => {
    tried += 1;
  };
  await page.keyboard.press('Enter');
  await expect.poll(() => tried).toBe(1);
  await expect(tryNow).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toBeVisible();
});

test('what HQ answers is seen at once, and nothing waiting is calm', async ({ page }) => {
  await openStatus(page, { sales: 2 });
  answered(1, 'at-hq');
  await expect(row(page, 'Sales and tenders 1')).toBeVisible();
  await expect(row(page, 'Stock movements 1')).toBeVisible();
  await expect(row(page, 'All in 1 transaction 2')).toBeVisible();
  await expect(fact(page, 'HQ has, up to')).toHaveText(['S01-T01A-000001', 'this till is at 000002']);
  answered(2, 'at-hq');
  link({ link: 'online', lastPushAt: openingMs });
  await expect(page.getByRole('heading', { name: 'Nothing is waiting' })).toBeVisible();
  await expect(page.getByText('HQ has everything this till made.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing needs you' })).toBeVisible();
});

test('the next try counts down with its reason', async ({ page }) => {
  link({ link: 'offline', trouble: 'restarting', nextTryAt: openingMs + 18_000 });
  await openStatus(page, {});
  await expect(fact(page, 'Next try')).toHaveText(['in 18 s', 'HQ is restarting']);
  till.clock.pass(11_000);
  await page.clock.setFixedTime(openingMs + 11_000);
  await expect(fact(page, 'Next try')).toHaveText(['in 7 s', 'HQ is restarting']);
  link({ link: 'offline', trouble: 'busy', nextTryAt: openingMs + 11_000 });
  await expect(fact(page, 'Next try')).toHaveText(['now', 'HQ is busy and asked to wait']);
});

for (const [shown, title, words] of [
  [{ link: 'offline', trouble: 'revoked' }, 'HQ has revoked this till', 'Ask HQ why'],
  [{ link: 'online', trouble: 'upgrade' }, 'This till needs an update', 'Install the newer version'],
  [{ link: 'off' }, 'Taken off the network at 10:00', 'Network on'],
  [{ link: 'offline', lastPushAt: null, lastPullAt: null }, 'Not connected since the start at 10:00', 'soon'],
] as const)
  test(`a till says so: ${title}`, async ({ page }) => {
    link({ since: openingMs, ...shown });
    await openStatus(page, {});
    await expect(page.getByRole('heading', { name: title }).first()).toBeVisible();
    await expect(page.getByRole('main')).toContainText(words);
  });

test('a refused change says why, what holds, and what to read out', async ({ page }) => {
  await openStatus(page, { sales: 3 });
  answered(1, 'refused', 'FACT_DIFFERS', 'sale 77');
  answered(3, 'refused', 'MISSING_RIGHT', 'sales.sell');
  answered(2, 'dismissed', 'BAD_ROW', 'qty_base');
  const pane = page.getByRole('main');
  await expect(pane).toContainText('2 refused');
  await expect(pane).toContainText('HQ did not take the sale S01-T01A-000003');
  await expect(pane).toContainText(
    'cashier had no right to do it at this store. The missing right is: to sell.',
  );
  await expect(pane).toContainText('What was done at the counter stands');
  await expect(pane).toContainText('Settled: given up at HQ');
  await page.keyboard.press('ArrowDown');
  await expect(pane).toContainText('HQ has another one under the same number already.');
  await page.keyboard.press('1');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('S01-T01A/1');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('d');
  await expect(dialog.getByRole('textbox')).toHaveValue(
    /dseq {4}1\nhash {4}[0-9a-f]{64}\n[\s\S]*FACT_DIFFERS[\s\S]*sale 77/,
  );
});

test('unsent work is saved to a file; without HQ’s key the screen says why not', async ({ page }) => {
  await openStatus(page, { sales: 1 });
  await page.keyboard.press('Control+s');
  await expect(page.getByText('HQ has not yet given this till the key')).toBeVisible();
  keepHqKey();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  expect(download.suggestedFilename()).toBe('pestle-S01-T01A-2026-11-24.pestle');
  const [header = ''] = readFileSync(await download.path(), 'latin1').split('\n', 1);
  expect(JSON.parse(header)).toMatchObject({ count: 1, firstDseq: 1, lastDseq: 1 });
  await expect(page.getByText('1 transaction is in the file')).toBeVisible();
});

test('a receipt says where it is: on this disk, at HQ, refused', async ({ page }) => {
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await scanInto(page, ean('syrup'));
  await page.getByRole('listitem').first().waitFor();
  await page.keyboard.press('F9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('HQ gets it when online')).toBeVisible();
  answered(1, 'at-hq');
  await expect(page.getByText('HQ has it')).toBeVisible();
  answered(1, 'refused', 'BAD_ROW');
  await expect(page.getByText('HQ did not take it')).toBeVisible();
});

const row = (page: Page, name: string) => page.getByRole('row', { name });
/** A name with its figure and what stands under it. */
const fact = (page: Page, name: string) => page.locator('dl > div').filter({ hasText: name }).locator('dd');

async function openStatus(page: Page, { sales = 0 }: { readonly sales?: number }): Promise<void> {
  await till.client.auth.signIn({ ...people.cashier });
  for (let i = 0; i < sales; i++) await sellOne();
  await till.client.auth.signOut();
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await page.keyboard.press('Control+j');
  await page.locator('dl').first().waitFor();
}

async function sellOne(): Promise<void> {
  const { client } = till;
  const { cart } = await client.sales.scan({ commandId: crypto.randomUUID(), code: ean('syrup'), packs: 1 });
  await client.sales.pay({
    commandId: crypto.randomUUID(),
    totalMinor: cart.totalMinor,
    tenders: [{ kind: 'cash', amountMinor: cart.cashDueMinor }],
  });
}

const enrolled = () => till.till.enrolled();

/** How the link stands; what waits is the journal's to say. */
function link(shown: Partial<SyncState>): void {
  const { link: real } = enrolled();
  const state = real.state.bind(real);
  real.state = () => ({ ...state(), ...shown });
  till.till.live.changed('sync');
}

/** What HQ's answer leaves in the journal. */
function answered(dseq: number, state: 'at-hq' | 'refused' | 'dismissed', reason = '', detail = ''): void {
  enrolled()
    .counter.db.prepare(`UPDATE journal SET state = ?, reason = ?, detail = ? WHERE dseq = ?`)
    .run(state, reason, detail, dseq);
  till.till.live.changed('sync');
}

function keepHqKey(): void {
  const key = String(generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x);
  enrolled()
    .counter.db.prepare(`INSERT INTO preference (key, value) VALUES ('hq-bundle-key', ?)`)
    .run(JSON.stringify(key));
}
