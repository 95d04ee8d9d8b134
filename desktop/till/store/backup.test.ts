import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, payCash, scanPack } from '../../../build/proof/open-shop.ts';
import { BACKUP_MARK, type BackupJob, makeBackup, openToRead } from './backup.ts';
import { backUpAside } from './backup-aside.ts';
import { backupName, listBackups, unfinished } from './backup-files.ts';

const worker = fileURLToPath(new URL('./quick-check-worker.ts', import.meta.url));
const at = Date.UTC(2026, 10, 24, 9);

let shop: Awaited<ReturnType<typeof openShop>>;
/** A shop with two sales. */
beforeAll(async () => {
  shop = await openShop();
  for (let i = 0; i < 2; i++) await payCash(shop, (await scanPack(shop, 'syrup')).cart);
});
afterAll(() => shop.close());

/** A folder that takes its backups. */
function freshFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-backups-'));
  writeFileSync(join(folder, BACKUP_MARK), '');
  const job: BackupJob = {
    ...{ file: join(shop.folder, 'till.db'), keyHex: shop.vault.get('database-key') ?? '', folder, at },
    ...{ series: 'S01-T01A', till: 'S01-T01', keep: 3 },
  };
  return { folder, job };
}

const visible = (folder: string) => readdirSync(folder).filter((name) => name !== BACKUP_MARK);

test('a backup is made in a thread, holds what the till holds, and is no database without the key', async () => {
  const { folder, job } = freshFolder();
  const made = await backUpAside(worker, job);
  expect(made).toMatchObject({ ok: true, value: { fileName: backupName('S01-T01A', at), sales: 2 } });
  const [found] = listBackups(folder);
  expect(found).toMatchObject({ series: 'S01-T01A', at });
  const file = join(folder, found?.fileName ?? '');
  const copy = openToRead(file, job.keyHex);
  const { db } = shop.till.enrolled().counter;
  for (const table of ['journal', 'sale', 'sale_line', 'stock_movement', 'preference', 'person'])
    expect(copy.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(), table).toEqual(
      db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
    );
  copy.close();
  expect(() => openToRead(file, randomBytes(32).toString('hex')).prepare('SELECT * FROM sale')).toThrow();
  expect(readFileSync(file).includes('Toussifan')).toBe(false);
});

test('the last so many of this till are kept, under any letter; other tills’ and other files stay', async () => {
  const { folder, job } = freshFolder();
  const others = [backupName('S01-T011A', at), backupName('S02-T01A', at), 'photo.jpg'];
  for (const name of others) writeFileSync(join(folder, name), 'x');
  for (let i = 0; i < 5; i++) makeBackup({ ...job, series: i < 3 ? 'S01-T01A' : 'S01-T01B', at: at + i });
  const own = ['S01-T01A', 'S01-T01B', 'S01-T01B'].map((series, i) => backupName(series, at + 2 + i));
  expect(visible(folder).toSorted()).toEqual([...own, ...others].toSorted());
});

test('two backups in one millisecond are two files', async () => {
  const { folder, job } = freshFolder();
  expect([makeBackup(job).ok, makeBackup(job).ok]).toEqual([true, true]);
  expect(visible(folder)).toHaveLength(2);
});

test('a drive that was pulled out is said to be so, and its empty folder gets nothing', async () => {
  const { folder, job } = freshFolder();
  rmSync(join(folder, BACKUP_MARK));
  expect(makeBackup(job)).toEqual({ ok: false, error: 'no-folder' });
  expect(makeBackup({ ...job, folder: join(folder, 'gone') })).toEqual({ ok: false, error: 'no-folder' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a copy that lacks what the till’s chain ends with is none', () => {
  const { folder, job } = freshFolder();
  const [name] = makeBackup(job).ok ? visible(folder) : [];
  const file = join(folder, name ?? '');
  const db = new Database(file);
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${job.keyHex}'`);
  const guards = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'`);
  for (const guard of guards.pluck().all()) db.exec(`DROP TRIGGER ${String(guard)}`);
  db.exec('DELETE FROM journal WHERE dseq = (SELECT max(dseq) FROM journal)');
  db.close();
  expect(makeBackup({ ...job, file, at: at + 1 })).toEqual({ ok: false, error: 'not-whole' });
  expect(visible(folder)).toEqual([name]);
});

test('on a drive that is full the old backups stay as they were', async (context) => {
  const { folder, job } = freshFolder();
  const drive = join(folder, 'drive');
  mkdirSync(drive);
  if (!mountSmall(drive)) return context.skip('no tmpfs can be mounted here');
  try {
    writeFileSync(join(drive, BACKUP_MARK), '');
    expect(makeBackup({ ...job, folder: drive, keep: 1 })).toMatchObject({ ok: true });
    const [first] = visible(drive);
    const before = readFileSync(join(drive, first ?? ''));
    execFileSync('sh', ['-c', `cat /dev/zero > ${drive}/filler 2>/dev/null || true`]);
    expect(makeBackup({ ...job, folder: drive, at: at + 1, keep: 1 })).toEqual({
      ok: false,
      error: 'disk-full',
    });
    expect(visible(drive).toSorted()).toEqual(['filler', first].toSorted());
    expect(readFileSync(join(drive, first ?? '')).equals(before)).toBe(true);
  } finally {
    execFileSync('umount', [drive]);
  }
});

test('a kill at any moment leaves nothing that bears a backup’s name and is not whole', async () => {
  const { folder, job } = freshFolder();
  const endless = `
    const { makeBackup } = await import(${JSON.stringify(fileURLToPath(new URL('./backup.ts', import.meta.url)))});
    const job = JSON.parse(process.argv[1]);
    for (let i = 0; ; i++) { makeBackup({ ...job, at: job.at + i }); process.stdout.write('.'); }`;
  for (let kill = 0; kill < 3; kill++) {
    const args = ['--input-type=module', '-e', endless, JSON.stringify({ ...job, at: at + kill * 1e6 })];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let made = 0;
    // Another moment of the copy each time: at once after the second, a little later after the others.
    child.stdout.on('data', () => {
      made += 1;
      if (made === 2) setTimeout(() => child.kill('SIGKILL'), kill * 10);
    });
    await ended;
    const left = listBackups(folder);
    expect(left.length).toBeGreaterThan(0);
    for (const { fileName } of left) {
      const copy = openToRead(join(folder, fileName), job.keyHex);
      expect(copy.pragma('quick_check', { simple: true })).toBe('ok');
      expect(copy.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(2);
      copy.close();
    }
  }
  const halfDone = join(folder, unfinished(backupName('S01-T01A', at - 1)));
  writeFileSync(halfDone, 'half');
  expect(listBackups(folder).some(({ at: made }) => made === at - 1)).toBe(false);
  makeBackup({ ...job, at: at + 9e6 });
  expect(existsSync(halfDone)).toBe(false);
});

function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
