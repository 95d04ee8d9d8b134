import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  cartOf,
  handClock,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { memoryVault, reopenTestTill } from '../../hosts/test.ts';
import { BACKUP_MARK } from '../store/backup.ts';
import { listBackups } from '../store/backup-files.ts';

const hour = 3_600_000;
const folderNamed = (name: string) => mkdtempSync(join(tmpdir(), `pestle-${name}-`));

let clock: ReturnType<typeof handClock>;
let shop: Awaited<ReturnType<typeof openShop>>;
let folder: string;
const warnings: unknown[] = [];
beforeEach(async () => {
  clock = handClock();
  warnings.length = 0;
  shop = await openShop({ clock, log: { warn: (event, details) => warnings.push({ event, ...details }) } });
  folder = join(folderNamed('drive'), 'pestle');
  mkdirSync(folder);
});
afterEach(() => shop.close());

const plan = (more = {}) => ({ folder, everyHours: 4, keep: 3, ...more });
async function stateOf({ client }: Pick<typeof shop, 'client'>) {
  for await (const state of await client.auth.backup()) return state;
  throw new Error('the state of backups is always there');
}

test('a manager chooses the folder, anybody signed in makes a backup; a folder that is none is refused', async () => {
  expect(await refusalOf(shop.client.auth.planBackups(plan()))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.settings.edit' }, defined: true },
  });
  expect(await refusalOf(shop.client.auth.backUpNow())).toMatchObject({ code: 'NO_BACKUP_FOLDER' });
  await signIn(shop, 'manager');
  for (const no of [join(folder, 'gone'), 'relative/folder'])
    expect(await refusalOf(shop.client.auth.planBackups(plan({ folder: no })))).toMatchObject({
      ...{ code: 'BACKUP_FAILED', data: { reason: 'no-folder' } },
    });
  expect((await stateOf(shop)).plan.folder).toBeNull();
  await shop.client.auth.planBackups(plan());
  await signIn(shop, 'cashier');
  const made = await shop.client.auth.backUpNow();
  expect(await stateOf(shop)).toMatchObject({ lastGood: made, lastFailed: null, running: false });
  await shop.client.auth.signOut();
  expect(await refusalOf(shop.client.auth.backUpNow())).toMatchObject({ code: 'NOT_SIGNED_IN' });
});

test('backups are made by themselves when they are due, and a failure is kept, told, and tried again', async () => {
  await signIn(shop, 'manager');
  await shop.client.auth.planBackups(plan());
  const { backups } = shop.till.enrolled();
  const made = () => listBackups(folder).length;
  await backups.look();
  await backups.look();
  expect([made(), (await stateOf(shop)).nextAt]).toEqual([1, clock.nowMs() + 4 * hour]);
  clock.pass(4 * hour);
  rmSync(join(folder, BACKUP_MARK));
  await backups.look();
  expect((await stateOf(shop)).lastFailed).toEqual({ at: clock.nowMs(), reason: 'no-folder' });
  expect(warnings).toEqual([{ event: 'backup-failed', reason: 'no-folder' }]);
  writeFileSync(join(folder, BACKUP_MARK), '');
  clock.pass(hour / 5);
  await backups.look();
  expect(made()).toBe(1);
  clock.pass(hour / 5);
  await backups.look();
  expect(made()).toBe(2);
});

/** The folder of a till whose database is gone, its vault and backups kept. */
async function lostAfterBackup() {
  await payCash(shop, (await scanPack(shop, 'syrup')).cart);
  await signIn(shop, 'manager');
  await shop.client.auth.planBackups(plan());
  await scanPack(shop, 'dolorane');
  await shop.client.auth.backUpNow();
  const [found] = listBackups(folder);
  return { path: join(folder, found?.fileName ?? ''), vault: shop.vault };
}

const emptyTill = ({ vault = memoryVault() } = {}) =>
  reopenTestTill({ folder: folderNamed('new'), vault, clock, uptime: clock.uptime });

test('a backup is found on a drive and restored with this machine’s vault, cart and all, under the next letter', async () => {
  const { path, vault } = await lostAfterBackup();
  const till = emptyTill({ vault });
  expect(await till.client.auth.findBackups({ place: join(folder, '..') })).toContainEqual(
    expect.objectContaining({ path, series: 'S01-T01A' }),
  );
  expect(await till.client.auth.restore({ path })).toEqual({ letter: 'B', waiting: 2 });
  expect((await cartOf(till)).lines).toMatchObject([{ name: 'Dolorane 500 mg' }]);
  await signIn(till, 'cashier');
  expect((await payCash(till, await cartOf(till))).receiptNo).toBe('S01-T01B-000001');
  expect(await refusalOf(till.client.auth.restore({ path }))).toMatchObject({ code: 'ALREADY_ENROLLED' });
  await till.close();
});

test('a restored till stays the restored one: its letter does not move at the next start', async () => {
  const { path, vault } = await lostAfterBackup();
  const place = folderNamed('new');
  const open = () => reopenTestTill({ folder: place, vault, clock, uptime: clock.uptime });
  const till = open();
  await till.client.auth.restore({ path });
  await till.close();
  const again = open();
  expect(again.till.enrolled().counter.identity.read().inc).toBe(2);
  await again.close();
});

test('what cannot be restored is refused with its reason, and the till stays as new', async () => {
  const { path, vault } = await lostAfterBackup();
  const till = emptyTill({ vault });
  const asked = (from: string) => refusalOf(till.client.auth.restore({ path: from }));
  expect(await asked(join(folder, 'gone'))).toMatchObject({ code: 'NO_BACKUP_FILE', defined: true });
  const cut = join(folder, 'cut.backup');
  copyFileSync(path, cut);
  writeFileSync(cut, Buffer.alloc(200_000, 7), { flag: 'r+' });
  expect(await asked(cut)).toMatchObject({ code: 'NEEDS_RECOVERY', defined: true });
  expect(await refusalOf(emptyTill().client.auth.restore({ path }))).toMatchObject({
    code: 'NEEDS_RECOVERY',
  });
  const papers = { sealed: '{}', recoveryKey: 'x', hqUrl: 'https://hq.example', code: 'ABCD-2345' };
  expect(await refusalOf(till.client.auth.restore({ path, papers }))).toMatchObject({
    code: 'BAD_SEALED_FILE',
  });
  expect(till.till.state()).toEqual({ phase: 'first-run' });
  expect(await till.client.auth.restore({ path })).toMatchObject({ letter: 'B' });
  await till.close();
});

test('what a till is in the middle of is what an update waits for', async () => {
  expect(shop.till.standing()).toMatchObject({ cartLines: 0, openCardAttempts: 0, upkeep: false });
  await scanPack(shop, 'syrup');
  const standing = shop.till.standing();
  expect(standing).toMatchObject({ cartLines: 1, hqUrl: expect.stringMatching(/^https?:/) });
  const { schema = 0, databaseBytes = 0, freeBytes = 0 } = standing ?? {};
  expect([schema > 5, databaseBytes > 100_000, freeBytes > 0]).toEqual([true, true, true]);
});
