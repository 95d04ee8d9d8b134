import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { handClock, openShop, payCash, refusalOf, scanPack } from '../../../build/proof/open-shop.ts';
import { storeId } from '../../../build/proof/shop.ts';
import { memoryVault, reopenTestTill } from '../../hosts/test.ts';
import { makePapers } from '../../hosts/test-papers.ts';
import type { KeyVault, VaultName } from '../ports.ts';
import { BACKUP_MARK, makeBackup } from '../store/backup.ts';

const clock = handClock();
let folder: string;
let old: KeyVault;
let made: Awaited<ReturnType<typeof makePapers>>;

/** A till that sold and was killed: a copy of its folder as it lay, its last sale in the WAL. */
beforeEach(async () => {
  const shop = await openShop({ clock });
  await payCash(shop, (await scanPack(shop, 'syrup')).cart);
  folder = join(mkdtempSync(join(tmpdir(), 'pestle-key-lost-')), 'till');
  cpSync(shop.folder, folder, { recursive: true, filter: (name) => !name.endsWith('-shm') });
  old = shop.vault;
  made = await makePapers(old, { storeId });
  await shop.close();
});
afterEach(async () => {
  await made.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

const open = (vault: KeyVault = memoryVault()) =>
  reopenTestTill({ folder, vault, clock, uptime: clock.uptime });

const databases = ['till.db', 'till.db-wal'];
const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const asTheyLie = (at = folder) => databases.map((name) => hashOf(join(at, name)));

/** Only some of a vault's values, as where a recovery was cut off or a vault of another folder lies here. */
function vaultWith(values: Partial<Record<VaultName, string>>): KeyVault {
  const vault = memoryVault();
  vault.set('chain-head', JSON.stringify({ inc: 1, dseq: 1 }));
  for (const name of ['database-key', 'device-key'] as const) {
    const value = values[name];
    if (value !== undefined) vault.set(name, value);
  }
  return vault;
}

test('a till whose key is gone says so, does nothing, and leaves its database as it lies', async () => {
  const before = asTheyLie();
  const till = open();
  expect(till.till.state()).toMatchObject({ phase: 'key-lost', why: 'gone', folder });
  expect(till.till.standing()).toMatchObject({ upkeep: true });
  const join = till.client.auth.join({ hqUrl: made.papers.hqUrl, code: 'ABCD-2345' });
  expect(await refusalOf(join)).toMatchObject({ code: 'ALREADY_ENROLLED', defined: true });
  expect(await refusalOf(scanPack(till, 'syrup'))).toMatchObject({ code: 'NOT_ENROLLED' });
  expect((await till.client.auth.diagnostics()).base64.length).toBeGreaterThan(100);
  await till.close();
  expect(asTheyLie()).toEqual(before);
  expect(readdirSync(folder).toSorted()).toEqual(databases);
});

test('a key that does not open the database is told from one that is gone, and touches nothing either', async () => {
  const expectUntouched = async (vault: KeyVault) => {
    const before = asTheyLie();
    const till = open(vault);
    expect(till.till.state()).toMatchObject({ phase: 'key-lost', why: 'other' });
    await till.close();
    expect(asTheyLie()).toEqual(before);
  };
  await expectUntouched(
    vaultWith({ 'database-key': 'ab'.repeat(32), 'device-key': old.get('device-key') ?? '' }),
  );
  // Cut down to nothing: SQLite would take the WAL for another's and delete it.
  writeFileSync(join(folder, 'till.db'), '');
  await expectUntouched(old);
});

test('each paper that does not fit is named, and the next try succeeds', async () => {
  const before = asTheyLie();
  const till = open();
  const { papers } = made;
  const asked = async (other: Partial<typeof papers>) => {
    const refusal = await refusalOf(till.client.auth.recover({ ...papers, ...other }));
    expect(refusal.defined).toBe(true);
    return refusal.data ? [refusal.code, refusal.data] : refusal.code;
  };
  const strange = await makePapers(vaultWith({ 'database-key': 'ab'.repeat(32) }), { storeId });
  expect(await asked({ sealed: '{"format":2}' })).toBe('BAD_SEALED_FILE');
  expect(await asked({ recoveryKey: 'abc' })).toBe('BAD_RECOVERY_KEY');
  expect(await asked({ recoveryKey: strange.typedKey })).toBe('WRONG_RECOVERY_KEY');
  expect(await asked({ sealed: strange.papers.sealed, recoveryKey: strange.typedKey })).toBe('NO_KEY_FITS');
  await strange.close();
  expect(asTheyLie()).toEqual(before);
  expect(await asked({ hqUrl: strange.papers.hqUrl })).toEqual(['HQ_REFUSED', { reason: 'HQ_UNREACHABLE' }]);
  expect(await asked({ hqUrl: 'http://hq.example' })).toEqual(['HQ_REFUSED', { reason: 'INSECURE_URL' }]);
  expect(await asked({ code: 'WORN-OUT2' })).toEqual(['HQ_REFUSED', { reason: 'used' }]);
  expect(till.till.state()).toMatchObject({ phase: 'key-lost', why: 'gone' });
  const typed = made.typedKey.replaceAll(/(.{8})/g, '$1 ');
  expect(await till.client.auth.recover({ ...papers, recoveryKey: typed })).toEqual({
    letter: 'B',
    waiting: 1,
  });
  expect(till.till.state()).toMatchObject({ phase: 'sign-in' });
  expect(await asked({})).toBe('KEY_NOT_LOST');
  expect((await till.client.sales.sales({ limit: 9 })).map(({ receiptNo }) => receiptNo)).toEqual([
    'S01-T01A-000001',
  ]);
  await till.close();
});

test('a recovery that HQ never answered is gone on with after a restart, and the till stays the recovered one', async () => {
  const vault = memoryVault();
  const first = open(vault);
  await refusalOf(first.client.auth.recover({ ...made.papers, hqUrl: 'http://127.0.0.1:9' }));
  await first.close();
  const second = open(vault);
  expect(second.till.state()).toMatchObject({ phase: 'key-lost', why: 'begun' });
  expect(await second.client.auth.recover(made.papers)).toMatchObject({ letter: 'B' });
  await second.close();
  const third = open(vault);
  expect(third.till.state().phase).toBe('sign-in');
  expect(third.till.enrolled().counter.identity.read().inc).toBe(2);
  await third.close();
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a backup takes the place of a database without a key, which is moved aside whole', async () => {
  const drive = join(folder, '../drive');
  cpSync(folder, drive, { recursive: true });
  writeFileSync(join(drive, BACKUP_MARK), '');
  const job = { file: join(drive, 'till.db'), keyHex: old.get('database-key') ?? '' };
  const series = { series: 'S01-T01A', till: 'S01-T01', at: clock.nowMs(), keep: 3 };
  const backup = makeBackup({ ...job, ...series, folder: drive });
  if (!backup.ok) throw new Error(backup.error);
  const path = join(drive, backup.value.fileName);
  const before = asTheyLie();
  const till = open();
  const papers = { ...made.papers, code: 'WORN-OUT2' };
  expect(await refusalOf(till.client.auth.restore({ path, papers }))).toMatchObject({ code: 'HQ_REFUSED' });
  expect(asTheyLie()).toEqual(before);
  expect(await till.client.auth.restore({ path, papers: made.papers })).toMatchObject({ letter: 'B' });
  expect(till.till.state().phase).toBe('sign-in');
  const aside = readdirSync(folder).find((name) => name.startsWith('replaced-')) ?? 'none';
  expect(asTheyLie(join(folder, aside))).toEqual(before);
  await till.close();
});
