import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyJournal } from '#shared/replica/verify-journal.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { type RecoverOptions, recoverTill } from '../../desktop/hosts/recover.ts';
import type { VaultName } from '../../desktop/till/ports.ts';
import { askToRejoin } from '../../desktop/till/replication/rejoin.ts';
import { openDatabase } from '../../desktop/till/store/open.ts';
import { saveTill } from '../../sync-server/auth/back-office-stores.ts';
import { revokeTill } from '../../sync-server/auth/enrol.ts';
import { createCode } from '../../sync-server/auth/enrolment-codes.ts';
import { giveSealedKey } from '../../sync-server/auth/sealed-key.ts';
import { openNewEpoch } from '../../sync-server/store/epoch.ts';
import { createVerifyTools } from '../verify/crypto.ts';
import { readTill, subjectOf } from '../verify/read-till.ts';
import { openDeadlyWay } from './deadly-way.ts';
import { openShop, type Shop, type ShopTill, until } from './shop.ts';

let shop: Shop;
let storeId: string;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(async () => {
  storeId = await shop.store();
});
afterAll(() => shop.stop());

/** A till whose three last movements HQ has not got, and which has been stopped. */
async function unsentTill() {
  const till = shop.till();
  const tillId = await till.join(storeId);
  till.move(-1);
  await till.settled();
  for (const qty of [-10, -100, -1000]) till.move(qty);
  till.edit('unsent');
  await till.close();
  return { folder: till.folder, tillId };
}

async function codeFor(tillId: string): Promise<string> {
  const code = await createCode(shop.hq.pool, tillId, Date.now());
  if (!code.ok) throw new Error(code.error.code);
  return code.value.code;
}

async function sealedKeyOf(tillId: string): Promise<string> {
  const { rows } = await shop.hq.pool.query<{ name: string }>(
    `SELECT s.code || '-' || t.code AS name FROM till t JOIN store s ON s.id = t.store_id WHERE t.id = $1`,
    [tillId],
  );
  const given = await giveSealedKey(shop.hq.pool, rows[0]?.name ?? '', { nowMs: Date.now(), actor: 'hq' });
  if (!given.ok) throw new Error(given.error.code);
  return JSON.stringify(given.value);
}

type Lost = { readonly folder: string; readonly tillId: string };

async function recover({ folder, tillId }: Lost, other: Partial<RecoverOptions> = {}) {
  return recoverTill({
    ...{ folder, hqUrl: shop.hq.url, migrations: 'migrations/sqlite', version: 'test' },
    vault: openFileVault(join(folder, 'vault.json')),
    sealed: other.sealed ?? (await sealedKeyOf(tillId)),
    recoveryKey: `# recovery key\n${shop.hq.recoveryKey}\n`,
    code: other.code ?? (await codeFor(tillId)),
    log: { warn: () => {} },
    ...other,
  });
}

const loseKeystore = ({ folder }: Lost) => rmSync(join(folder, 'vault.json'));

const rowsOf = async (sql: string, ...values: readonly unknown[]) =>
  (await shop.hq.pool.query(sql, [...values])).rows;
const devicesOf = (tillId: string) =>
  rowsOf('SELECT inc, revoked FROM device WHERE till_id = $1 ORDER BY inc', tillId);
const auditOf = async (tillId: string) =>
  (await rowsOf('SELECT action FROM audit_entry WHERE subject_id = $1 ORDER BY at', tillId)).map(
    ({ action }) => action,
  );
const incOf = (till: ShopTill) => till.counter().identity.read().inc;
const waitingIn = (till: ShopTill) => till.query(`SELECT 1 FROM journal WHERE state = 'waiting'`).length;

/** What can be found wrong with a till's journal, with the keys the till itself knows. */
function findingsIn(folder: string) {
  const { copy, keys } = readTill(folder);
  const keyOf = (device: string) => keys.get(device) ?? null;
  return verifyJournal(copy, { ...createVerifyTools(), keyOf, subjectOf });
}

/** Everything is at HQ and counted once, at both ends; the till's own words stand over nothing any more. */
async function expectWhole(till: ShopTill, sum: number) {
  await till.settled();
  expect([await shop.onHand(storeId), till.onHand()]).toEqual([sum, sum]);
  expect([waitingIn(till), till.query('SELECT 1 FROM pending_write').length]).toEqual([0, 0]);
}

test('a till without its keystore gets its database back, and HQ all that was in it', async () => {
  const lost = await unsentTill();
  loseKeystore(lost);
  const locked = shop.till(lost.folder);
  expect(locked.running.state()).toMatchObject({ phase: 'key-lost', why: 'gone' });
  await locked.close();
  expect(await recover(lost)).toMatchObject({ ok: true, value: { inc: 2, waiting: 4 } });
  expect(await devicesOf(lost.tillId)).toEqual([
    { inc: 1, revoked: true },
    { inc: 2, revoked: false },
  ]);
  const till = shop.till(lost.folder);
  till.move(-10_000);
  till.running.start();
  await expectWhole(till, -11_111);
  expect(new Set(await shop.flags(storeId))).toEqual(new Set(['DEVICE_REVOKED']));
  expect(await auditOf(lost.tillId)).toEqual(['till.sealed-key-given', 'till.recovered']);
  expect(await rowsOf(`SELECT value FROM setting WHERE store_id = $1`, storeId)).toEqual([
    { value: 'unsent' },
  ]);
  await till.close();
  expect(findingsIn(lost.folder)).toEqual([]);
});

test('at its own screen a till without its keystore is recovered too, and goes on without a restart', async () => {
  const lost = await unsentTill();
  loseKeystore(lost);
  const till = shop.till(lost.folder);
  const papers = {
    sealed: await sealedKeyOf(lost.tillId),
    recoveryKey: shop.hq.recoveryKey,
    hqUrl: shop.hq.url,
  };
  await expect(till.running.recover({ ...papers, code: 'AAAA-AAAA' })).rejects.toMatchObject({
    ...{ code: 'HQ_REFUSED', data: { reason: 'unknown' } },
  });
  const code = await codeFor(lost.tillId);
  expect(await till.running.recover({ ...papers, code })).toEqual({ letter: 'B', waiting: 4 });
  till.move(-10_000);
  await expectWhole(till, -11_111);
  await till.close();
  expect(findingsIn(lost.folder)).toEqual([]);
  expect(incOf(shop.till(lost.folder))).toBe(2);
});

test('what was pending counts once when the till takes its base anew meanwhile', async () => {
  const lost = await unsentTill();
  loseKeystore(lost);
  expect(await recover(lost)).toMatchObject({ ok: true });
  const till = shop.till(lost.folder);
  till.counter().db.exec('DELETE FROM cursor');
  till.running.start();
  await expectWhole(till, -1111);
  till.counter().db.exec('DELETE FROM cursor');
  await till.close();
  const again = shop.till(lost.folder);
  again.running.start();
  await expectWhole(again, -1111);
});

test('what a former device made comes back to an HQ that has lost it', async () => {
  const lost = await unsentTill();
  loseKeystore(lost);
  expect(await recover(lost)).toMatchObject({ ok: true });
  await shop.backup();
  const till = shop.till(lost.folder);
  till.running.start();
  till.move(-10_000);
  await expectWhole(till, -11_111);
  await shop.restore();
  const [hq] = await rowsOf('SELECT epoch FROM hq_identity');
  await openNewEpoch(shop.hq.pool, { was: hq.epoch, why: 'operator' });
  expect(await shop.onHand(storeId)).toBe(-1);
  await until(async () => {
    await till.running.enrolled().link.now();
    return (await shop.onHand(storeId)) === -11_111;
  });
  await expectWhole(till, -11_111);
});

test('recovery cut off after the vault, after the code, and after the database has changed hands goes on', async () => {
  const lost = await unsentTill();
  loseKeystore(lost);
  const sealed = await sealedKeyOf(lost.tillId);
  expect(await recover(lost, { hqUrl: 'http://127.0.0.1:9', sealed })).toEqual({
    ok: false,
    error: { code: 'HQ_REFUSED', reason: 'HQ_UNREACHABLE' },
  });
  const vault = openFileVault(join(lost.folder, 'vault.json'));
  const made = vault.get('next-device-key');
  expect(made).not.toBeNull();
  const code = await codeFor(lost.tillId);
  await askAndDie(lost, code);
  expect(await recover(lost, { code, sealed })).toEqual({
    ok: false,
    error: { code: 'HQ_REFUSED', reason: 'used' },
  });
  expect(await recover(lost, { sealed, vault: deafTo(lost, 'device-key') })).toMatchObject({
    ok: true,
    value: { inc: 3 },
  });
  expect(openFileVault(join(lost.folder, 'vault.json')).get('device-key')).toBeNull();
  const till = shop.till(lost.folder);
  expect(openFileVault(join(lost.folder, 'vault.json')).get('device-key')).toBe(made);
  till.running.start();
  await expectWhole(till, -1111);
  expect(await recoverAgain(till, lost)).toBe(4);
});

test('a recovery killed before HQ hears of it, and again when HQ has done its part, is done by a third', async () => {
  const lost = await unsentTill();
  loseKeystore(lost);
  const sealed = join(lost.folder, 'sealed.json');
  const recoveryKey = join(lost.folder, 'recovery-key.txt');
  writeFileSync(sealed, await sealedKeyOf(lost.tillId));
  writeFileSync(recoveryKey, shop.hq.recoveryKey);
  const files = ['--data', lost.folder, '--sealed', sealed, '--recovery-key', recoveryKey];
  const run = async (killed?: 'before' | 'after') => {
    const way = await openDeadlyWay(shop.hq.url, killed ?? 'before');
    const where = ['--hq', killed ? way.url : shop.hq.url, '--code', await codeFor(lost.tillId)];
    const child = spawn(process.execPath, ['desktop/hosts/recover.ts', ...files, ...where]);
    way.kills(child);
    const [code, signal] = await once(child, 'exit');
    await way.close();
    return signal ?? code;
  };
  expect([await run('before'), (await devicesOf(lost.tillId)).length]).toEqual(['SIGKILL', 1]);
  expect([await run('after'), (await devicesOf(lost.tillId)).length]).toEqual(['SIGKILL', 2]);
  expect(await run()).toBe(0);
  const till = shop.till(lost.folder);
  expect(incOf(till)).toBe(3);
  till.running.start();
  await expectWhole(till, -1111);
});

/** HQ has taken the code, and nobody here has heard its answer. */
async function askAndDie({ folder }: Lost, code: string) {
  const vault = openFileVault(join(folder, 'vault.json'));
  const file = join(folder, 'till.db');
  const opened = openDatabase({
    ...{ file, migrations: 'migrations/sqlite' },
    keyHex: vault.get('database-key') ?? '',
  });
  if (!opened.ok) throw new Error(opened.error.code);
  await askToRejoin(
    opened.value,
    { code, hqUrl: shop.hq.url, how: 'recovery-key' },
    { ...{ vault, fetch, version: 'test', log: { warn: () => {} } }, clock: { nowMs: () => Date.now() } },
  );
  opened.value.close();
}

/** A vault whose process dies before it can write one of its values. */
function deafTo({ folder }: Lost, deaf: VaultName) {
  const vault = openFileVault(join(folder, 'vault.json'));
  return {
    get: vault.get,
    set: (name: VaultName, value: string) => {
      if (name !== deaf && !(name === 'next-device-key' && value === '')) vault.set(name, value);
    },
  };
}

async function recoverAgain(till: ShopTill, lost: Lost): Promise<number> {
  await till.close();
  const again = await recover(lost);
  if (!again.ok) throw new Error(again.error.code);
  const reopened = shop.till(lost.folder);
  reopened.running.start();
  await expectWhole(reopened, -1111);
  return incOf(reopened);
}

test('keys and files that do not fit are refused in words, and the database stays as it lies', async () => {
  const lost = await unsentTill();
  const other = await unsentTill();
  const { folder } = lost;
  const sealed = await sealedKeyOf(lost.tillId);
  loseKeystore(lost);
  const refusalOf = async (given: Partial<RecoverOptions>) => {
    const done = await recover(lost, { sealed, code: 'AAAA-AAAA', ...given });
    return done.ok ? 'recovered' : done.error;
  };
  expect(await refusalOf({ recoveryKey: Buffer.alloc(32, 7).toString('base64url') })).toEqual({
    code: 'WRONG_RECOVERY_KEY',
  });
  expect(await refusalOf({ recoveryKey: '# nothing\n' })).toEqual({ code: 'BAD_RECOVERY_KEY' });
  expect(await refusalOf({ sealed: '{}' })).toEqual({ code: 'BAD_SEALED_FILE' });
  expect(await refusalOf({ sealed: await sealedKeyOf(other.tillId) })).toEqual({ code: 'NO_KEY_FITS' });
  expect(await refusalOf({ folder: join(folder, 'nowhere') })).toEqual({ code: 'NO_DATABASE' });
  expect(openFileVault(join(folder, 'vault.json')).get('database-key')).toBeNull();
  const theirs = await codeFor(other.tillId);
  expect(await refusalOf({ code: theirs })).toEqual({ code: 'HQ_REFUSED', reason: 'OTHER_TILL' });
  expect(await refusalOf({})).toEqual({ code: 'HQ_REFUSED', reason: 'unknown' });
  expect(await devicesOf(lost.tillId)).toEqual([{ inc: 1, revoked: false }]);
  expect(await devicesOf(other.tillId)).toEqual([{ inc: 1, revoked: false }]);
  expect(await recover(lost, { sealed })).toMatchObject({ ok: true, value: { inc: 2 } });
  expect(await recover(other, { code: theirs })).toMatchObject({ ok: true, value: { inc: 2 } });
});

test('a damaged database is not taken over, and one in use is not taken away', async () => {
  const lost = await unsentTill();
  const damaged = { ...lost, folder: shop.copyOf(lost.folder) };
  const file = join(damaged.folder, 'till.db');
  cpSync(file, `${file}.whole`);
  writeAt(file, 0, 4096);
  expect(await recover(damaged)).toMatchObject({ ok: false, error: { code: 'NO_KEY_FITS' } });
  cpSync(`${file}.whole`, file);
  writeAt(file, 30 * 4096, 4096);
  expect(await recover(damaged)).toMatchObject({ ok: false, error: { code: 'DAMAGED' } });
  const till = shop.till(lost.folder);
  expect(await recover(lost)).toEqual({ ok: false, error: { code: 'IN_USE' } });
  expect(incOf(till)).toBe(1);
  expect(await devicesOf(lost.tillId)).toEqual([{ inc: 1, revoked: false }]);
});

function writeAt(file: string, at: number, length: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(length, 1), 0, length, at);
  closeSync(descriptor);
}

test('a revoked till is put to work again by a new code, with what it had not sent', async () => {
  const till = shop.till();
  const tillId = await till.join(storeId);
  await till.settled();
  await expect(till.running.rejoin({ code: await codeFor(tillId) })).rejects.toMatchObject({
    code: 'NOT_REVOKED',
  });
  till.running.start();
  await revokeTill(shop.hq.pool, tillId, 'admin');
  await until(async () => {
    await till.running.enrolled().link.now();
    return till.running.state().phase === 'revoked';
  });
  till.running.enrolled().link.set(false);
  till.move(-5);
  await expect(till.running.rejoin({ code: 'AAAA-AAAA' })).rejects.toMatchObject({
    ...{ code: 'CODE_REFUSED', data: { reason: 'unknown' } },
  });
  expect(till.running.state().phase).toBe('revoked');
  await till.running.rejoin({ code: await codeFor(tillId) });
  expect(till.running.state().phase).toBe('sign-in');
  expect(incOf(till)).toBe(2);
  till.move(-70);
  await expectWhole(till, -75);
  expect(await shop.flags(storeId)).toEqual(['DEVICE_REVOKED']);
  expect(await auditOf(tillId)).toEqual(['till.recovered']);
  await till.close();
  expect(incOf(shop.till(till.folder))).toBe(2);
});

test('a kept folder whose till has long been another machine goes on under a letter of its own', async () => {
  const till = shop.till();
  const tillId = await till.join(storeId);
  await till.settled();
  till.move(-5);
  const newer = shop.till();
  await newer.running.join({ hqUrl: shop.hq.url, code: await codeFor(tillId) });
  newer.move(-70);
  await newer.settled();
  till.running.start();
  await until(async () => till.running.state().phase === 'revoked');
  await till.running.rejoin({ code: await codeFor(tillId) });
  expect(incOf(till)).toBe(3);
  await till.settled();
  await expectWhole(till, -75);
});

test('a revoked till that comes back at another store leaves its unsent work at the first', async () => {
  const other = await shop.store();
  const till = shop.till();
  const tillId = await till.join(storeId);
  till.running.start();
  await till.settled();
  till.running.enrolled().link.set(false);
  await revokeTill(shop.hq.pool, tillId, 'admin');
  const moved = { id: tillId, storeId: other, code: 'T88', name: 'Moved' };
  await saveTill({ pool: shop.hq.pool, ids: { next: () => tillId } }, { input: moved, actor: 'admin' });
  await markRevoked(till);
  till.move(-5);
  await till.running.rejoin({ code: await codeFor(tillId) });
  await until(async () => till.counter().storeId === other && till.running.state().phase !== 'joining');
  await till.settled();
  expect([await shop.onHand(storeId), await shop.onHand(other), till.onHand()]).toEqual([-5, 0, 0]);
});

/** The till hears that it was revoked, and has nothing to send at that moment. */
async function markRevoked(till: ShopTill) {
  const { link } = till.running.enrolled();
  link.set(true);
  await until(async () => {
    await link.now();
    return till.running.state().phase === 'revoked';
  });
  link.set(false);
}
